import type { Socket } from 'node:net';
import { TravasoError } from '../../../shared/errors.ts';
import type { Command } from './command.ts';
import { CommandWriter, areKnown, oneLine } from './command-writer.ts';
import type { CommandPieces } from './command-writer.ts';
import type {
  CommandResult,
  ImapConnection,
  LiteralSink,
  ResponseHandler,
  RunOptions,
  StatusText,
} from './imap-connection.ts';
import type { ResponsePiece } from './imap-value.ts';
import { refuseUnlessReadOnly } from './read-only-commands.ts';
import { ResponseParser } from './response-parser.ts';
import { busyProblem, serverSaid } from './server-text.ts';
import { readStatus, readUntagged } from './untagged-response.ts';

export interface SocketConnectionOptions {
  readonly access: 'read-only' | 'read-write';
  /** Milliseconds without an octet from the server while a command waits. */
  readonly silence: number;
  readonly transcript?: (line: string) => void;
}

interface Pending {
  readonly tag: string;
  handler: ResponseHandler | undefined;
  resolve(result: CommandResult): void;
  reject(error: Error): void;
}

const discard: LiteralSink = { piece: () => undefined, end: () => undefined };
/** How long a server may take over LOGOUT before the line is cut; nothing depends on its answer. */
const logoutPatienceMs = 2000;

/**
 * Takes over the socket of a signed-in session. The first thing sent is CAPABILITY; everything before its answer is
 * thrown away, because the sign-in may have left half a line behind.
 */
