import type { Socket } from 'node:net';
import type { FaultAction, FaultBook } from './fault-rules.ts';
import { literalGuard } from './literal-guard.ts';
import { imapSplitter, type ImapPiece } from './imap-splitter.ts';
import { proxyLink, type LinkQuality } from './proxy-link.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One client and the server connection behind it. */
export interface ProxyConnection {
  /** Sends `* BYE text` as soon as the server's stream is between two lines, then cuts. */
  bye(text: string): Promise<void>;
  cut(how: 'cut' | 'reset'): void;
  freeze(): void;
  thaw(): void;
}

export interface ProxyConnectionParts {
  readonly client: Socket;
  readonly server: Socket;
  readonly faults: FaultBook;
  readonly quality: LinkQuality;
  readonly random: SeededRandom;
  /** Told of every command, without its tag and line end. */
  readonly onCommand: (command: string) => void;
}

/** A command the client has begun and the server (or a rule) has not answered yet. */
interface OpenCommand {
  readonly tag: string;
  readonly text: string;
  /** Set when the server must not see the command: the rest of it is swallowed, then the client gets this. */
  readonly answer: string | null;
  complete: boolean;
  /** It announced a literal and the server has not yet given leave to send it. */
  waiting: boolean;
}

const plusSign = 0x2b;

