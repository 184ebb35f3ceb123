import type { ImapConnection, LiteralSink } from './imap-connection.ts';
import { PullQueue } from './pull-queue.ts';

/** Received and not yet consumed octets, of all messages of one fetch together. */
const pauseAbove = 4 * 1024 * 1024;
const resumeBelow = 1024 * 1024;

/** Lets the server wait while the consumer is behind, so that memory does not grow with messages or folders. */
export class FlowGate {
  readonly #connection: Pick<ImapConnection, 'pauseReading' | 'resumeReading'>;
  #waiting = 0;

  constructor(connection: Pick<ImapConnection, 'pauseReading' | 'resumeReading'>) {
    this.#connection = connection;
  }

  received(octets: number): void {
    this.#waiting += octets;
    if (this.#waiting > pauseAbove) this.#connection.pauseReading();
  }

  consumed(octets: number): void {
    this.#waiting -= octets;
    if (this.#waiting < resumeBelow) this.#connection.resumeReading();
  }
}

/**
 * The octets of one message on their way from the parser to the consumer: slices of what the socket delivered. It
 * ends only when the whole FETCH response was read and is well formed (`finish`), not with the last octet of the
 * literal: a literal of the wrong length shows in what follows it.
 */
export class MessageBody implements LiteralSink, AsyncIterable<Buffer>, AsyncIterator<Buffer, undefined> {
  readonly #gate: FlowGate;
  readonly #queue = new PullQueue<Buffer>();
  #discarded = false;

  constructor(gate: FlowGate) {
    this.#gate = gate;
  }

  piece(octets: Buffer): void {
    if (this.#discarded) return;
    this.#queue.push(octets);
    this.#gate.received(octets.length);
  }

  end(): void {
    // See above: the literal's end is not yet the message's.
  }

  finish(): void {
    this.#queue.end();
  }

  fail(error: Error): void {
    this.#queue.fail(error);
  }

  discard(): void {
    this.#discarded = true;
    for (const octets of this.#queue.clear()) this.#gate.consumed(octets.length);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer, undefined>> {
    const result = await this.#queue.next();
    if (result.done !== true) this.#gate.consumed(result.value.length);
    return result;
  }

  return(): Promise<IteratorResult<Buffer, undefined>> {
    this.discard();
    return Promise.resolve({ value: undefined, done: true });
  }
}
