import { extname } from 'node:path';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Input, Output } from '../../../../shared/contract.ts';
import { otherItemKinds } from '../../../../shared/model/item.ts';
import type { OtherItemKind } from '../../../../shared/model/item.ts';
import type { OtherItemRow } from '../../../../shared/model/item-view.ts';
import { allItemFolders } from '../../archive/catalogue/item-table.ts';
import { prepared } from '../../archive/catalogue/prepared.ts';
import { sortKey } from '../../search/fold.ts';

interface Kept {
  readonly state: string;
  readonly rows: readonly OtherItemRow[];
}

/** Another at each change: rows are only ever added, and of those that are gone the last is told by its day. */
const stateOf = 'SELECT count(*) AS items, count(absent_since) AS absent, max(absent_since) AS last FROM items';
const ofFolder = `SELECT number, name, size, file, absent_since IS NOT NULL AS absent FROM items
  WHERE folder_id = ? AND superseded = 0`;
const itemSchema = z.object({ number: z.int(), name: z.string(), size: z.int(), file: z.string(), absent: z.int() });

/** Notes, files, rules and the like: all that is told of them stands in the catalogue, and no file is read for it. */
export class OtherItems {
  /** Whoever scrolls asks for the next page of the same. */
  private kept: Kept = { state: '', rows: [] };

  list(
    db: Database,
    { kind, offset = 0, limit = 100 }: Omit<Input<'items.others'>, 'archive'>,
  ): Output<'items.others'> {
    const state = JSON.stringify([kind, prepared(db, stateOf).get()]);
    if (this.kept.state !== state) {
      const kinds = kind === null ? otherItemKinds : [kind];
      this.kept = { state, rows: kinds.flatMap(each => rowsOf(db, each)) };
    }
    const { rows } = this.kept;
    const total = rows.length;
    return { total, reading: { done: total, total }, rows: rows.slice(offset, offset + limit) };
  }
}

function rowsOf(db: Database, kind: OtherItemKind): readonly OtherItemRow[] {
  const rows = allItemFolders(db)
    .filter(folder => folder.kind === kind)
    .flatMap(({ id, path }) =>
      z
        .array(itemSchema)
        .parse(prepared(db, ofFolder).all(id))
        .map(({ absent, file, ...item }) => ({
          ...{ folder: id, kind, path: [...path], ...item },
          ending: extname(file),
          absent: absent === 1,
        })),
    );
  const keyed = rows.map(row => [sortKey(row.name), row] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
}
