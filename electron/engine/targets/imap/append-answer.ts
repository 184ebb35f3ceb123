import { TravasoError, type ErrorCode, type Problem, type ProblemDetails } from '../../../../shared/errors.ts';
import type { CommandResult } from '../../imap/imap-connection.ts';
import { busyProblem, serverSaid } from '../../imap/server-text.ts';

/** What a NO or BAD to APPEND concerns: this message alone, or whatever would follow it as well. */
export type AppendRefusal =
  | { readonly concerns: 'message'; readonly problem: Problem }
  | { readonly concerns: 'account'; readonly problem: Problem }
  | { readonly concerns: 'session'; readonly error: TravasoError };

export interface RefusedMessage {
  readonly folder: string;
  readonly sizeBytes: number;
}

/** Reads response codes first (RFC 5530, RFC 7889 section 5.1, RFC 9208 section 4.3.2), and words only for "busy". */
export function readRefusal(answer: CommandResult, message: RefusedMessage): AppendRefusal {
  const details: ProblemDetails = { ...message, reason: reasonOf(answer) };
  switch (answer.code?.name) {
    case 'TOOBIG':
    case 'LIMIT':
      // LIMIT is what Dovecot says by its `quota_max_mail_size`.
      return { concerns: 'message', problem: { code: 'TARGET_MESSAGE_TOO_LARGE', details } };
    case 'OVERQUOTA':
      return { concerns: 'account', problem: { code: 'TARGET_QUOTA', details } };
    case 'TRYCREATE':
    case 'NONEXISTENT':
      return { concerns: 'session', error: new TravasoError('TARGET_FOLDER_VANISHED', details) };
    case 'NOPERM':
      return { concerns: 'session', error: new TravasoError('TARGET_FOLDER_REFUSED', details) };
    case 'UNAVAILABLE':
      return { concerns: 'session', error: new TravasoError('SERVER_BUSY', details, { retryAfterMs: 30_000 }) };
    default: {
      const exchange = exchangeRefusal(answer, details);
      if (exchange !== null) return exchange;
      const busy = busyProblem(answer);
      if (busy !== null) return { concerns: 'session', error: busy };
      return refusedWith('TARGET_MESSAGE_REFUSED', details);
    }
  }
}

/** Exchange gives no response codes: its sentences are known (see `server-text.ts` for the one about throttling). */
function exchangeRefusal({ text }: CommandResult, details: ProblemDetails): AppendRefusal | null {
  if (/maximum size of appendable message/i.test(text)) return refusedWith('TARGET_MESSAGE_TOO_LARGE', details);
  // "Server Unavailable. 15": an outage, or a mailbox that is full. Nothing tells which; waiting serves for both.
  if (/server unavailable/i.test(text)) {
    return { concerns: 'session', error: new TravasoError('TARGET_UNAVAILABLE_OR_FULL', details) };
  }
  return null;
}

export function refusedWith(code: ErrorCode, details: ProblemDetails): AppendRefusal & { concerns: 'message' } {
  return { concerns: 'message', problem: { code, details } };
}

/** The server's own words, with the response code that support staff search for: `NO [LIMIT] Mail size is larger…`. */
export function reasonOf(answer: CommandResult): string {
  const said = serverSaid(answer);
  const code = answer.code === null ? [] : [`[${answer.code.name}]`];
  return [answer.status, ...code, ...('serverText' in said ? [said.serverText] : [])].join(' ');
}
