import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** Hashes files on a thread of its own, so that sealing and verifying leave the engine free to answer. */
export interface HashRequest {
  /** Null: nobody waits for an answer yet, the file is only read ahead. */
  readonly id: number | null;
  readonly path: string;
  /** How many octets of the file, from its beginning; Infinity for all of them. */
  readonly octets: number;
}

/** A file read ahead: the hash of its first `octets`. */
interface Progress {
  readonly hash: Hash;
  readonly octets: number;
}
const ahead = new Map<string, Progress>();

/** One buffer for everything: a stream would leave a new one behind for every piece, for the collector to find late. */
const buffer = Buffer.allocUnsafeSlow(256 * 1024);

parentPort?.on('message', ({ id, path, octets }: HashRequest) => {
  try {
    const progress = readOn(path, octets);
    if (id === null) {
      ahead.set(path, progress);
      return;
    }
    ahead.delete(path);
    parentPort?.postMessage({ id, sha256: progress.hash.digest('hex') });
  } catch (error) {
    ahead.delete(path);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    if (id !== null) parentPort?.postMessage({ id, systemCode: code });
  }
});

function readOn(path: string, octets: number): Progress {
  const before = ahead.get(path);
  const { hash, octets: start } =
    before !== undefined && before.octets <= octets ? before : { hash: createHash('sha256'), octets: 0 };
  let position = start;
  const file = openSync(path, 'r');
  try {
    while (position < octets) {
      const read = readSync(file, buffer, 0, Math.min(buffer.length, octets - position), position);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
      position += read;
    }
  } finally {
    closeSync(file);
  }
  return { hash, octets: position };
}
