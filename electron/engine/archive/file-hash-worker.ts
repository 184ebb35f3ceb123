import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';

/** Hashes whole files on a thread of its own, so that sealing and verifying leave the engine free to answer. */
interface HashRequest {
  readonly id: number;
  readonly path: string;
  /** How many octets of the file, from its beginning; Infinity for all of them. */
  readonly octets: number;
}

parentPort?.on('message', ({ id, path, octets }: HashRequest) => {
  const hash = createHash('sha256');
  const reading =
    octets === 0
      ? Promise.resolve()
      : pipeline(
          createReadStream(path, { ...(octets === Infinity ? {} : { end: octets - 1 }), highWaterMark: 1024 * 1024 }),
          hash,
          { end: false },
        );
  reading.then(
    () => parentPort?.postMessage({ id, sha256: hash.digest('hex') }),
    (error: unknown) => {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
      parentPort?.postMessage({ id, systemCode: code });
    },
  );
});
