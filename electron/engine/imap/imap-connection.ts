import type { Command } from './command.ts';
import type { ImapValue } from './imap-value.ts';

/**
 * A signed-in IMAP session as a pipe for commands. Commands are written in the order of the `run` calls, each as
 * soon as the one before is written completely: not waiting for an answer between two calls is pipelining.
 */
export interface ImapConnection {
  /** Upper case, as announced after sign-in. */
  readonly capabilities: ReadonlySet<string>;
  /** True once nothing can be sent any more; every later `run` rejects with the same error. */
  readonly closed: boolean;

  /**
   * Sends a command and resolves with its tagged answer, whichever it is: a NO is an outcome, not an exception.
   * Literals go out without waiting where the server allows it (RFC 7888), else after its `+`.
   *
   * Rejects with `CONNECTION_LOST`, `SERVER_SILENT`, `SERVER_BUSY` or `SERVER_THROTTLED` when the line ends before the
   * answer: the command may or may not have been executed. Rejects with what a literal's `body` throws; the connection
   * is then unusable. Rejects with `INTERRUPTED` when `signal` aborts; a command on the wire goes on unheard.
   */
  run(command: Command, options?: RunOptions): Promise<CommandResult>;

  /** Stops reading from the socket until `resumeReading`: the server waits, memory does not grow. */
  pauseReading(): void;
  resumeReading(): void;

  /** LOGOUT, politely but briefly. Never rejects. */
  close(): Promise<void>;
  /** Ends the connection at once; pending commands reject with `error`, or with `CONNECTION_LOST`. */
  destroy(error?: Error): void;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /**
   * Hears every untagged response that arrives while this command is the oldest without an answer. Two pipelined
   * commands of one kind share one handler: a server may interleave their responses.
   */
  readonly handler?: ResponseHandler;
}

export interface ResponseHandler {
  untagged?(response: UntaggedResponse): void;
  /**
   * Called when a literal begins, with the response up to there (open lists are closed for the view). The sink gets
   * the literal's octets; null buffers the literal into the response, which is bounded to 1 MiB.
   */
  literal?(opening: UntaggedResponse, octets: number): LiteralSink | null;
  /** The connection ended before this command's answer. Called before `run` rejects. */
  lost?(error: Error): void;
}

/** Must not throw. Slow consumers call `pauseReading`. */
export interface LiteralSink {
  /** A slice of the received data, never reused. */
  piece(octets: Buffer): void;
  end(): void;
}

export interface UntaggedResponse {
  /** The number before the name (`* 12 FETCH`), null where there is none. */
  readonly number: number | null;
  /** Upper case: `FETCH`, `LIST`, `OK`, … */
  readonly name: string;
  /** What follows the name. For OK, NO, BAD and BYE: empty, see `status`. */
  readonly values: readonly ImapValue[];
  /** For OK, NO, BAD and BYE. */
  readonly status: StatusText | null;
}

export interface StatusText {
  /** Response code in brackets: upper-case name and the values after it; null without one. */
  readonly code: { readonly name: string; readonly values: readonly ImapValue[] } | null;
  /** Human text of the server, without the code. */
  readonly text: string;
}

export interface CommandResult extends StatusText {
  readonly status: 'OK' | 'NO' | 'BAD';
}
