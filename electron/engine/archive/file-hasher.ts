import { Worker } from 'node:worker_threads';
import { diskProblem } from './disk-problem.ts';
import type { HashRequest } from './file-hash-worker.ts';

/** SHA-256 of files, lower-case hexadecimal, computed on another thread. */
export interface FileHasher {
  /** The first `octets` octets of the file (it may be longer), or all of it for Infinity. Throws disk errors as their code. */
  hash(path: string, octets: number): Promise<string>;
  /**
   * Reads on, in the background, to the first `octets` octets, which must not change any more. While a file grows this
   * keeps `hash` from reading gigabytes again that have long left the system's cache.
   */
  readAhead(path: string, octets: number): void;
  close(): Promise<void>;
}

interface HashReply {
  readonly id: number;
  readonly sha256?: string;
  readonly systemCode?: string;
}

interface Waiting {
  readonly path: string;
  readonly resolve: (sha256: string) => void;
  readonly reject: (error: unknown) => void;
}

/** Costs nothing before it is first used: only then the thread is started. */
export function startFileHasher(): FileHasher {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 1;

  const running = (): Worker => {
    worker ??= startWorker(waiting, () => {
      // A thread that died is replaced at the next call; whoever waited for it has been told.
      worker = null;
    });
    return worker;
  };
  const ask = (request: HashRequest): void => running().postMessage(request);

  return {
    hash: (path, octets) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        waiting.set(id, { path, resolve, reject });
        running().ref();
        ask({ id, path, octets });
      }),
    readAhead: (path, octets) => ask({ id: null, path, octets }),
    close: async () => {
      await worker?.terminate();
    },
  };
}

function startWorker(waiting: Map<number, Waiting>, died: () => void): Worker {
  const worker = new Worker(new URL('./file-hash-worker.ts', import.meta.url));
  worker.on('message', ({ id, sha256, systemCode }: HashReply) => {
    const request = waiting.get(id);
    waiting.delete(id);
    if (sha256 !== undefined) request?.resolve(sha256);
    else request?.reject(diskProblem(Object.assign(new Error('file not read'), { code: systemCode }), request.path));
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', error => {
    died();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  worker.unref();
  return worker;
}
