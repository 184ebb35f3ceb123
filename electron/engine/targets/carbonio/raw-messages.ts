import { TravasoError } from '../../../../shared/errors.ts';
import type { SoapSession } from '../../zimbra/soap-session.ts';
import type { FetchedMessage } from '../../sources/mail-source.ts';

/** Downloads asked for before the one at hand was read: each question costs a round trip. */
const ahead = 2;
/** A header larger than this is read no further; what tells messages apart stands at its beginning. */
const longestHeader = 1024 * 1024;
/** To break a download off closes its connection, which costs more than so many octets. */
const cheapOctets = 128 * 1024;

/** The octets of messages as the server has them, in the order asked for; one that is gone is left out. */
export async function* rawMessages(
  session: SoapSession,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<FetchedMessage, void, void> {
  const queue = [...ids];
  const asked: { readonly id: string; readonly answer: ReturnType<SoapSession['download']> }[] = [];
  const ask = (): void => {
    while (asked.length <= ahead) {
      const id = queue.shift();
      if (id === undefined) return;
      const answer = session.download('', { auth: 'co', id }, signal);
      // Met when its turn comes; until then nobody listens.
      answer.catch(() => undefined);
      asked.push({ id, answer });
    }
  };
  try {
    for (;;) {
      ask();
      const next = asked.shift();
      if (next === undefined) return;
      const body = await octetsOf(next.answer);
      if (body !== null) yield { key: next.id, body };
    }
  } finally {
    for (const { answer } of asked) void answer.then(({ body }) => leave(body), ignore);
  }
}

/** The header of one message, with more or less of its body behind it; null when the message is gone. */
export async function rawHeader(
  session: SoapSession,
  { id, size }: { readonly id: string; readonly size: number | null },
  signal: AbortSignal,
): Promise<Buffer | null> {
  const body = await octetsOf(session.download('', { auth: 'co', id }, signal));
  if (body === null) return null;
  const pieces: Buffer[] = [];
  let octets = 0;
  let complete = false;
  for await (const piece of body) {
    if (!complete) pieces.push(piece);
    octets += piece.length;
    complete ||= octets > longestHeader || endsHeader(Buffer.concat(pieces));
    if (complete && (size ?? Infinity) > cheapOctets) break;
  }
  return Buffer.concat(pieces);
}

async function octetsOf(answer: ReturnType<SoapSession['download']>): Promise<AsyncIterable<Buffer> | null> {
  const { status, body } = await answer;
  if (status === 200) return body;
  await leave(body);
  // Empty, or nothing of that id.
  if (status === 204 || status === 404) return null;
  throw new TravasoError('SERVER_BUSY', { reason: `HTTP ${status}` });
}

function endsHeader(octets: Buffer): boolean {
  return octets.includes('\r\n\r\n') || octets.includes('\n\n');
}

/** A body nobody reads keeps its connection. Its iterator lets go of what is below only once it was begun. */
async function leave(body: AsyncIterable<Buffer>): Promise<void> {
  try {
    const pieces = body[Symbol.asyncIterator]();
    await pieces.next();
    await pieces.return?.();
  } catch {
    ignore();
  }
}

function ignore(): void {
  // What is left behind cannot fail any more.
}
