import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import type { RawField } from './raw-header.ts';

/**
 * Keys for messages that have no number of their own: a hash of what they say. The same message keeps its key when
 * mail is added before it, when the file is compacted or moved, and when its flags change. The second and third copy in
 * the same folder are told apart by counting.
 */
export class ContentKeys {
  readonly #copies = new Map<string, number>();

  /** @param digest hexadecimal */
  next(digest: string): string {
    const copy = (this.#copies.get(digest) ?? 0) + 1;
    this.#copies.set(digest, copy);
    return copy === 1 ? digest : `${digest}.${copy}`;
  }
}

/** Begins a message's hash with its header, less the fields in which a program notes the message's state. */
export function hashHeader(header: Buffer, without: readonly RawField[]): Hash {
  const hash = createHash('sha256');
  let from = 0;
  for (const { start, end } of without) {
    hash.update(header.subarray(from, start));
    from = end;
  }
  return hash.update(header.subarray(from));
}
