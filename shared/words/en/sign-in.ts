import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Signing in: T-3xx. */
export const signIn = {
  SIGNIN_REFUSED: {
    happened: 'The server {host|of your mail} does not accept this name or this password.',
    safe: safe.nothingTouched,
    now: 'Type the password again with care. Stop after two attempts: too many errors can lock you out.',
    desk: 'Sign-in refused by {host|that server}: password wrong, expired, or IMAP access closed.',
  },
  SIGNIN_UNAVAILABLE: {
    happened: 'The server {host|of your mail} does not let anyone in with name and password.',
    safe: safe.nothingTouched,
    now: 'Ask the help desk to enable your access, or for another way to enter.',
    desk: '{host|The server} offers no sign-in with a password (LOGIN, AUTH=PLAIN).',
  },
  SIGNIN_EXPIRED: {
    happened: 'The sign-in to {host|that mailbox} has expired or was revoked.',
    safe: 'Everything copied or uploaded so far is safe. The work stands still and waits.',
    now: 'Sign in again: the work goes on from where it was.',
    desk: 'Session or token expired for {host|the server}: a new sign-in is needed.',
  },
  SIGNIN_STEP_CONFLICT: {
    happened: 'The sign-in had already moved on.',
    safe: safe.nothingTouched,
    now: 'Begin to sign in again.',
    desk: 'signIn.answer does not match the current step.',
  },
} as const satisfies Record<string, Sentences>;
