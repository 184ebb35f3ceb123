import { getDomain } from 'tldts';
import { TravasoError } from '../../../shared/errors.ts';
import { faultProblem, isSessionOver } from './fault-problem.ts';
import { textOf } from './json-values.ts';
import { SoapFault } from './soap-session.ts';
import type { ZimbraLine } from './zimbra-line.ts';

/**
 * Makes sure that a sign-in is a session, whatever cookies were set, and answers with who the server says this is.
 *
 * `refer` names the machine the mailbox lies on. Behind a proxy, as Zimbra is nearly always set up, the host that was
 * asked does the passing on and that name may not even be reachable; so the machine is asked only when the host cannot
 * answer, and only within the same domain: the session's cookie goes along.
 *
 * @throws MAILBOX_NOT_THERE, SIGNIN_UNAVAILABLE when the session is not good for the mailbox, and the line's
 */
export async function settle(line: ZimbraLine, refer: string | null, signal: AbortSignal): Promise<string> {
  try {
    return await readIdentity(line, signal);
  } catch (thrown) {
    const elsewhere = refer !== null && isElsewhere(thrown) && isSameSite(refer, line.host) && refer !== line.host;
    line.log.debug('zimbra.refer', { given: refer !== null, followed: elsewhere });
    if (elsewhere) {
      line.moveTo(refer);
      return await readIdentity(line, signal).catch((again: unknown) => {
        throw meaning(again, line.host);
      });
    }
    throw meaning(thrown, line.host);
  }
}

async function readIdentity(line: ZimbraLine, signal: AbortSignal): Promise<string> {
  const { body } = await line.soap(
    { name: 'GetInfoRequest', namespace: 'urn:zimbraAccount', body: { sections: 'mbox' } },
    signal,
  );
  const name = textOf(body['name']);
  if (name === null) throw new SoapFault('unknown');
  return name;
}

function meaning(thrown: unknown, host: string): unknown {
  if (!isSessionOver(thrown)) return faultProblem(thrown, host);
  return new TravasoError('SIGNIN_UNAVAILABLE', { host, reason: 'no-session' }, { cause: thrown });
}

/** The session is good, but not here. */
function isElsewhere(thrown: unknown): boolean {
  const codes = ['service.WRONG_HOST', 'service.PROXY_ERROR', 'account.WRONG_HOST'];
  return isSessionOver(thrown) || (thrown instanceof SoapFault && codes.includes(thrown.code));
}

function isSameSite(one: string, other: string): boolean {
  const site = getDomain(one, { allowPrivateDomains: true });
  return site !== null && site === getDomain(other, { allowPrivateDomains: true });
}
