import type { Database } from 'better-sqlite3';
import type { ItemCounts } from '../../../shared/model/item.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { allItemFolders, storedItems } from '../archive/catalogue/item-table.ts';
import { itemFiguresOf } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';
import { synthesisedMessages } from '../archive/catalogue/message-table.ts';

/** What the report says beside the mail: absent where there is nothing to say. */
export function reportItems(db: Database, jobs: readonly JobRecord[]): Pick<MigrationReport, 'items' | 'synthesised'> {
  const latest = new Map<number, ItemCounts>();
  for (const job of jobs.filter(({ kind }) => kind === 'backup')) {
    for (const [folderId, counts] of itemFiguresOf(db, job.id)) latest.set(folderId, counts);
  }
  const items = allItemFolders(db).map(folder => {
    const { items: stored, octets, absent } = storedItems(db, folder.id);
    const counts = latest.get(folder.id);
    return {
      kind: folder.kind,
      path: [...folder.path],
      // What is archived and gone from the source was found by an earlier run.
      found: counts === undefined ? null : counts.found + absent,
      stored,
      setAside: counts?.setAside ?? 0,
      bytes: octets,
    };
  });
  const synthesised = synthesisedMessages(db);
  return { ...(items.length === 0 ? {} : { items }), ...(synthesised === 0 ? {} : { synthesised }) };
}
