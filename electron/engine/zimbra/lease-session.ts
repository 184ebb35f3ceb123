import { TravasoError } from '../../../shared/errors.ts';
import type { SoapSession } from './soap-session.ts';

/**
 * The same session for one job: closing it ends what the job has under way, so that nobody waits for a line that is
 * gone, and leaves the person signed in for the next one.
 */
export function leaseSession(session: SoapSession): SoapSession {
  const ended = new AbortController();
  const during = async <T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> => {
    try {
      return await run(AbortSignal.any([signal, ended.signal]));
    } catch (thrown) {
      throw ended.signal.aborted && !signal.aborted ? lost(thrown) : thrown;
    }
  };
  const lost = (cause: unknown): TravasoError =>
    new TravasoError('CONNECTION_LOST', { host: new URL(session.origin).hostname, reason: 'closed-by-us' }, { cause });
  return {
    origin: session.origin,
    identity: session.identity,
    edition: session.edition,
    request: (name, namespace, body, signal) => during(any => session.request(name, namespace, body, any), signal),
    upload: (content, signal) => during(any => session.upload(content, any), signal),
    download: (path, query, signal) => during(any => session.download(path, query, any), signal),
    close: () => {
      ended.abort();
      return Promise.resolve();
    },
  };
}

/** A session of one job's own: what is under way ends as a lost line before the line itself is taken down. */
export function ownSession(session: SoapSession): SoapSession {
  const lease = leaseSession(session);
  return {
    ...lease,
    close: async () => {
      await lease.close();
      await session.close();
    },
  };
}
