import { TravasoError } from '../../../shared/errors.ts';
import type { StatusText } from './imap-connection.ts';

/**
 * The line or the account is busy, said in words: RFC 3501 left these cases to human text and RFC 5530 codes came
 * late, so the known sentences of servers are matched here and nowhere else. Null when the text says nothing of it.
 */
export function busyProblem(status: StatusText): TravasoError | null {
  const { text } = status;
  const code = status.code?.name;
  // Exchange Online: "Request is throttled. Suggested Backoff Time: 299609 milliseconds"; obeyed to the millisecond.
  const backoff = /backoff time:?\s*(\d{1,9})\s*(millisecond|ms|second)?/i.exec(text);
  if (backoff !== null) {
    const unit = backoff[2]?.toLowerCase() === 'second' ? 1000 : 1;
    return new TravasoError('SERVER_THROTTLED', serverSaid(status), { retryAfterMs: Number(backoff[1]) * unit });
  }
  if (code === 'THROTTLED' || /throttl|rate limit|too many (commands|requests)|bandwidth limit/i.test(text)) {
    return new TravasoError('SERVER_THROTTLED', serverSaid(status), { retryAfterMs: 60_000 });
  }
  // Zimbra: "* BYE Zimbra IMAP4rev1 server terminating connection: service busy"; Dovecot: too many connections.
  if (
    code === 'INUSE' ||
    code === 'LIMIT' ||
    // RFC 5530: a part of the server is down for now. Not a word about any message.
    code === 'UNAVAILABLE' ||
    /service (is )?busy|server (is )?busy|too many (simultaneous |concurrent )?(connections|sessions|logins|users)|maximum number of connections|try again later/i.test(
      text,
    )
  ) {
    return new TravasoError('SERVER_BUSY', serverSaid(status), { retryAfterMs: 30_000 });
  }
  return null;
}

/** The server's own sentence for the help desk: printable, short. It may hold the account's name, no secret. */
export function serverSaid(status: StatusText): { serverText: string } | Record<string, never> {
  // Terminal escapes have no business in a report.
  const serverText = status.text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return serverText === '' ? {} : { serverText };
}
