import { Worker } from 'node:worker_threads';
import { messageName } from './index-archive.ts';
import { IndexControl } from './index-control.ts';
import type { IndexReply, IndexWork } from './index-worker.ts';
import { limits } from './limits.ts';

export interface IndexingOptions extends Omit<IndexWork, 'control' | 'skip'> {
  readonly gentle: boolean;
  /** Milliseconds one message may take; shorter in tests. */
  readonly messageMs?: number;
  readonly progress: (messages: number) => void;
}

/** How an indexing run ended. `code`: why it failed. */
export type IndexingEnd = { readonly kind: 'whole' | 'stopped' } | { readonly kind: 'failed'; readonly code: string };

export interface IndexingThread {
  readonly ended: Promise<IndexingEnd>;
  setGentle(gentle: boolean): void;
  /** Ends after the batch at hand. */
  stop(): Promise<IndexingEnd>;
}

/** A mailbox that kills this many threads is not worth another. */
const mostCrashes = 50;

/**
 * Runs the indexing thread to its end, and starts another when one dies of a message or hangs on it: that message's header
 * is indexed then, and nothing else of it. Mail is hostile input; no parser is trusted to come back.
 */
export function startIndexing(options: IndexingOptions): IndexingThread {
  const { gentle, messageMs = limits.messageMs, progress, ...work } = options;
  const control = new IndexControl();
  control.gentle = gentle;
  const skip = new Set<string>();

  const runOnce = async (): Promise<IndexingEnd | 'died'> => {
    const worker = new Worker(new URL('./index-worker.ts', import.meta.url), {
      workerData: { ...work, control: control.buffer, skip: [...skip] } satisfies IndexWork,
      resourceLimits: { maxOldGenerationSizeMb: limits.threadHeapMib, maxYoungGenerationSizeMb: limits.threadYoungMib },
    });
    const { promise, resolve } = Promise.withResolvers<IndexingEnd | 'died'>();
    worker.on('message', (reply: IndexReply) => {
      if (reply.kind === 'progress') progress(reply.messages);
      else if (reply.kind === 'ended') resolve({ kind: reply.whole ? 'whole' : 'stopped' });
      else resolve({ kind: 'failed', code: reply.code });
    });
    worker.on('error', () => resolve('died'));
    const exited = new Promise<void>(done => worker.once('exit', () => done()));
    void exited.then(() => resolve('died'));
    const watch = watchSteps(control, messageMs, () => resolve('died'));
    const end = await promise;
    clearInterval(watch);
    if (end === 'died') {
      await worker.terminate();
      const { folderId, number } = control.at;
      skip.add(messageName(folderId, number));
    }
    await exited;
    return end;
  };

  const run = async (): Promise<IndexingEnd> => {
    for (let crashes = 0; crashes < mostCrashes; crashes += 1) {
      const end = await runOnce();
      if (end !== 'died') return end;
      if (control.stopped) return { kind: 'stopped' };
    }
    return { kind: 'failed', code: 'SEARCH_INDEX_FAILED' };
  };
  const ended = run();
  return {
    ended,
    setGentle: value => {
      if (control.gentle !== value) control.gentle = value;
    },
    stop: () => {
      control.stop();
      return ended;
    },
  };
}

function watchSteps(control: IndexControl, messageMs: number, hangs: () => void): NodeJS.Timeout {
  let steps = control.steps;
  return setInterval(() => {
    if (control.steps === steps) hangs();
    steps = control.steps;
  }, messageMs).unref();
}