export async function openSocketConnection(socket: Socket, options: SocketConnectionOptions): Promise<ImapConnection> {
  const connection = new SocketConnection(socket, options);
  try {
    await connection.readCapabilities();
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return connection;
}

class SocketConnection implements ImapConnection {
  readonly #socket: Socket;
  readonly #writer: CommandWriter;
  readonly #options: SocketConnectionOptions;
  readonly #pending: Pending[] = [];
  #capabilities: ReadonlySet<string> = new Set();
  #synchronised = false;
  #lastTag = 0;
  #paused = false;
  #leaving = false;
  #fault: Error | null = null;

  constructor(socket: Socket, options: SocketConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#writer = new CommandWriter(socket, {
      literalMayFollowAtOnce: octets => this.#literalMayFollowAtOnce(octets),
      failed: error => this.destroy(error),
      ...(options.transcript === undefined ? {} : { transcript: options.transcript }),
    });
    const parser = new ResponseParser({
      response: pieces => this.#response(pieces),
      literal: (pieces, octets) => this.#literal(pieces, octets),
    });
    socket.on('data', (chunk: Buffer) => {
      if (this.#fault !== null) return;
      try {
        parser.push(chunk);
      } catch (error) {
        this.destroy(error instanceof Error ? error : new TravasoError('INTERNAL'));
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => this.destroy(lost(error.code ?? 'socket', error)));
    socket.on('end', () => this.destroy(lost('closed')));
    socket.on('close', () => this.destroy(lost('closed')));
    socket.on('timeout', () => this.#quiet());
    socket.setTimeout(options.silence);
    socket.resume();
  }

  get capabilities(): ReadonlySet<string> {
    return this.#capabilities;
  }

  get closed(): boolean {
    return this.#fault !== null || this.#leaving;
  }

  async readCapabilities(): Promise<void> {
    let announced: readonly unknown[] = [];
    const result = await this.run('CAPABILITY', {
      handler: {
        untagged: response => {
          if (response.name === 'CAPABILITY') announced = response.values;
        },
      },
    });
    if (result.status !== 'OK') throw busyProblem(result) ?? new TravasoError('SERVER_NOT_IMAP', serverSaid(result));
    this.#capabilities = new Set(announced.filter(name => typeof name === 'string').map(name => name.toUpperCase()));
  }

  run(command: Command, options: RunOptions = {}): Promise<CommandResult> {
    if (this.#fault !== null) return Promise.reject(this.#fault);
    if (options.signal?.aborted === true) return Promise.reject(new TravasoError('INTERRUPTED'));
    const pieces = typeof command === 'string' ? [command] : command;
    return new Promise<CommandResult>((resolve, reject) => {
      this.#checkBeforehand(pieces);
      this.#lastTag += 1;
      const pending: Pending = { tag: `T${this.#lastTag}`, handler: options.handler, resolve, reject };
      const { signal } = options;
      if (signal !== undefined) {
        const abort = () => {
          // The answer still comes; it must not reach a handler whose owner is gone.
          pending.handler = undefined;
          reject(new TravasoError('INTERRUPTED'));
        };
        signal.addEventListener('abort', abort, { once: true });
        pending.resolve = result => {
          signal.removeEventListener('abort', abort);
          resolve(result);
        };
        pending.reject = error => {
          signal.removeEventListener('abort', abort);
          reject(error);
        };
      }
      if (this.#pending.length === 0 && !this.#paused) this.#socket.setTimeout(this.#options.silence);
      this.#pending.push(pending);
      this.#writer.send(pending.tag, pieces);
    });
  }

  pauseReading(): void {
    if (this.#paused || this.#fault !== null) return;
    this.#paused = true;
    this.#socket.pause();
    this.#socket.setTimeout(0);
  }

  resumeReading(): void {
    if (!this.#paused || this.#fault !== null) return;
    this.#paused = false;
    this.#socket.setTimeout(this.#options.silence);
    this.#socket.resume();
  }

  async close(): Promise<void> {
    if (this.closed) {
      this.destroy();
      return;
    }
    const goodbye = this.run('LOGOUT').catch(() => undefined);
    this.#leaving = true;
    this.resumeReading();
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise(resolve => (timer = setTimeout(resolve, logoutPatienceMs)));
    await Promise.race([goodbye, impatience]);
    clearTimeout(timer);
    this.destroy();
  }

  destroy(error: Error = lost('closed')): void {
    if (this.#fault !== null) return;
    this.#fault = error;
    this.#socket.destroy();
    this.#writer.stop();
    for (const pending of this.#pending.splice(0)) {
      pending.handler?.lost?.(error);
      pending.reject(error);
    }
  }

  #checkBeforehand(pieces: CommandPieces): void {
    const known = areKnown(pieces) ? pieces : null;
    for (const piece of known ?? []) if (typeof piece === 'string') oneLine(piece);
    if (this.#options.access === 'read-write') return;
    if (known === null) throw new TravasoError('INTERNAL', { kind: 'command-not-known-beforehand' });
    refuseUnlessReadOnly(known);
  }

  #literalMayFollowAtOnce(octets: number): boolean {
    if (this.#capabilities.has('LITERAL+')) return true;
    return octets <= 4096 && (this.#capabilities.has('LITERAL-') || this.#capabilities.has('IMAP4REV2'));
  }

  #literal(pieces: readonly ResponsePiece[], octets: number): LiteralSink | null {
    if (!this.#synchronised) return discard;
    const [oldest] = this.#pending;
    if (oldest === undefined) return discard;
    // An aborted command's message bodies still arrive; they are let through to nowhere.
    if (oldest.handler === undefined) return discard;
    if (oldest.handler.literal === undefined) return null;
    const opening = readUntagged(pieces);
    return opening === null ? null : oldest.handler.literal(opening, octets);
  }

  #response(pieces: readonly ResponsePiece[]): void {
    const [first] = pieces;
    if (typeof first !== 'string' || (first === '' && pieces.length === 1)) return;
    if (first.startsWith('+')) {
      this.#writer.goOn();
      return;
    }
    if (first.startsWith('*')) {
      this.#untagged(pieces);
      return;
    }
    const answer = /^(\S+) +(OK|NO|BAD)\b(.*)$/is.exec(first);
    if (answer !== null && this.#tagged(answer)) return;
    if (this.#synchronised && answer === null) throw lost('malformed-response');
  }

  #tagged([, tag, word = '', rest = '']: RegExpExecArray): boolean {
    const index = this.#pending.findIndex(pending => pending.tag === tag);
    const [pending] = index === -1 ? [] : this.#pending.splice(index, 1);
    if (pending === undefined) return false;
    this.#synchronised = true;
    this.#writer.answered(pending.tag);
    pending.resolve({ status: word.toUpperCase() as CommandResult['status'], ...readStatus(rest) });
    return true;
  }

  #untagged(pieces: readonly ResponsePiece[]): void {
    const response = readUntagged(pieces);
    if (response === null) return;
    // A literal of the wrong length shows here at the latest: its response does not end as it began.
    if (!response.balanced && pieces.length > 1) throw lost('malformed-response');
    if (response.name === 'BYE' && response.status !== null && !this.#leaving) {
      throw byeProblem(response.status);
    }
    this.#pending[0]?.handler?.untagged?.(response);
  }

  #quiet(): void {
    if (this.#pending.length === 0 || this.#paused) return;
    this.destroy(new TravasoError('SERVER_SILENT', { seconds: Math.round(this.#options.silence / 1000) }));
  }
}

function lost(reason: string, cause?: unknown): TravasoError {
  return new TravasoError('CONNECTION_LOST', { reason }, { cause, retryAfterMs: 0 });
}

function byeProblem(status: StatusText): TravasoError {
  return (
    busyProblem(status) ??
    new TravasoError('CONNECTION_LOST', { reason: 'bye', ...serverSaid(status) }, { retryAfterMs: 0 })
  );
}