/** Passes octets between the two, reading both directions as IMAP to find the moments the rules speak of. */
export function proxyConnection(parts: ProxyConnectionParts): ProxyConnection {
  const { client, server, faults, quality, random } = parts;
  const toServer = proxyLink(server, quality, random);
  const toClient = proxyLink(client, quality, random);
  const clientSplitter = imapSplitter();
  const serverSplitter = imapSplitter();
  const open: OpenCommand[] = [];
  /** The command whose lines and literals are arriving. */
  let current: OpenCommand | null = null;
  /** After STARTTLS or COMPRESS the octets mean nothing to us. */
  let opaque = false;
  let ended = false;
  let gate: { readonly passed: Promise<void>; readonly open: () => void } | null = null;
  let farewell: string | null = null;

  const cut = (how: 'cut' | 'reset'): void => {
    if (ended) return;
    ended = true;
    gate?.open();
    for (const [socket, link] of [
      [client, toClient],
      [server, toServer],
    ] as const) {
      if (how === 'reset') socket.resetAndDestroy();
      else void link.flushed().then(() => socket.end());
    }
  };
  const freeze = (): void => {
    if (gate !== null) return;
    let release: () => void = () => undefined;
    const passed = new Promise<void>(resolve => (release = resolve));
    gate = { passed, open: release };
  };
  const sendToClient = async (octets: Buffer): Promise<void> => {
    if (!ended && !(await toClient.send(octets))) cut('reset');
  };
  const sendToServer = async (octets: Buffer): Promise<void> => {
    if (!ended && !(await toServer.send(octets))) cut('reset');
  };

  const act = async (action: Exclude<FaultAction, { readonly answer: string }>): Promise<void> => {
    if (action === 'freeze') freeze();
    else if (typeof action === 'string') cut(action);
    else {
      await toClient.send(Buffer.from(`* BYE ${action.bye}\r\n`));
      cut('cut');
    }
  };

  /** Answers that rules give wait for their turn, as a server would have given them. */
  const answerInTurn = async (): Promise<void> => {
    for (let head = open[0]; head?.answer != null && head.complete; head = open[0]) {
      open.shift();
      await sendToClient(Buffer.from(`${head.tag} ${head.answer}\r\n`));
    }
  };
  const sayFarewell = async (): Promise<void> => {
    if (farewell === null || !serverSplitter.atBoundary()) return;
    const bye = farewell;
    farewell = null;
    await act({ bye });
  };

  const guardFor = (at: 'server-literal' | 'append-literal', send: (octets: Buffer) => Promise<void>) =>
    literalGuard({ at, faults, random, send, act, thawed: async () => gate?.passed });
  const download = guardFor('server-literal', sendToClient);
  const upload = guardFor('append-literal', sendToServer);

  const fromClient = async (piece: ImapPiece): Promise<void> => {
    if (piece.kind === 'literal') {
      if (current?.answer != null) return;
      if (isAppend(current)) await upload.pass(piece.octets, piece.offset);
      else await sendToServer(piece.octets);
      return;
    }
    if (current === null && !(await beginCommand(piece))) return;
    const command = current;
    if (command !== null && piece.literal === null) command.complete = true;
    if (command?.answer != null) {
      // A literal that waits for leave will never be sent once the command is answered.
      if (piece.literal?.sync === true) {
        command.complete = true;
        clientSplitter.cancelLiteral();
      }
    } else {
      if (command !== null) command.waiting = piece.literal?.sync ?? false;
      await sendToServer(piece.octets);
    }
    if (command?.complete !== false) current = null;
    await answerInTurn();
    if (piece.literal !== null && isAppend(command) && command?.answer === null) await upload.begin(piece.literal.size);
  };

  /** False when a rule ended the connection at this command. */
  const beginCommand = async (piece: ImapPiece): Promise<boolean> => {
    const [, tag, text] = /^(\S+) (.+?)\r\n$/s.exec(piece.octets.toString('latin1')) ?? [];
    // A line of one word continues AUTHENTICATE or IDLE; it has no tag and gets no reply.
    if (tag === undefined || text === undefined) return true;
    parts.onCommand(text);
    if (/^(STARTTLS|COMPRESS )/i.test(text)) opaque = true;
    const action = faults.occasion('command', { command: text })?.action;
    if (typeof action === 'object' && 'answer' in action) {
      current = { tag, text, answer: action.answer, complete: false, waiting: false };
    } else {
      current = { tag, text, answer: null, complete: false, waiting: false };
      if (action !== undefined) await act(action);
      if (action !== undefined && action !== 'freeze') return false;
      await gate?.passed;
    }
    open.push(current);
    return true;
  };

  const fromServer = async (piece: ImapPiece): Promise<void> => {
    if (piece.kind === 'literal') {
      await download.pass(piece.octets, piece.offset);
      return;
    }
    if (piece.octets[0] === plusSign && current !== null) current.waiting = false;
    const tag = /^[^*+ ]\S*(?= )/.exec(piece.octets.toString('latin1', 0, 100))?.[0];
    const index = tag === undefined ? -1 : open.findIndex(command => command.tag === tag && command.answer === null);
    const [done] = index < 0 ? [] : open.splice(index, 1);
    if (done === undefined) {
      await sendToClient(piece.octets);
    } else {
      // Refused instead of leave to send the literal: it will not come. (One sent without leave still will.)
      if (done.waiting) {
        clientSplitter.cancelLiteral();
        current = null;
      }
      await passReply(done, piece.octets);
    }
    if (piece.literal !== null) await download.begin(piece.literal.size);
  };

  const passReply = async (done: OpenCommand, reply: Buffer): Promise<void> => {
    const action = faults.occasion('reply', { command: done.text })?.action;
    if (typeof action === 'object' && 'answer' in action) {
      await sendToClient(Buffer.from(`${done.tag} ${action.answer}\r\n`));
    } else {
      if (action !== undefined) await act(action);
      await gate?.passed;
      if (action === undefined || action === 'freeze') await sendToClient(reply);
    }
    await answerInTurn();
  };

  const pump = async (from: 'client' | 'server'): Promise<void> => {
    const [source, splitter, handle, send, other, link] =
      from === 'client'
        ? ([client, clientSplitter, fromClient, sendToServer, server, toServer] as const)
        : ([server, serverSplitter, fromServer, sendToClient, client, toClient] as const);
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        await gate?.passed;
        if (opaque) await send(chunk);
        // What still arrives after a cut is read and dropped: unread octets would turn our FIN into a reset.
        else await handleAll(splitter.push(chunk), handle);
        if (from === 'server') await sayFarewell();
      }
      await gate?.passed;
      await link.flushed();
      other.end();
    } catch {
      cut('reset');
    }
  };
  const handleAll = async (pieces: Iterable<ImapPiece>, handle: (piece: ImapPiece) => Promise<void>): Promise<void> => {
    for (const piece of pieces) {
      if (ended) return;
      await handle(piece);
      await gate?.passed;
    }
  };
  void pump('client');
  void pump('server');

  return {
    cut,
    freeze,
    thaw() {
      gate?.open();
      gate = null;
    },
    async bye(text) {
      farewell = text;
      await sayFarewell();
    },
  };
}

function isAppend(command: OpenCommand | null): boolean {
  return command !== null && /^APPEND /i.test(command.text);
}
