import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { MessageRow } from '../../../shared/model/message-list.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import { prepared } from '../archive/catalogue/prepared.ts';
import { indexedFolderId } from '../search/index-items.ts';
import type { SearchedFolder } from './find-messages.ts';
import { isoDate } from './message-rows.ts';

const indexedSchema = z.object({
  date: z.int().nullable(),
  size: z.int(),
  attachments: z.int(),
  subject: z.string(),
  from_name: z.string(),
  from_address: z.string(),
  recipients: z.string(),
});
const cataloguedSchema = z.object({ absent_since: z.string().nullable() });

/** What was found and is no mail, in the form of a message's row: its title as the subject, who organises as the sender. */
export function itemRow(catalogue: Database, index: Database, folderId: number, number: number): MessageRow | null {
  const folder = Math.abs(folderId);
  const known = prepared(catalogue, 'SELECT absent_since FROM items WHERE folder_id = ? AND number = ?').get(
    folder,
    number,
  );
  const indexed = prepared(
    index,
    `SELECT p.date, p.size, p.attachments, h.subject, h.from_name, h.from_address, h.recipients
       FROM places p JOIN heads h ON h.id = p.id WHERE p.folder_id = ? AND p.number = ?`,
  ).get(folderId, number);
  if (known === undefined || indexed === undefined) return null;
  const { date, size, attachments, subject, recipients, ...from } = indexedSchema.parse(indexed);
  return {
    ...{ folder, number, size, attachments, subject, to: recipients },
    from: { name: from.from_name, address: from.from_address },
    date: isoDate(date),
    ...{ flags: [], keywords: [], thread: null },
    absent: cataloguedSchema.parse(known).absent_since !== null,
  };
}

/** Every folder that is searched, numbered as the index numbers them. */
export function searchedFolders(catalogue: Database): SearchedFolder[] {
  return [
    ...allFolders(catalogue).map(({ id, path, role }) => ({ id, path, role, kind: 'message' as const })),
    ...allItemFolders(catalogue).map(({ id, path, kind }) => ({ id: indexedFolderId(id), path, role: null, kind })),
  ];
}

/** Asks whether an item has a later version, of all of them as they are now. */
export function outdatedItems(catalogue: Database): (folderId: number, number: number) => boolean {
  const rows = catalogue.prepare('SELECT folder_id, number FROM items WHERE superseded = 1').raw().all() as [
    number,
    number,
  ][];
  const outdated = new Set(rows.map(([folder, number]) => `${indexedFolderId(folder)}/${number}`));
  return (folderId, number) => folderId < 0 && outdated.has(`${folderId}/${number}`);
}
