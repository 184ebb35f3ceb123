import { createHash } from 'node:crypto';
import { TravasoError } from '../../../shared/errors.ts';
import type { Selection } from '../../../shared/contract/schemas.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ChosenMessages } from '../archive/catalogue/carried-messages.ts';
import type { RestoreRecord } from '../archive/catalogue/job-journal.ts';

type NumbersByFolder = ReadonlyMap<number, ReadonlySet<number>>;

/** A selection whose search was done: what goes back, and to where. */
export interface Restore {
  readonly chosen: ChosenMessages;
  /** The folder of the target below which everything goes; empty: to where each folder belongs. */
  readonly under: FolderPath;
  readonly record: RestoreRecord;
}

/**
 * @param folders patterns that belong to the same request
 * @param find the messages a query means, by folder
 * @throws RESTORE_PLACE_INVALID, and whatever `find` does
 */
export async function resolveSelection(
  selection: Selection,
  folders: readonly string[],
  find: (query: string) => Promise<NumbersByFolder>,
): Promise<Restore | null> {
  if (selection === null) return null;
  const { messages, query } = selection;
  const under = selection.under === null ? [] : placeOf(selection.under);
  const pointedAt = messages === null ? null : byFolder(messages);
  const found = query === null ? null : await find(query);
  const numbers = pointedAt === null || found === null ? (pointedAt ?? found) : bothOf(pointedAt, found);
  return {
    chosen: { numbers, exact: pointedAt !== null },
    under,
    record: {
      under: [...under],
      query,
      messages: messages?.length ?? null,
      key: keyOf([under, query, folders, pointedAt === null ? null : sorted(pointedAt)]),
    },
  };
}

/**
 * The name of the ledger. The same message may be in its old folder and, restored, below another: two places with an
 * outcome each. So what goes below a named folder has a ledger of its own, beside that of the account, and in each a
 * message still has at most one row.
 */
export function ledgerAccount(account: string, restore: Pick<Restore, 'under'> | null): string {
  const under = restore?.under ?? [];
  return under.length === 0 ? account : `${account}#under=${under.map(encodeURIComponent).join('/')}`;
}

/** One spelling for one place, or the same restore would be told from itself. */
function placeOf(under: string): FolderPath {
  const path = under
    .split('/')
    .map(segment => segment.normalize('NFC').trim())
    .filter(segment => segment !== '');
  if (path.length === 0 || path.some(segment => segment === '.' || segment === '..'))
    throw new TravasoError('RESTORE_PLACE_INVALID', { name: under });
  return path;
}

function byFolder(messages: readonly { readonly folder: number; readonly number: number }[]): NumbersByFolder {
  const numbers = new Map<number, Set<number>>();
  for (const { folder, number } of messages) numbers.set(folder, (numbers.get(folder) ?? new Set()).add(number));
  return numbers;
}

function bothOf(one: NumbersByFolder, other: NumbersByFolder): NumbersByFolder {
  return new Map(
    [...one].map(([folder, numbers]) => [
      folder,
      new Set([...numbers].filter(number => other.get(folder)?.has(number))),
    ]),
  );
}

function sorted(numbers: NumbersByFolder): (readonly [number, number[]])[] {
  return [...numbers]
    .map(([folder, each]) => [folder, [...each].sort((a, b) => a - b)] as const)
    .sort(([a], [b]) => a - b);
}

function keyOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}
