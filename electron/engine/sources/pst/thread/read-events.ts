import { TravasoError } from '../../../../../shared/errors.ts';
import type { Synthesis } from '../../mail-source.ts';
import type { Reply, StreamEvent } from './protocol.ts';
import { ThreadEnded } from './pst-thread.ts';

type Begin = Extract<StreamEvent, { readonly kind: 'begin' }>;
type Chunk = Extract<Reply, { readonly kind: 'chunk' }>;

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
  const events = flatten(chunks);
  const life = { ended: null as ThreadEnded | null };
  for (;;) {
    const next = await events.next();
    if (next.done === true) return;
    const { event } = next.value;
    if (event.kind !== 'begin') continue;
    let synthesis: Synthesis | null = null;
    const octets = (async function* (): AsyncGenerator<Buffer> {
      for (;;) {
        let inner: Awaited<ReturnType<typeof events.next>>;
        try {
          inner = await events.next();
        } catch (error) {
          if (!(error instanceof ThreadEnded)) throw error;
          life.ended = error;
          throw broken(error);
        }
        if (inner.done === true) return;
        const { event: part, chunk } = inner.value;
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
}

async function* flatten(
  chunks: AsyncIterable<Chunk>,
): AsyncGenerator<{ readonly event: StreamEvent; readonly chunk: Chunk }> {
  for await (const chunk of chunks) for (const event of chunk.events) yield { event, chunk };
}
