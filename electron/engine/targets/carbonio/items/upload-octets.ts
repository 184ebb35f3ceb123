import { problemOf } from '../../../../../shared/errors.ts';
import { isPassing } from '../../../jobs/passing-problems.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';

const tries = 3;

export interface Upload {
  readonly octets: Buffer;
  readonly type: string;
  readonly fileName: string;
}

/** Nothing is stored by an upload: a line that breaks here leaves nothing in doubt, and the octets go again at once. */
export async function uploadOctets(session: SoapSession, upload: Upload, signal: AbortSignal): Promise<string> {
  const { octets, type, fileName } = upload;
  const pieces = async function* (): AsyncGenerator<Buffer> {
    yield await Promise.resolve(octets);
  };
  for (let tried = 1; ; tried += 1) {
    try {
      return await session.upload({ octets: pieces, type, fileName, size: octets.length }, signal);
    } catch (error) {
      const problem = problemOf(error);
      const atOnce = isPassing(problem) && (problem.retryAfterMs ?? 0) === 0;
      if (!atOnce || tried >= tries || signal.aborted) throw error;
    }
  }
}

/** Whether somebody between us and the server lets no upload through, while the server itself is at our service. */
export function isBlocked(error: unknown): boolean {
  return ['SIGNIN_POLICY', 'SERVER_NOT_ZIMBRA'].includes(problemOf(error).code);
}
