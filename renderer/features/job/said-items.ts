import { itemKinds } from '../../../shared/model/item.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { Words } from '../../words/words.ts';

/** What there is beside mail, as "312 contatti", kind by kind in their usual order; kinds with none are left out. */
export function saidItems(countOf: (kind: ItemKind) => number, words: Words): readonly string[] {
  return itemKinds.flatMap(kind => {
    const count = countOf(kind);
    return count === 0 ? [] : [words.file.items[kind](count)];
  });
}
