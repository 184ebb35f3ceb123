import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import type { PlannedFolder } from './plan-upload.ts';

const rowSchema = z.object({ keyword: z.string(), messages: z.int() });

/**
 * Keywords that will not arrive, by folder. A folder that is not there yet is judged by one that is: servers do not
 * tell of a folder before they have it, and hardly any keeps keywords in one folder and not in another.
 */
export function lostKeywords(db: Database, folders: readonly PlannedFolder[]): UploadPlan['lostKeywords'] {
  const anywhere = folders.find(({ acceptsKeyword }) => acceptsKeyword !== null)?.acceptsKeyword ?? null;
  const count = db.prepare(
    `SELECT each.value AS keyword, count(*) AS messages
     FROM temp.carried, json_each(iif(keywords = '', '[]', keywords)) AS each
     WHERE folder_id = ? GROUP BY each.value ORDER BY each.value`,
  );
  return folders.flatMap(({ folder, acceptsKeyword }) => {
    const accepts = acceptsKeyword ?? anywhere;
    if (accepts === null) return [];
    return z
      .array(rowSchema)
      .parse(count.all(folder.id))
      .flatMap(({ keyword, messages }) => (accepts(keyword) ? [] : [{ keyword, folder: [...folder.path], messages }]));
  });
}
