import { Worker } from 'node:worker_threads';
import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import type { Reply, Request, StreamEvent, Streamed, ThreadData } from './protocol.ts';
import { newWatchMemory, watchOver } from './watch.ts';

export interface ThreadLimits {
  /** Milliseconds an item may go without anything being achieved. */
  readonly stallMs: number;
  /** Of the thread's own objects; octets under way come on top of it. */
  readonly heapMegabytes: number;
  /** Another program in the worker's place, for tests of what surrounds it. */
  readonly start?: (options: { workerData: ThreadData; resourceLimits: object }) => Worker;
}

/** Until a thread has begun: loading its program may take long on a machine that is busy. */
const startMs = 60_000;

export const usualLimits: ThreadLimits = { stallMs: 10_000, heapMegabytes: 512 };

/** The thread is no more: out of memory, stuck, or broken. Carries the item it was at; 0 for the file as a whole. */
export class ThreadEnded extends Error {
  readonly nid: number;

  constructor(nid: number, cause?: unknown) {
    super(`the reader ended at node ${nid}`, { cause });
    this.name = 'ThreadEnded';
    this.nid = nid;
  }
}

/** Events, and the octets that they speak of. */
export interface Chunk {
  readonly octets: Uint8Array;
  readonly events: readonly StreamEvent[];
}

interface Waiter {
  readonly reply: (reply: Reply) => void;
  readonly ended: (error: unknown) => void;
}

type Ready = Extract<Reply, { readonly kind: 'ready' }>;
type Ask<T> = T extends unknown ? Omit<T, 'id'> : never;

/** One life of the thread that reads a PST. */
export class PstThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number | null, Waiter>();
  private readonly watch: ReturnType<typeof watchOver>;
  private readonly timer: NodeJS.Timeout;
  private nextId = 1;
  /** How many wait for the thread right now. One that waits for us achieves nothing either, and is not at fault. */
  private hungry = 0;
  private failure: ThreadEnded | null = null;
  readonly ready: Promise<Ready>;

  constructor(path: string, skip: readonly number[], limits: ThreadLimits) {
    const memory = newWatchMemory();
    this.watch = watchOver(memory);
    const options = {
      workerData: { path, skip, watch: memory } satisfies ThreadData,
      // Three semi-spaces of 16 MB: measured, a smaller nursery costs a fifth more time, a larger one only memory.
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 48 },
    };
    this.worker = limits.start?.(options) ?? new Worker(new URL('./pst-worker.ts', import.meta.url), options);
    this.worker.on('message', (reply: Reply) => {
      this.waiting.get('id' in reply ? reply.id : null)?.reply(reply);
    });
    this.worker.on('error', error => {
      this.end(error);
    });
    this.worker.on('exit', () => {
      this.end(null);
    });
    this.timer = this.watchFor(limits.stallMs);
    this.ready = this.wait(null, 'ready') as Promise<Ready>;
    this.ready.catch(() => undefined);
  }

  /** One question, one answer. Throws `ThreadEnded`, or what the thread could not do. */
  async ask<K extends Reply['kind']>(
    request: Ask<Exclude<Request, Streamed>>,
    kind: K,
  ): Promise<Extract<Reply, { readonly kind: K }>> {
    const id = this.nextId;
    this.nextId += 1;
    const answered = this.wait(id, kind);
    this.post({ ...request, id });
    return (await answered) as Extract<Reply, { readonly kind: K }>;
  }

  /** The chunks of an answer, each asked for as the one before was used up. */
  async *stream(request: Ask<Streamed>): AsyncGenerator<Chunk> {
    const id = this.nextId;
    this.nextId += 1;
    const arrived: Chunk[] = [];
    const state = {
      done: false,
      failure: null as { readonly error: unknown } | null,
      wake: (): void => undefined,
    };
    const fail = (error: unknown): void => {
      state.failure ??= { error };
      state.wake();
    };
    this.waiting.set(id, {
      ended: fail,
      reply: reply => {
        if (reply.kind === 'chunk') arrived.push(chunkOf(reply));
        else if (reply.kind === 'failed') fail(errorOf(reply.problem));
        else state.done = true;
        state.wake();
      },
    });
    if (this.failure !== null) fail(this.failure);
    else this.post({ ...request, id });
    try {
      for (;;) {
        const chunk = arrived.shift();
        if (chunk !== undefined) {
          yield chunk;
          this.post({ id, ask: 'more' });
        } else if (state.failure !== null) throw state.failure.error;
        else if (state.done) return;
        else {
          await this.hungrily(
            new Promise<void>(resolve => {
              state.wake = resolve;
            }),
          );
        }
      }
    } finally {
      this.waiting.delete(id);
      if (!state.done) this.post({ id, ask: 'stop' });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.waiting.clear();
    await this.worker.terminate();
  }

  private wait(id: number | null, kind: Reply['kind']): Promise<Reply> {
    const answered = new Promise<Reply>((resolve, reject) => {
      if (this.failure !== null) {
        reject(this.failure);
        return;
      }
      this.waiting.set(id, {
        ended: reject,
        reply: reply => {
          this.waiting.delete(id);
          if (reply.kind === kind) resolve(reply);
          else reject(reply.kind === 'failed' ? errorOf(reply.problem) : new Error(`unexpected ${reply.kind}`));
        },
      });
    });
    return this.hungrily(answered);
  }

  private async hungrily<T>(waitedFor: Promise<T>): Promise<T> {
    this.hungry += 1;
    try {
      return await waitedFor;
    } finally {
      this.hungry -= 1;
    }
  }

  private post(request: Request): void {
    if (this.failure === null) this.worker.postMessage(request);
  }

  private watchFor(stallMs: number): NodeJS.Timeout {
    let ticks = -1;
    let since = performance.now();
    const timer = setInterval(
      () => {
        const now = performance.now();
        if (this.hungry === 0 || this.watch.ticks !== ticks) {
          ticks = this.watch.ticks;
          since = now;
        } else if (now - since > (ticks === 0 ? Math.max(stallMs, startMs) : stallMs)) {
          this.end(null);
          void this.worker.terminate();
        }
      },
      Math.min(1000, stallMs / 4),
    );
    timer.unref();
    return timer;
  }

  private end(cause: unknown): void {
    clearInterval(this.timer);
    this.failure ??= new ThreadEnded(this.watch.nid, cause);
    for (const { ended } of [...this.waiting.values()]) ended(this.failure);
    this.waiting.clear();
  }
}

function chunkOf({ octets, events }: Extract<Reply, { readonly kind: 'chunk' }>): Chunk {
  return { octets, events: JSON.parse(events) as readonly StreamEvent[] };
}

function errorOf({ code, details }: Problem): TravasoError {
  return new TravasoError(code, details);
}
