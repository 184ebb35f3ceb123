import type { Duplex } from 'node:stream';
import { TravasoError } from '../../../shared/errors.ts';

/**
 * Writes with backpressure and few system calls: pieces of one command are corked together until the socket says
 * that its buffer is full. Rejects once the socket is destroyed.
 */
export class SocketWriter {
  readonly #socket: Duplex;
  #wake: (() => void) | null = null;

  constructor(socket: Duplex) {
    this.#socket = socket;
    const wake = () => {
      this.#wake?.();
      this.#wake = null;
    };
    socket.on('drain', wake);
    socket.on('close', wake);
  }

  begin(): void {
    this.#socket.cork();
  }

  end(): void {
    this.#socket.uncork();
  }

  /** Null when there is room for more; a promise of that room otherwise. */
  write(piece: string | Uint8Array): Promise<void> | null {
    if (this.#socket.destroyed) throw new TravasoError('CONNECTION_LOST', { reason: 'closed' });
    const room = typeof piece === 'string' ? this.#socket.write(piece, 'latin1') : this.#socket.write(piece);
    return room ? null : this.#drained();
  }

  async #drained(): Promise<void> {
    this.#socket.uncork();
    if (this.#socket.writableNeedDrain && !this.#socket.destroyed) {
      await new Promise<void>(resolve => (this.#wake = resolve));
    }
    if (this.#socket.destroyed) throw new TravasoError('CONNECTION_LOST', { reason: 'closed' });
    this.#socket.cork();
  }
}
