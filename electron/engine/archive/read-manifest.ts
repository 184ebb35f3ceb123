import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { onDisk } from './disk-problem.ts';

/** The lines of a BagIt manifest (RFC 8493 section 2.1.3) as path → SHA-256. Broken lines are left out. */
export async function readManifest(path: string): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const next = await onDisk(path, () => lines.next());
    if (next.done === true) return entries;
    const match = /^([0-9a-f]{64}) [ *](.+)$/i.exec(next.value);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      entries.set(decodeManifestPath(match[2]), match[1].toLowerCase());
    }
  }
}

/** RFC 8493 section 2.1.3: a line end or a percent sign in a path is percent-encoded. */
export function encodeManifestPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function decodeManifestPath(path: string): string {
  return path.replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n').replaceAll('%25', '%');
}
