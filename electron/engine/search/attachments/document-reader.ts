import { memoryUsage } from 'node:process';
import { Worker } from 'node:worker_threads';
import { limits } from '../limits.ts';
import type { AttachedDocument } from '../message-text.ts';
import type { DocumentReply, DocumentRequest } from './document-worker.ts';

/** Text of attached documents. One at a time: each may take the memory and the time of the limits. */
export interface DocumentReader {
  /** Never rejects. */
  read(document: AttachedDocument): Promise<DocumentText>;
  close(): Promise<void>;
}

export interface DocumentText {
  readonly text: string;
  /** Why there is none; null when it was read. */
  readonly problem: DocumentProblem | null;
}
export type DocumentProblem = 'unreadable' | 'time' | 'memory' | 'crash';

export interface DocumentReaderOptions {
  readonly attachmentMs?: number;
  readonly attachmentGrowth?: number;
}

/** How often, in milliseconds, the process's size is looked at while a document is open. */
const watchMs = 100;

/** Costs nothing before it is first used: only then the thread is started. */
export function startDocumentReader(options: DocumentReaderOptions = {}): DocumentReader {
  const { attachmentMs = limits.attachmentMs, attachmentGrowth = limits.attachmentGrowth } = options;
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let nextId = 1;

  const giveUp = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };

  const readOne = async ({ kind, octets }: AttachedDocument): Promise<DocumentText> => {
    const id = nextId;
    nextId += 1;
    worker ??= new Worker(new URL('./document-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.threadHeapMib },
    });
    const asked = worker;
    const before = memoryUsage.rss();
    const { promise, resolve } = Promise.withResolvers<DocumentText>();
    const answered = (reply: DocumentReply): void => {
      if (reply.id !== id) return;
      resolve({ text: reply.text ?? '', problem: reply.text === null ? 'unreadable' : null });
    };
    const failed = (error: Error): void => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      resolve({ text: '', problem: memory ? 'memory' : 'crash' });
    };
    asked.on('message', answered).on('error', failed);
    const late = setTimeout(() => resolve({ text: '', problem: 'time' }), attachmentMs);
    // V8's limit does not count what decoders allocate beside its heap, and an inflating stream allocates there.
    const watch = setInterval(() => {
      if (memoryUsage.rss() - before > attachmentGrowth) resolve({ text: '', problem: 'memory' });
    }, watchMs);
    const copy = new Uint8Array(octets);
    asked.postMessage({ id, kind, octets: copy } satisfies DocumentRequest, [copy.buffer]);
    try {
      const outcome = await promise;
      if (outcome.problem !== null && outcome.problem !== 'unreadable') await giveUp();
      return outcome;
    } finally {
      clearTimeout(late);
      clearInterval(watch);
      asked.off('message', answered).off('error', failed);
    }
  };

  return {
    read: document => {
      const reading = last.then(() => readOne(document));
      last = reading;
      return reading;
    },
    close: giveUp,
  };
}
