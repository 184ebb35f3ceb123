import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { problemOf } from '../../../../../shared/errors.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import { faultProblem } from '../../../zimbra/fault-problem.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapNamespace, SoapSession } from '../../../zimbra/soap-session.ts';

/** What of a request concerns only the thing asked for; sign-in, maintenance and the line concern everything. */
export interface Refused {
  /** The server's own code, such as `mail.NO_SUCH_CONTACT`. */
  readonly fault: string;
}

export function isRefused(answer: JsonRecord | Refused): answer is Refused {
  return typeof answer['fault' as keyof typeof answer] === 'string' && Object.keys(answer).length === 1;
}

/** Asks, and tells a refusal apart from an answer. @throws what concerns the whole session */
export async function ask(
  session: SoapSession,
  request: { readonly name: `${string}Request`; readonly namespace?: SoapNamespace; readonly body?: JsonRecord },
  signal: AbortSignal,
): Promise<JsonRecord | Refused> {
  const { name, namespace = 'urn:zimbraMail', body = {} } = request;
  try {
    return await session.request(name, namespace, body, signal);
  } catch (thrown) {
    if (!(thrown instanceof SoapFault)) throw thrown;
    const problem = faultProblem(thrown, new URL(session.origin).hostname);
    if (problem instanceof TravasoError && problem.code !== 'SERVER_FAULT') throw problem;
    return { fault: thrown.code };
  }
}

/** What a list that the server refused means for the report. */
export function notListed({ fault }: Refused, kind?: ItemKind): Problem {
  return problemOf(new TravasoError('ITEMS_NOT_LISTED', { fault, ...(kind === undefined ? {} : { kind }) }));
}
