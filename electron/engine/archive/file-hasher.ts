import { Worker } from 'node:worker_threads';
import { diskProblem } from './disk-problem.ts';

/** SHA-256 of files, lower-case hexadecimal, computed on another thread. */
export interface FileHasher {
  /** The first `octets` octets of the file (it may be longer), or all of it for Infinity. Throws disk errors as their code. */
  hash(path: string, octets: number): Promise<string>;
  close(): Promise<void>;
}

interface HashReply {
  readonly id: number;
  readonly sha256?: string;
  readonly systemCode?: string;
}

export function startFileHasher(): FileHasher {
  const worker = new Worker(new URL('./file-hash-worker.ts', import.meta.url));
  const waiting = new Map<
    number,
    { path: string; resolve: (sha256: string) => void; reject: (error: unknown) => void }
  >();
  let nextId = 1;
  worker.on('message', ({ id, sha256, systemCode }: HashReply) => {
    const request = waiting.get(id);
    waiting.delete(id);
    if (sha256 !== undefined) request?.resolve(sha256);
    else request?.reject(diskProblem(Object.assign(new Error('file not read'), { code: systemCode }), request.path));
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', error => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  worker.unref();
  return {
    hash: (path, octets) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        waiting.set(id, { path, resolve, reject });
        worker.ref();
        worker.postMessage({ id, path, octets });
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
