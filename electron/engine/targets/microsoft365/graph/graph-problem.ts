import * as z from 'zod';
import { TravasoError } from '../../../../../shared/errors.ts';

const errorBody = z.object({ error: z.object({ code: z.string().max(120), message: z.string().catch('') }) });

/** Graph said no to one request for a reason of its own: the item's, the folder's, the permission's. */
export class GraphRefusal extends Error {
  readonly status: number;
  /** `ErrorFolderExists`, `RequestBodyRead`, …; the status where the body names nothing. */
  readonly reason: string;

  constructor(status: number, reason: string) {
    super(`${status} ${reason}`);
    this.name = 'GraphRefusal';
    this.status = status;
    this.reason = reason;
  }
}

/** Without a wish of its own Graph is left alone for this long (milliseconds). */
const usualWaitMs = 10_000;

/**
 * What an answer beside 2xx stands for. A 429 was certainly not carried out; a 5xx may have been, and whoever sent
 * something looks for it before sending it again.
 */
export function graphProblem(
  status: number,
  retryAfter: string | null,
  body: string,
  host: string,
): TravasoError | GraphRefusal {
  const said = readReason(body);
  if (status === 429 || said === 'ApplicationThrottled' || said === 'TooManyRequests')
    return new TravasoError('SERVER_THROTTLED', { host }, { retryAfterMs: waitOf(retryAfter) });
  if (status >= 500 || status === 408)
    return new TravasoError(
      'SERVER_BUSY',
      { host, reason: said ?? `HTTP ${status}` },
      { retryAfterMs: waitOf(retryAfter) },
    );
  if (said === 'ErrorQuotaExceeded') return new TravasoError('TARGET_QUOTA', {});
  return new GraphRefusal(status, said ?? `HTTP ${status}`);
}

function readReason(body: string): string | null {
  try {
    return errorBody.safeParse(JSON.parse(body)).data?.error.code ?? null;
  } catch {
    return null;
  }
}

/** Seconds (RFC 9110 section 10.2.3); a date is allowed there, too, and is counted from our own clock. */
function waitOf(retryAfter: string | null): number {
  if (retryAfter === null) return usualWaitMs;
  if (/^\d+$/.test(retryAfter)) return Math.max(1, Number(retryAfter)) * 1000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? usualWaitMs : Math.max(1000, until - Date.now());
}
