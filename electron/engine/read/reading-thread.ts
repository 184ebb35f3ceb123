import { Worker } from 'node:worker_threads';
import { TravasoError } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { ItemCard } from '../../../shared/model/item-view.ts';
import type { ItemDigest } from '../browse/items/item-digest.ts';
import type { ItemWish } from '../browse/items/read-item.ts';
import { nothingReadable } from './read-head.ts';
import type { ReadingAnswer, ReadingReply, ReadingRequest, ReadingTask } from './read-worker.ts';
import { readingLimits } from './reading-limits.ts';
import type { ReadingWish, ReadMessage } from './read-message.ts';

/** Reads messages off the engine's own loop, which jobs need: mail is hostile, and no parser is trusted to come back. */
export interface ReadingThread {
  /**
   * A message that takes too long or too much is shown by its header, with the problem `too-slow`. The octets are taken
   * over and are empty afterwards.
   *
   * @throws MESSAGE_PART_UNKNOWN
   */
  read(octets: Buffer, wish: ReadingWish): Promise<ReadMessage>;
  /** @throws MESSAGE_PART_UNKNOWN, MESSAGE_PART_UNREADABLE, and both ENGINE_STOPPED once it is closed */
  part(octets: Buffer, inside: readonly string[], part: string): Promise<Buffer>;
  /** An item that is no mail. One that is broken, or takes too long, says so in place of what it holds. */
  item(octets: Buffer, wish: ItemWish): Promise<ItemCard>;
  /** What a list needs of an item. */
  digest(octets: Buffer, kind: ItemKind, now: Date): Promise<ItemDigest>;
  /** One attachment of an appointment or task. @throws MESSAGE_PART_UNKNOWN, MESSAGE_PART_UNREADABLE */
  attachment(octets: Buffer, part: number): Promise<Buffer>;
  close(): Promise<void>;
}

export interface ReadingThreadOptions {
  /** Milliseconds one message may take; shorter in tests. */
  readonly messageMs?: number;
}

/** After this long without a message, in milliseconds, the thread is ended: it keeps some ten megabytes. */
const idleMs = 20_000;

/** Enough for every header that is looked at, and copied before the message is given away. */
const headOctets = 256 * 1024;

/** Costs nothing before it is first used. One message at a time. */
export function startReadingThread({ messageMs = readingLimits.messageMs }: ReadingThreadOptions = {}): ReadingThread {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let nextId = 1;
  let closed = false;

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    if (idle !== null) clearTimeout(idle);
    await ended?.terminate();
  };

  /** Null when the thread died of it or was given up. */
  const askNow = async (octets: Buffer, task: ReadingTask): Promise<ReadingAnswer | null> => {
    if (closed) throw new TravasoError('ENGINE_STOPPED');
    if (idle !== null) clearTimeout(idle);
    worker ??= new Worker(new URL('./read-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: readingLimits.threadHeapMib },
    });
    const asked = worker;
    const id = nextId;
    nextId += 1;
    const { promise, resolve } = Promise.withResolvers<ReadingAnswer | null>();
    const answered = (reply: ReadingReply): void => {
      if (reply.id === id) resolve(reply.answer);
    };
    const died = (): void => resolve(null);
    asked.on('message', answered).on('error', died).on('exit', died);
    const late = setTimeout(died, messageMs);
    const own = ownOctets(octets);
    asked.postMessage({ id, octets: own, task } satisfies ReadingRequest, [own.buffer]);
    try {
      const answer = await promise;
      if (answer === null) await end();
      else idle = setTimeout(() => void end(), idleMs).unref();
      return answer;
    } finally {
      clearTimeout(late);
      asked.off('message', answered).off('error', died).off('exit', died);
    }
  };

  const ask = (octets: Buffer, task: ReadingTask): Promise<ReadingAnswer | null> => {
    const asking = last.then(() => askNow(octets, task));
    last = asking.catch(() => undefined);
    return asking;
  };

  const octetsOf = (answer: ReadingAnswer | null): Buffer => {
    if (answer === null) throw new TravasoError('MESSAGE_PART_UNREADABLE');
    if (answer.kind === 'part') return Buffer.from(answer.octets.buffer);
    throw failure(answer);
  };

  return {
    read: async (octets, wish) => {
      const head = Buffer.from(octets.subarray(0, headOctets));
      const answer = (await ask(octets, { kind: 'read', wish })) ?? (await ask(head, { kind: 'head' }));
      if (answer === null) return nothingReadable;
      if (answer.kind === 'message') return answer.message;
      throw failure(answer);
    },
    part: async (octets, inside, part) => octetsOf(await ask(octets, { kind: 'part', inside, part })),
    item: async (octets, wish) => {
      const answer = await ask(octets, { kind: 'item', wish });
      if (answer?.kind === 'card') return answer.card;
      return { kind: 'unreadable', why: answer === null ? 'too-slow' : 'broken' };
    },
    digest: async (octets, kind, now) => {
      const answer = await ask(octets, { kind: 'digest', of: kind, now: now.getTime() });
      return answer?.kind === 'digest' ? answer.digest : { kind: 'unreadable' };
    },
    attachment: async (octets, part) => octetsOf(await ask(octets, { kind: 'attachment', part })),
    close: async () => {
      closed = true;
      await end();
    },
  };
}

/** Octets in memory of their own, which can be given to a thread without a copy. */
function ownOctets(octets: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = octets;
  return buffer instanceof ArrayBuffer && buffer.byteLength === octets.length
    ? new Uint8Array(buffer)
    : new Uint8Array(octets);
}

function failure(answer: ReadingAnswer): TravasoError {
  if (answer.kind !== 'failed') return new TravasoError('INTERNAL');
  return new TravasoError(answer.problem.code, answer.problem.details);
}
