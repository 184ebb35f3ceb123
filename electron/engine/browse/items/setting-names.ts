import * as z from 'zod';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { allItemFolders, itemsAfter } from '../../archive/catalogue/item-table.ts';
import { itemOctets } from './stored-item.ts';

/** Names are for one screen; nobody has more. */
const most = 1000;
const rulesSchema = z.object({ rules: z.array(z.object({ name: z.string() })) });

export interface SettingNames {
  readonly rules: string[];
  readonly signatures: string[];
}

/** What the rules and signatures of an archive are called, to be read before they are added anywhere (FORMAT.md). */
export async function settingNames(files: ArchiveFiles): Promise<SettingNames> {
  const { db } = files.catalogue;
  const names: SettingNames = { rules: [], signatures: [] };
  for (const { id, kind } of allItemFolders(db)) {
    if (kind !== 'rule' && kind !== 'signature') continue;
    const items = itemsAfter(db, id, 0, most).filter(item => !item.superseded && item.absentSince === null);
    for (const item of items) {
      if (kind === 'signature') names.signatures.push(item.name);
      else if (item.key.endsWith('.json'))
        names.rules.push(...rulesIn(await itemOctets(files, item).catch(() => null)));
    }
  }
  // A signature is there as a page and as text.
  return { rules: names.rules.slice(0, most), signatures: [...new Set(names.signatures)] };
}

function rulesIn(octets: Buffer | null): readonly string[] {
  if (octets === null) return [];
  try {
    return rulesSchema.parse(JSON.parse(octets.toString('utf8'))).rules.map(({ name }) => name.slice(0, 500));
  } catch {
    return [];
  }
}
