import { TravasoError } from '../../../../shared/errors.ts';

/**
 * What can be wrong with a part of the file. `…-checksum` means the octets were read although their CRC disagrees,
 * so they may be altered; `reader-ended`, that the attempt took too long or too much memory; everything else means that something could not be read.
 */
const faultReasons = [
  'page-unreadable',
  'page-checksum',
  'page-type',
  'page-malformed',
  'block-missing',
  'block-unreadable',
  'block-checksum',
  'block-malformed',
  'block-encrypted',
  'data-tree-malformed',
  'subnode-missing',
  'subnodes-malformed',
  'heap-malformed',
  'property-malformed',
  'table-malformed',
  'node-missing',
  'cycle',
  'nested-too-deep',
  'too-large',
  'too-many-parts',
  'rtf-malformed',
  'recurrence-malformed',
  'reader-ended',
] as const;
export type FaultReason = (typeof faultReasons)[number];

/** One thing that could not be read, or not with certainty. Data for the report; no message content. */
export interface Damage {
  /** Node id in the file's own numbering; null when it concerns the file's index. */
  readonly nodeId: number | null;
  /** Names of the folder that holds it, outermost first; null when unknown. */
  readonly folder: readonly string[] | null;
  readonly reason: FaultReason;
}

/** Collects what went wrong while one item was read. A hostile file repeats itself, so each reason is kept once. */
export interface Faults {
  note(reason: FaultReason): void;
  readonly reasons: readonly FaultReason[];
}

export function collectFaults(): Faults {
  // Nearly every item is sound and needs no list.
  let seen: readonly FaultReason[] = [];
  return {
    note: reason => {
      if (!seen.includes(reason)) seen = [...seen, reason];
    },
    get reasons() {
      return seen;
    },
  };
}

/** Thrown when a structure cannot be read at all. Code `SOURCE_FILE_DAMAGED`, details `{ reason }`. */
export function damaged(reason: FaultReason, cause?: unknown): TravasoError {
  return new TravasoError('SOURCE_FILE_DAMAGED', { reason }, { cause });
}

/** The reason carried by `damaged()`; null for every other error, which is then no damage but a fault of disk or code. */
export function reasonOf(error: unknown): FaultReason | null {
  if (!(error instanceof TravasoError) || error.code !== 'SOURCE_FILE_DAMAGED') return null;
  return faultReasons.find(reason => reason === error.problem.details['reason']) ?? null;
}

/** Runs `read`; damage is noted and answered with `otherwise`, anything else is thrown on. */
export function tolerating<T, U>(faults: Faults, otherwise: U, read: () => T): T | U {
  try {
    return read();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    faults.note(reason);
    return otherwise;
  }
}
