import type { Database } from 'better-sqlite3';
import type { ItemCounts, ItemOutcomeCounts } from '../../../shared/model/item.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { carriedItems, ItemLedger } from '../archive/catalogue/item-ledger.ts';
import { allItemFolders, storedItems } from '../archive/catalogue/item-table.ts';
import type { ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { itemFiguresOf, itemOutcomesOf } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';
import { synthesisedMessages } from '../archive/catalogue/message-table.ts';

export interface ReportItemsOptions {
  readonly db: Database;
  readonly jobs: readonly JobRecord[];
  /** The target the report is about; null for a report on a backup alone. */
  readonly account: string | null;
  /** The verification the report is about. */
  readonly proof: JobRecord | null;
}

type Row = NonNullable<MigrationReport['items']>[number];

/** What the report says beside the mail: absent where there is nothing to say. */
export function reportItems(options: ReportItemsOptions): Pick<MigrationReport, 'items' | 'synthesised'> {
  const { db, jobs, account, proof } = options;
  const latest = new Map<number, ItemCounts>();
  const carried = new Map<number, ItemOutcomeCounts>();
  for (const job of jobs) {
    if (job.kind === 'backup') for (const [id, counts] of itemFiguresOf(db, job.id)) latest.set(id, counts);
    if (job.kind === 'upload' && job.account === account)
      for (const [id, counts] of itemOutcomesOf(db, job.id)) carried.set(id, counts);
  }
  const proved = proof === null ? new Map<number, ItemOutcomeCounts>() : itemOutcomesOf(db, proof.id);
  const ledger = account === null ? null : new ItemLedger(db, account);
  const items = allItemFolders(db).map((folder): Row => {
    const { items: stored, octets, absent } = storedItems(db, folder.id);
    const counts = latest.get(folder.id);
    const proof = proved.get(folder.id);
    const outcome = ledger === null ? inArchive(proof) : atTarget(db, folder, ledger, carried.get(folder.id), proof);
    const { refused = 0, ...rest } = outcome ?? {};
    return {
      kind: folder.kind,
      path: [...folder.path],
      // What is archived and gone from the source was found by an earlier run.
      found: counts === undefined ? null : counts.found + absent,
      stored,
      setAside: (counts?.setAside ?? 0) + refused,
      bytes: octets,
      ...rest,
    };
  });
  const synthesised = synthesisedMessages(db);
  return { ...(items.length === 0 ? {} : { items }), ...(synthesised === 0 ? {} : { synthesised }) };
}

type Outcome = Partial<Row> & { readonly refused?: number };

/** By the check of the archive alone. Null where none came to its end. */
function inArchive(proved: ItemOutcomeCounts | undefined): Outcome | null {
  return proved === undefined ? null : { verified: proved.verified };
}

/** By the ledger as it is today, and by the counts of the proof. Null for a folder that no upload came to. */
function atTarget(
  db: Database,
  folder: ArchivedItemFolder,
  ledger: ItemLedger,
  carried: ItemOutcomeCounts | undefined,
  proved: ItemOutcomeCounts | undefined,
): Outcome | null {
  const last = proved ?? carried;
  if (last === undefined) return null;
  const counts = ledger.counts(folder);
  return {
    toCarry: carriedItems(db, folder),
    uploaded: counts.stored,
    alreadyPresent: counts.present,
    refused: counts['set-aside'],
    byHand: last.byHand,
    ...(proved === undefined ? {} : { verified: proved.verified, missing: proved.missing, differs: proved.differs }),
  };
}
