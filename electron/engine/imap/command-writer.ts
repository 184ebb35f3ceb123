import type { Duplex } from 'node:stream';
import { TravasoError } from '../../../shared/errors.ts';
import type { CommandLiteral, CommandPiece } from './command.ts';
import { SocketWriter } from './socket-writer.ts';

export type CommandPieces = readonly CommandPiece[] | AsyncIterable<CommandPiece>;

export interface CommandWriterEvents {
  /** Whether a literal of this size may be sent without waiting for `+`. */
  literalMayFollowAtOnce(octets: number): boolean;
  /** Nothing more can be written: half a command may be on the wire. */
  failed(error: Error): void;
  transcript?(line: string): void;
}

/** Writes commands one after the other; the writes of one never interleave with another's. */
export class CommandWriter {
  readonly #socket: Duplex;
  readonly #writer: SocketWriter;
  readonly #events: CommandWriterEvents;
  /** Null: nothing is being written. */
  #writing: Promise<void> | null = null;
  #waiting: { readonly tag: string; settle(goOn: boolean): void } | null = null;
  #stopped = false;

  constructor(socket: Duplex, events: CommandWriterEvents) {
    this.#socket = socket;
    this.#writer = new SocketWriter(socket);
    this.#events = events;
  }

  send(tag: string, pieces: CommandPieces): void {
    const only = areKnown(pieces) && pieces.length === 1 ? pieces[0] : null;
    if (this.#writing === null && typeof only === 'string') {
      this.#events.transcript?.(`${tag} ${only}`);
      this.#socket.write(`${tag} ${oneLine(only)}\r\n`, 'latin1');
      return;
    }
    const written = (this.#writing ?? Promise.resolve()).then(() => this.#write(tag, pieces));
    const settled: Promise<void> = written
      .catch((error: unknown) => this.#events.failed(error instanceof Error ? error : new TravasoError('INTERNAL')))
      .finally(() => {
        if (this.#writing === settled) this.#writing = null;
      });
    this.#writing = settled;
  }

  /** The server sent `+`. */
  goOn(): void {
    this.#waiting?.settle(true);
  }

  /** The server answered a command: if that one waits for `+`, not one octet of its literal may follow. */
  answered(tag: string): void {
    if (this.#waiting?.tag === tag) this.#waiting.settle(false);
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting?.settle(false);
  }

  async #write(tag: string, pieces: CommandPieces): Promise<void> {
    if (this.#stopped) return;
    let text = `${tag} `;
    let shown = text;
    this.#writer.begin();
    try {
      for await (const piece of pieces) {
        if (typeof piece === 'string') {
          text += oneLine(piece);
          shown += piece;
          continue;
        }
        const atOnce = this.#events.literalMayFollowAtOnce(piece.octets);
        const opening = `${text}{${piece.octets}${atOnce ? '+' : ''}}\r\n`;
        text = '';
        shown += `{${piece.octets}}`;
        if (atOnce) await this.#writer.write(opening);
        else if (!(await this.#askToGoOn(tag, opening))) return;
        await this.#writeLiteral(piece);
      }
      await this.#writer.write(`${text}\r\n`);
    } finally {
      this.#writer.end();
      this.#events.transcript?.(shown);
    }
  }

  async #askToGoOn(tag: string, opening: string): Promise<boolean> {
    const answer = new Promise<boolean>(resolve => {
      const settle = (goOn: boolean) => {
        this.#waiting = null;
        resolve(goOn);
      };
      this.#waiting = { tag, settle };
    });
    await this.#writer.write(opening);
    this.#writer.end();
    const goOn = await answer;
    this.#writer.begin();
    return goOn;
  }

  async #writeLiteral(piece: CommandLiteral): Promise<void> {
    let octets = 0;
    for await (const part of piece.body()) {
      octets += part.length;
      if (octets > piece.octets) break;
      const room = this.#writer.write(part);
      if (room !== null) await room;
    }
    // What follows would be read as part of the literal, or its rest as a command: the line is lost either way.
    if (octets !== piece.octets) throw new TravasoError('INTERNAL', { kind: 'literal-length' });
  }
}

/** Whether all pieces are at hand, so that a command can be judged before its first octet is sent. */
export function areKnown(pieces: CommandPieces): pieces is readonly CommandPiece[] {
  return Symbol.iterator in pieces;
}

/** The text itself. Throws `INTERNAL` when a line end or NUL in it would begin another command. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- the octets that end or break a command line
  if (/[\x00\r\n]/.test(text)) throw new TravasoError('INTERNAL', { kind: 'line-end-in-command' });
  return text;
}
