import { itemKinds } from '../../../shared/model/item.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';

/** The kinds that the source has, always in the same order. */
export function kindsOf(items: Survey['items']): Survey['items'] {
  return itemKinds.flatMap(kind => items.filter(each => each.kind === kind && each.items !== 0));
}
