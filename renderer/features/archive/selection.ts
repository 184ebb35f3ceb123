import type { MessageRow } from '../../../shared/model/message-list.ts';

/** A message's name within its archive. */
export type MessageName = Pick<MessageRow, 'folder' | 'number'>;

/** What is chosen in a list: some by name, or all of it, however long it is. */
export type MessageSelection =
  { readonly kind: 'some'; readonly names: ReadonlyMap<string, MessageName> } | { readonly kind: 'all' };

export const nothingSelected: MessageSelection = { kind: 'some', names: new Map() };

export function nameKey({ folder, number }: MessageName): string {
  return `${folder}:${number}`;
}

export function isSelected(selection: MessageSelection, name: MessageName): boolean {
  return selection.kind === 'all' || selection.names.has(nameKey(name));
}

export function isEmpty(selection: MessageSelection): boolean {
  return selection.kind === 'some' && selection.names.size === 0;
}

/** Of a list that is chosen whole nothing can be taken out: it may hold more names than can be said. */
export function toggledMessage(selection: MessageSelection, { folder, number }: MessageName): MessageSelection {
  const names = new Map(selection.kind === 'all' ? [] : selection.names);
  const key = nameKey({ folder, number });
  if (!names.delete(key)) names.set(key, { folder, number });
  return { kind: 'some', names };
}

export function withMessages(selection: MessageSelection, added: readonly MessageName[]): MessageSelection {
  if (selection.kind === 'all') return selection;
  const names = new Map(selection.names);
  for (const { folder, number } of added) names.set(nameKey({ folder, number }), { folder, number });
  return { kind: 'some', names };
}
