import type { UploadRow } from '../archive/catalogue/upload-ledger.ts';

/** UIDs rise, so the lowest mark sees everything that any of the messages can have become. */
export function lowestMark(rows: readonly UploadRow[]): string | null {
  const marks = rows.map(({ mark }) => (mark === null ? 0n : BigInt(mark)));
  const lowest = marks.reduce((a, b) => (b < a ? b : a));
  return lowest === 0n ? null : String(lowest);
}
