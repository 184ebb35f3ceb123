import type { Input, Output } from '../../../../shared/contract.ts';
import type { ContactRow, TaskRow } from '../../../../shared/model/item-view.ts';
import { fold, isUnspaced, sortKey } from '../../search/fold.ts';
import type { Shelf, ShelvedItem } from './item-shelf.ts';

interface Sorted {
  readonly key: string;
  readonly items: readonly ShelvedItem[];
}

/** Keeps the last order and the last search: whoever scrolls asks for the next page of the same. */
export class ItemLists {
  private contactOrder: Sorted = { key: '', items: [] };
  private taskOrder: Sorted = { key: '', items: [] };

  contacts(
    shelf: Shelf,
    { folder, query = '', offset = 0, limit = 100 }: Omit<Input<'items.contacts'>, 'archive'>,
  ): Output<'items.contacts'> {
    const key = JSON.stringify([shelf.state, folder, query]);
    if (this.contactOrder.key !== key) {
      const wanted = inFolder(shelf, folder).filter(matcher(query));
      this.contactOrder = { key, items: sortedBy(wanted, item => sortKey(nameOf(item))) };
    }
    const { items } = this.contactOrder;
    return { total: items.length, reading: shelf.reading, rows: items.slice(offset, offset + limit).map(contactRow) };
  }

  tasks(
    shelf: Shelf,
    { folder, offset = 0, limit = 100 }: Omit<Input<'items.tasks'>, 'archive'>,
  ): Output<'items.tasks'> {
    const key = JSON.stringify([shelf.state, folder]);
    if (this.taskOrder.key !== key) {
      this.taskOrder = { key, items: sortedBy(inFolder(shelf, folder), taskKey) };
    }
    const { items } = this.taskOrder;
    return { total: items.length, reading: shelf.reading, rows: items.slice(offset, offset + limit).map(taskRow) };
  }
}

function inFolder({ items }: Shelf, folder: number | null): readonly ShelvedItem[] {
  return folder === null ? items : items.filter(item => item.folder === folder);
}

function sortedBy(items: readonly ShelvedItem[], keyOf: (item: ShelvedItem) => string): readonly ShelvedItem[] {
  const keyed = items.map(item => [keyOf(item), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** Each word of the query begins a word of the contact; where words are not told apart, it is anywhere. */
function matcher(query: string): (item: ShelvedItem) => boolean {
  const words = fold(query).match(/[\p{L}\p{N}@._+-]+/gu) ?? [];
  if (words.length === 0) return () => true;
  return item => {
    const text = ` ${fold(item.digest?.kind === 'contact' ? `${item.digest.words} ${item.name}` : item.name)}`;
    return words.every(word => (isUnspaced(word) ? text.includes(word) : beginsWord(text, word)));
  };
}

function beginsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at > 0 && !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  }
  return false;
}

function nameOf({ name, digest }: ShelvedItem): string {
  return digest?.kind === 'contact' && digest.name !== '' ? digest.name : name;
}

function contactRow(item: ShelvedItem): ContactRow {
  const { folder, number, absent, digest } = item;
  const said = digest?.kind === 'contact' ? digest : null;
  return {
    ...{ folder, number, absent, name: nameOf(item) },
    reach: said?.reach ?? '',
    organisation: said?.organisation ?? '',
    members: said?.members ?? null,
    unreadable: digest?.kind === 'unreadable',
  };
}

/** What is to be done first, by when, what has no time behind; what is done last, by when it was to be. */
function taskKey({ name, digest }: ShelvedItem): string {
  if (digest?.kind !== 'task') return `2 ${sortKey(name)}`;
  return `${digest.completed ? '3' : digest.due === null ? '1' : '0'} ${digest.due ?? ''} ${sortKey(digest.title)}`;
}

function taskRow({ folder, number, name, absent, digest }: ShelvedItem): TaskRow {
  const said = digest?.kind === 'task' ? digest : null;
  return {
    ...{ folder, number, absent, title: said === null || said.title === '' ? name : said.title },
    due: said?.due ?? null,
    completed: said?.completed ?? false,
    percent: said?.percent ?? null,
    unreadable: digest?.kind === 'unreadable',
  };
}
