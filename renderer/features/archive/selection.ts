import type { ItemKind } from '../../../shared/model/item.ts';
import type { MessageRow } from '../../../shared/model/message-list.ts';

/** A message's name within its archive. */
export type MessageName = Pick<MessageRow, 'folder' | 'number'>;

/**
 * What is chosen in a list: some by name, or all of it, however long it is. Messages only: what is done with them does not
 * go for contacts and the like, which a search finds too.
 */
export type MessageSelection =
  { readonly kind: 'some'; readonly names: ReadonlyMap<string, MessageName> } | { readonly kind: 'all' };

export const nothingSelected: MessageSelection = { kind: 'some', names: new Map() };

/** What a list shows, by name: a message, or something else that a search found. */
export interface ListedName extends MessageName {
  readonly item?: ItemKind | null;
}

export function isItem({ item = null }: ListedName): boolean {
  return item !== null;
}

/** Folders of items are counted apart from those of mail. */
export function nameKey({ folder, number, item = null }: ListedName): string {
  return `${item === null ? '' : 'item '}${folder}:${number}`;
}

export function isSelected(selection: MessageSelection, name: ListedName): boolean {
  if (isItem(name)) return false;
  return selection.kind === 'all' || selection.names.has(nameKey(name));
}

export function isEmpty(selection: MessageSelection): boolean {
  return selection.kind === 'some' && selection.names.size === 0;
}

/** Of a list that is chosen whole nothing can be taken out: it may hold more names than can be said. */
export function toggledMessage(selection: MessageSelection, name: ListedName): MessageSelection {
  if (isItem(name)) return selection;
  const { folder, number } = name;
  const names = new Map(selection.kind === 'all' ? [] : selection.names);
  const key = nameKey({ folder, number });
  if (!names.delete(key)) names.set(key, { folder, number });
  return { kind: 'some', names };
}

export function withMessages(selection: MessageSelection, added: readonly ListedName[]): MessageSelection {
  if (selection.kind === 'all') return selection;
  const names = new Map(selection.names);
  for (const { folder, number } of added.filter(name => !isItem(name)))
    names.set(nameKey({ folder, number }), { folder, number });
  return { kind: 'some', names };
}
