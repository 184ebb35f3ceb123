import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What came back for one tag. */
export interface RawReply {
  /** Everything the server sent before the tagged line, as latin1, literals included. */
  readonly untagged: string;
  /** The tagged line without its tag, e.g. `OK Fetch completed.` */
  readonly status: string;
}

/**
 * A bare IMAP connection for tests that must choose every octet and every moment themselves. It understands tags and
 * literal lengths, nothing else.
 */
export interface RawImapClient extends Disposable {
  readonly greeting: string;
  /** Sends one command (no tag, no CRLF) and waits for its tagged reply. Rejects when the connection ends first. */
  command(text: string): Promise<RawReply>;
  /** Sends octets as they are. */
  send(octets: string | Buffer): void;
  /** The next line with the literals it announces, as latin1; null once the server has closed. */
  line(): Promise<string | null>;
  /** Reads up to the reply tagged `tag`; rejects when the connection ends first. */
  reply(tag: string): Promise<RawReply>;
  /** Everything received since it was last read, without waiting. */
  received(): string;
}

export async function openRawImap(port: number, host = '127.0.0.1'): Promise<RawImapClient> {
  const socket = connect(port, host);
  // Errors surface as an ended connection, which every reader here reports.
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  const lines = lineReader(socket);
  let tags = 0;

  const reply = async (tag: string): Promise<RawReply> => {
    let untagged = '';
    for (;;) {
      const line = await lines.next();
      if (line === null) throw new Error(`Connection closed before ${tag}: ${untagged}`);
      if (line.startsWith(`${tag} `)) return { untagged, status: line.slice(tag.length + 1).trimEnd() };
      untagged += line;
    }
  };
  const greeting = (await lines.next()) ?? '';

  return {
    greeting,
    send: octets => void socket.write(octets),
    line: () => lines.next(),
    received: () => lines.rest(),
    reply,
    command(text) {
      tags += 1;
      const tag = `A${tags}`;
      socket.write(`${tag} ${text}\r\n`);
      return reply(tag);
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

/** Signs in as well: what nearly every test wants. Names and passwords must need no escaping. */
export async function openRawSession(
  port: number,
  user: string,
  password: string,
  host = '127.0.0.1',
): Promise<RawImapClient> {
  const client = await openRawImap(port, host);
  const { status } = await client.command(`LOGIN "${user}" "${password}"`);
  if (status.startsWith('OK')) return client;
  client[Symbol.dispose]();
  throw new Error(`Sign-in refused: ${status}`);
}

function lineReader(socket: Socket): { next(): Promise<string | null>; rest(): string } {
  let buffer = '';
  let closed = false;
  let wake: (() => void) | null = null;
  const notify = (): void => {
    wake?.();
    wake = null;
  };
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    buffer += text;
    notify();
  });
  socket.on('close', () => {
    closed = true;
    notify();
  });

  /** End of the first line, counted past the literals it announces; -1 while it is incomplete. */
  const lineEnd = (): number => {
    let end = 0;
    for (;;) {
      const newline = buffer.indexOf('\r\n', end);
      if (newline < 0) return -1;
      const literal = /\{(\d+)\}$/.exec(buffer.slice(end, newline));
      if (literal === null) return newline + 2;
      end = newline + 2 + Number(literal[1]);
      if (buffer.length < end) return -1;
    }
  };
  return {
    async next() {
      for (;;) {
        const end = lineEnd();
        if (end >= 0) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end);
          return line;
        }
        if (closed) return null;
        await new Promise<void>(resolve => (wake = resolve));
      }
    },
    rest() {
      const all = buffer;
      buffer = '';
      return all;
    },
  };
}
