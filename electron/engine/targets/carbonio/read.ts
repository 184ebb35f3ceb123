import type * as z from 'zod';
import { TravasoError } from '../../../../shared/errors.ts';
import { faultProblem } from '../../zimbra/fault-problem.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import { readAnswer } from './soap-answers.ts';

const ofAccount: ReadonlySet<string> = new Set([
  'GetInfoRequest',
  'GetSignaturesRequest',
  'CreateSignatureRequest',
  'ModifyPrefsRequest',
]);

/**
 * Asks the mailbox for something and reads the answer.
 *
 * @throws SERVER_BUSY where the server says "not now"; SoapFault for everything else it refuses
 */
export async function read<T extends z.ZodType>(
  session: SoapSession,
  name: `${string}Request`,
  body: Readonly<Record<string, unknown>>,
  schema: T,
  signal: AbortSignal,
): Promise<z.infer<T>> {
  try {
    const namespace = ofAccount.has(name) ? 'urn:zimbraAccount' : 'urn:zimbraMail';
    return readAnswer(schema, await session.request(name, namespace, body, signal));
  } catch (error) {
    throw busyError(error) ?? error;
  }
}

/** As `read`, where no refusal has a meaning of its own: the job ends with the server's word for it. */
export async function demand<T extends z.ZodType>(
  session: SoapSession,
  name: `${string}Request`,
  body: Readonly<Record<string, unknown>>,
  schema: T,
  signal: AbortSignal,
): Promise<z.infer<T>> {
  try {
    return await read(session, name, body, schema, signal);
  } catch (error) {
    throw unexpected(session, error);
  }
}

/** A refusal nobody reckoned with, for the help desk. */
export function unexpected(session: SoapSession, error: unknown): unknown {
  return faultProblem(error, new URL(session.origin).hostname);
}

/**
 * The server is up and will not serve now. `service.FAILURE` is what it says of everything it did not expect, a full
 * disk or a database that starts again among them: worth another look later.
 */
const passing: ReadonlySet<string> = new Set([
  'service.FAILURE',
  'service.TEMPORARILY_UNAVAILABLE',
  'service.PROXY_ERROR',
  'service.RESOURCE_UNREACHABLE',
  'service.WRONG_HOST',
  'mail.TRY_AGAIN',
  'mail.MAINTENANCE',
  'account.MAINTENANCE_MODE',
]);

export function busyError(error: unknown): TravasoError | null {
  if (!(error instanceof SoapFault) || !passing.has(error.code)) return null;
  return new TravasoError('SERVER_BUSY', { reason: error.code }, { cause: error });
}
