import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket, createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface ScriptedCommand {
  readonly tag: string;
  /** The command line without tag and CRLF; literals stand in it as their octets, quoted. */
  readonly line: string;
  /** Counts the connections of this server, from 1. */
  readonly connection: number;
}

export interface ScriptedSession {
  /** Octets as they are (latin1); lines need their own CRLF. */
  send(octets: string | Buffer): void;
  /** Sends the tagged answer, e.g. `ok('done')`, `no('[NONEXISTENT] gone')`. */
  ok(text?: string): void;
  no(text: string): void;
  /** Sends a FIN after what was written. */
  end(): void;
  /** Begins TLS on this connection, as the server side. */
  startTls(): void;
}

export interface ScriptedImapOptions {
  /** Sent on connect, as it is. Default: a plain IMAP4rev1 greeting. Null: nothing is sent. */
  readonly greeting?: string | null;
  /** Words of the CAPABILITY answer. Default: `IMAP4rev1`. */
  readonly capabilities?: string;
  /** TLS from the first octet, or the key and certificate for STARTTLS. */
  readonly tls?: TlsOptions & { readonly from: 'first-octet' | 'starttls' };
  /** Decides about each command; one it returns false for gets the answer of an ordinary, empty server. */
  readonly script?: (command: ScriptedCommand, session: ScriptedSession) => boolean;
}

/** An IMAP server that says what a test tells it to, however wrong. On loopback; dispose it to close it. */
export interface ScriptedImapServer extends AsyncDisposable {
  readonly port: number;
  /** Every command line received, with its tag, on all connections. */
  readonly received: readonly string[];
}

export async function startScriptedImap(options: ScriptedImapOptions = {}): Promise<ScriptedImapServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    serveConnection(socket, sockets.size, options, received);
  };
  const server: Server =
    options.tls?.from === 'first-octet' ? createTlsServer(options.tls, serve) : createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function serveConnection(first: Socket, connection: number, options: ScriptedImapOptions, received: string[]): void {
  let socket = first;
  let buffer = '';
  const read = (chunk: Buffer): void => {
    buffer += chunk.toString('latin1');
    for (let line = takeLine(); line !== null; line = takeLine()) {
      received.push(line);
      const space = line.indexOf(' ');
      answer({ tag: line.slice(0, space), line: line.slice(space + 1), connection });
    }
  };
  const takeLine = (): string | null => {
    let line = '';
    for (let at = 0; ;) {
      const end = buffer.indexOf('\r\n', at);
      if (end === -1) return null;
      const text = buffer.slice(at, end);
      const literal = /\{(\d+)(\+?)\}$/.exec(text);
      if (literal === null) {
        buffer = buffer.slice(end + 2);
        return line + text;
      }
      const octets = Number(literal[1]);
      // A client that waits sends nothing behind its announcement, so this happens once for each literal.
      if (literal[2] === '' && buffer.length === end + 2) socket.write('+ go on\r\n');
      if (buffer.length < end + 2 + octets) return null;
      line += `${text.slice(0, literal.index)}"${buffer.slice(end + 2, end + 2 + octets)}"`;
      at = end + 2 + octets;
    }
  };
  const answer = (command: ScriptedCommand): void => {
    const session: ScriptedSession = {
      send: octets => void socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets),
      ok: (text = 'done') => session.send(`${command.tag} OK ${text}\r\n`),
      no: text => session.send(`${command.tag} NO ${text}\r\n`),
      end: () => void socket.end(),
      startTls: () => {
        socket.off('data', read);
        socket = new TLSSocket(socket, { ...options.tls, isServer: true });
        socket.on('error', () => socket.destroy());
        socket.on('data', read);
      },
    };
    if (options.script?.(command, session) !== true) answerOrdinarily(command, session, options);
  };
  socket.on('data', read);
  if (options.greeting !== null) socket.write(options.greeting ?? '* OK ready\r\n');
}

function answerOrdinarily({ line }: ScriptedCommand, session: ScriptedSession, options: ScriptedImapOptions): void {
  const verb = line.split(' ', 1)[0]?.toUpperCase() ?? '';
  if (verb === 'CAPABILITY') session.send(`* CAPABILITY ${options.capabilities ?? 'IMAP4rev1'}\r\n`);
  if (verb === 'LIST' && line.startsWith('LIST "" "*"')) session.send('* LIST () "/" INBOX\r\n');
  if (verb === 'STATUS') session.send(`* ${line.replace(/\(.*/, '(MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1)')}\r\n`);
  if (verb === 'EXAMINE') session.send('* 0 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 1] ok\r\n');
  if (verb === 'LOGOUT') session.send('* BYE bye\r\n');
  session.ok();
  if (verb === 'STARTTLS') session.startTls();
  if (verb === 'LOGOUT') session.end();
}
