import type { WebAccountAddress } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { Ports } from '../ports.ts';
import { createSoapSession } from './create-soap-session.ts';
import { assertTakesPasswords, findDoor } from './open-door.ts';
import { settle } from './settle.ts';
import { signOut } from './sign-out.ts';
import type { DoorOutcome, TrustedDevice } from './sign-in-door.ts';
import type { SoapSession } from './soap-session.ts';

export interface OpenSessionOptions {
  readonly address: WebAccountAddress;
  /** Asked for at each sign-in and not kept. Null: nobody knows it any more. */
  readonly password: () => Promise<string | null>;
  /** From an earlier sign-in in which the person asked the server to trust this computer. */
  readonly device?: TrustedDevice | null;
  readonly ca?: string | undefined;
  readonly ports: Pick<Ports, 'clock' | 'log' | 'findProxy'>;
}

/**
 * Signs in with name and password alone, where nobody can be asked for more: from the command line, or for a job whose
 * sign-in is not of this run.
 *
 * @throws SIGNIN_CODE_NEEDED, PASSWORD_CHANGE_DEMANDED, SECOND_FACTOR_SETUP_NEEDED where more is asked for;
 *   SIGNIN_BROWSER_ONLY, SERVER_NOT_ZIMBRA, PASSWORD_MISSING; and what the door and the line throw
 */
export async function openSoapSession(options: OpenSessionOptions, signal: AbortSignal): Promise<SoapSession> {
  const { address, password, device = null, ports, ca } = options;
  const http = createHttpClient({ ca, findProxy: ports.findProxy });
  try {
    const found = await findDoor({ address, http, ports }, signal);
    assertTakesPasswords(found);
    const { line, edition, open } = found;
    const signIn = async (asked: AbortSignal): Promise<string> => {
      const typed = await password();
      if (typed === null) throw new TravasoError('PASSWORD_MISSING', { address: address.user });
      line.forgetSession();
      const { refer } = assertSignedIn(await open(device).password(address.user, typed, asked), line.host);
      return await settle(line, refer, asked);
    };
    const identity = await signIn(signal);
    return createSoapSession({
      line,
      identity,
      edition,
      renew: async asked => {
        await signIn(asked);
      },
      close: async () => {
        await signOut(line, edition);
        await http.close();
      },
    });
  } catch (error) {
    await http.close();
    throw error;
  }
}

/** @throws SIGNIN_CODE_NEEDED, SECOND_FACTOR_SETUP_NEEDED, PASSWORD_CHANGE_DEMANDED */
export function assertSignedIn(outcome: DoorOutcome, host: string): Extract<DoorOutcome, { kind: 'signed-in' }> {
  switch (outcome.kind) {
    case 'signed-in':
      return outcome;
    case 'code':
      throw new TravasoError('SIGNIN_CODE_NEEDED', { host });
    case 'enrolment':
      throw new TravasoError('SECOND_FACTOR_SETUP_NEEDED', { host });
    case 'new-password':
      throw new TravasoError('PASSWORD_CHANGE_DEMANDED', { host });
  }
}
