import type { Services } from './services.ts';

/** Lets go of the passwords typed in this window, and of what was read with them. */
export function forgetSignIns({ client, session }: Pick<Services, 'client' | 'session'>): void {
  for (const signInId of [session.source, session.target]) {
    // One that the engine does not know any more is forgotten already.
    if (signInId !== null) client.call('signIn.forget', { signInId }).catch(() => undefined);
  }
  session.source = null;
  session.target = null;
  session.surveyId = null;
}
