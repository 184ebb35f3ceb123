import type { MessagePort } from 'node:worker_threads';
import { chunksAhead } from './protocol.ts';
import type { Reply, StreamEvent } from './protocol.ts';

/** Octets gathered before they are sent; a longer piece goes in a chunk of its own size. */
const chunkOctets = 1024 * 1024;
const chunkEvents = 4000;

type PlainEvent = Exclude<StreamEvent, { readonly kind: 'piece' }>;

/** Sends what a stream yields in chunks, no more of them than the other side has asked for. */
export class ChunkSender {
  private readonly port: MessagePort;
  private readonly id: number;
  private credit = chunksAhead;
  private wake: () => void = () => undefined;
  /** Taken when there is something to put in it. */
  private octets = Buffer.alloc(0);
  private filled = 0;
  private events: StreamEvent[] = [];
  stopped = false;

  constructor(port: MessagePort, id: number) {
    this.port = port;
    this.id = id;
  }

  more(): void {
    this.credit += 1;
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  event(event: PlainEvent): void {
    this.events.push(event);
  }

  /** Whether `flush` must come before another event with so many octets: to ask is cheaper than to wait for nothing. */
  isFullFor(octets: number): boolean {
    return this.events.length >= chunkEvents || (this.filled > 0 && this.filled + octets > this.octets.length);
  }

  /** Copied: a piece is a view of memory that is read into again. */
  piece(piece: Uint8Array): void {
    if (this.filled + piece.length > this.octets.length) {
      this.octets = Buffer.allocUnsafeSlow(Math.max(piece.length, chunkOctets));
    }
    this.octets.set(piece, this.filled);
    this.events.push({ kind: 'piece', start: this.filled, end: this.filled + piece.length });
    this.filled += piece.length;
  }

  async flush(): Promise<void> {
    if (this.events.length === 0) return;
    while (this.credit === 0 && !this.stopped) {
      await new Promise<void>(resolve => {
        this.wake = resolve;
      });
    }
    this.credit -= 1;
    const { octets, events } = this;
    this.octets = Buffer.alloc(0);
    this.events = [];
    this.filled = 0;
    if (this.stopped) return;
    const chunk: Reply = { kind: 'chunk', id: this.id, octets, events: JSON.stringify(events) };
    this.port.postMessage(chunk, octets.length === 0 ? [] : [octets.buffer]);
  }
}
