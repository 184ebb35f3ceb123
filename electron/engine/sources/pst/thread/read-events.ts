import { TravasoError } from '../../../../../shared/errors.ts';
import type { Synthesis } from '../../mail-source.ts';
import type { StreamEvent } from './protocol.ts';
import { ThreadEnded } from './pst-thread.ts';
import type { Chunk } from './pst-thread.ts';

type Begin = Extract<StreamEvent, { readonly kind: 'begin' }>;

/** A message or item as it comes out of the thread. */
export interface Received {
  readonly key: string;
  readonly content: Begin['content'];
  readonly octets: AsyncIterable<Buffer>;
  /** Complete once the octets were drained. */
  readonly synthesis: () => Synthesis | null;
}

/**
 * Makes messages of a stream's events. Octets that are not taken are passed over when the next message is asked for.
 *
 * @param broken what is thrown from the octets of the message at hand when the thread ends over it
 */
export async function* readEvents(
  chunks: AsyncIterable<Chunk>,
  broken: (cause: unknown) => TravasoError,
): AsyncGenerator<Received> {
  const arriving = chunks[Symbol.asyncIterator]();
  let chunk: Chunk = { octets: new Uint8Array(), events: [] };
  let place = 0;
  const life = { ended: null as ThreadEnded | null };

  /** Of `chunk`; null at the end. */
  async function next(): Promise<StreamEvent | null> {
    for (;;) {
      const event = chunk.events[place];
      place += 1;
      if (event !== undefined) return event;
      const arrived = await arriving.next();
      if (arrived.done === true) return null;
      chunk = arrived.value;
      place = 0;
    }
  }

  try {
    for (;;) {
      const event = await next();
      if (event === null) return;
      if (event.kind !== 'begin') continue;
      let synthesis: Synthesis | null = null;
      const octets = (async function* (): AsyncGenerator<Buffer> {
        for (;;) {
          let part: StreamEvent | null;
          try {
            part = await next();
          } catch (error) {
            if (!(error instanceof ThreadEnded)) throw error;
            life.ended = error;
            throw broken(error);
          }
          if (part === null) return;
          if (part.kind === 'failed') throw new TravasoError(part.problem.code, part.problem.details);
          if (part.kind === 'end') {
            synthesis = part.synthesis;
            return;
          }
          if (part.kind === 'piece') {
            yield Buffer.from(chunk.octets.buffer, chunk.octets.byteOffset + part.start, part.end - part.start);
          }
        }
      })();
      yield { key: event.key, content: event.content, octets, synthesis: () => synthesis };
      if (life.ended !== null) throw life.ended;
    }
  } finally {
    // Who has enough does not leave the thread waiting for somebody to take the rest.
    await arriving.return?.();
  }
}
