import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { TargetFolder } from '../targets/mail-target.ts';

export interface StillThere {
  /** What of the restored messages the target folder has. */
  readonly done: WorkAmount;
  /** Numbers of those that the ledger has as there, and the folder has no longer. */
  readonly vanished: ReadonlySet<number>;
}

const rowSchema = z.object({ number: z.int(), size: z.int(), key: z.string().nullable() });

/**
 * Compares the ledger with the folder. An upload may trust its ledger: it is about what was sent. Who restores has
 * mostly lost what was sent and arrived: deleted in the new mailbox, it would be "there already" forever.
 */
export async function stillThere(
  db: Database,
  found: TargetFolder,
  { targetId, folderId, name }: { readonly targetId: number; readonly folderId: number; readonly name: string },
  signal: AbortSignal,
): Promise<StillThere> {
  const rows = z.array(rowSchema).parse(
    db
      .prepare(
        `SELECT number, c.size, u.key FROM temp.carried c JOIN uploads u USING (folder_id, number)
         WHERE folder_id = ? AND target_id = ? AND target_folder = ? AND generation = ?
           AND state IN ('stored', 'present') ORDER BY number`,
      )
      .all(folderId, targetId, name, found.generation),
  );
  const missed = new Set(rows.flatMap(({ key }) => key ?? []));
  if (missed.size > 0) {
    for await (const batch of found.inventory(null, signal, () => false))
      for (const { key } of batch) missed.delete(key);
  }
  const done = { messages: 0, octets: 0 };
  const vanished = new Set<number>();
  for (const { number, size, key } of rows) {
    if (key !== null && missed.has(key)) {
      vanished.add(number);
      continue;
    }
    done.messages += 1;
    done.octets += size;
  }
  return { done, vanished };
}
