import { displayPath } from '../../../../shared/model/folder.ts';
import { noOutcomes } from '../../../../shared/model/item.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { putItemOutcomes } from '../../archive/catalogue/job-journal.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import type { PlannedItemFolder } from './plan-items.ts';

/** The figures say so, and so does one remark for each folder: none of it is lost, and none goes by itself. */
export function leaveToPerson(
  { folder, items }: PlannedItemFolder,
  code: 'ITEMS_BY_HAND' | 'SETTINGS_NOT_SET',
  { archive, context }: { readonly archive: ArchiveFiles; readonly context: JobContext },
): void {
  const { kind, path, id } = folder;
  context.countItems(kind, 'toCarry', items);
  context.countItems(kind, 'byHand', items);
  archive.catalogue.commit(() => {
    putItemOutcomes(archive.catalogue.db, context.id, id, { ...noOutcomes, toCarry: items, byHand: items });
  });
  const details = { folder: displayPath(path), kind, items };
  context.exception({ problem: { code, details }, folder: [...path], number: null, key: null });
}
