import type { DuplicateReason } from '../../../shared/model/upload-plan.ts';
import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';

/** One of several archived messages that say the same. */
export interface DuplicateCopy {
  readonly folderId: number;
  readonly number: number;
  /** The mailbox or file it came from. */
  readonly account: string;
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  readonly done: boolean;
  /** Its octets were put together from parts. */
  readonly synthesised: boolean;
  readonly fromFile: boolean;
}

export interface DuplicatePair<Copy extends DuplicateCopy = DuplicateCopy> {
  readonly leftOut: Copy;
  readonly by: Copy;
  readonly why: DuplicateReason;
}

/**
 * Which of these copies need not be sent. Each is represented by one of another account, and each represents at most
 * one of each other account: who kept a message twice in one mailbox wanted it twice, and gets it twice.
 */
export function pairDuplicates<Copy extends DuplicateCopy>(copies: readonly Copy[]): DuplicatePair<Copy>[] {
  const pairs: DuplicatePair<Copy>[] = [];
  const kept: { readonly copy: Copy; readonly metAccounts: Set<string> }[] = [];
  for (const copy of [...copies].sort(byPreference)) {
    const free = kept.filter(
      ({ copy: { account }, metAccounts }) => account !== copy.account && !metAccounts.has(copy.account),
    );
    const by = free.find(each => isSamePlace(each.copy, copy)) ?? free[0];
    by?.metAccounts.add(copy.account);
    if (by !== undefined && !copy.done) pairs.push({ leftOut: copy, by: by.copy, why: reasonFor(copy, by.copy) });
    else kept.push({ copy, metAccounts: new Set(by === undefined ? [] : [by.copy.account]) });
  }
  return pairs;
}

function byPreference(one: DuplicateCopy, other: DuplicateCopy): number {
  return (
    Number(other.done) - Number(one.done) ||
    Number(one.synthesised) - Number(other.synthesised) ||
    Number(one.fromFile) - Number(other.fromFile) ||
    one.folderId - other.folderId ||
    one.number - other.number
  );
}

function isSamePlace(one: DuplicateCopy, other: DuplicateCopy): boolean {
  return (one.role !== null && one.role === other.role) || one.path.at(-1) === other.path.at(-1);
}

function reasonFor(copy: DuplicateCopy, by: DuplicateCopy): DuplicateReason {
  if (by.done) return 'there';
  if (copy.synthesised && !by.synthesised) return 'original';
  return copy.fromFile && !by.fromFile ? 'mailbox' : 'first';
}
