import type { Words } from '../../words/words.ts';

/** What a person calls a field of an item (`engine/items/item-fields.ts`); its own name where there is no word for it. */
export function fieldName(field: string, { items }: Words): string {
  const known: readonly (readonly [string, string])[] = [
    ...Object.entries(items.fields),
    ...Object.entries(items.card.fields),
  ];
  return known.find(([name]) => name === field)?.[1] ?? field;
}
