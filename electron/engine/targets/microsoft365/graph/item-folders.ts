import * as z from 'zod';
import { TravasoError } from '../../../../../shared/errors.ts';
import type { FolderPath } from '../../../../../shared/model/folder.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import type { TargetItemFolder } from '../../item-target.ts';
import type { GraphClient } from './graph-client.ts';
import { asProblem } from './graph-collection.ts';
import { GraphRefusal } from './graph-problem.ts';

/** Stands for the folder of contacts that everybody has: Graph does not list it among the others. */
export const defaultContacts = 'contacts';

const contactFolder = z.object({ id: z.string(), displayName: z.string().catch('') });
const calendar = z.object({
  id: z.string(),
  name: z.string().catch(''),
  isDefaultCalendar: z.boolean().nullish(),
  canEdit: z.boolean().nullish(),
});
const taskList = z.object({
  id: z.string(),
  displayName: z.string().catch(''),
  wellknownListName: z.string().nullish(),
  isOwner: z.boolean().nullish(),
});

export type GraphKind = 'contact' | 'event' | 'task';

const places: Readonly<Record<GraphKind, string>> = {
  contact: '/me/contactFolders',
  event: '/me/calendars',
  task: '/me/todo/lists',
};

/** Folders we may write to: not the calendars of birthdays and holidays, nor the list of flagged mail. */
export async function listItemFolders(
  client: GraphClient,
  kinds: ReadonlySet<ItemKind>,
  signal: AbortSignal,
): Promise<readonly TargetItemFolder[]> {
  const folders: TargetItemFolder[] = [];
  for (const kind of ['contact', 'event', 'task'] as const) {
    if (!kinds.has(kind)) continue;
    if (kind === 'contact') folders.push(await usualContacts(client, signal));
    try {
      for await (const page of client.pages({ method: 'GET', path: `${places[kind]}?$top=100` }, signal))
        folders.push(...page.flatMap(each => folderOf(kind, each) ?? []));
    } catch (error) {
      throw asProblem(error, places[kind]);
    }
  }
  return folders;
}

/** Named in the language of the mailbox. */
async function usualContacts(client: GraphClient, signal: AbortSignal): Promise<TargetItemFolder> {
  const usual = { kind: 'contact', key: defaultContacts, isDefault: true } as const;
  try {
    const answer = await client.send({ method: 'GET', path: `${places.contact}/${defaultContacts}` }, signal);
    return { ...usual, name: contactFolder.parse(answer).displayName };
  } catch (error) {
    if (error instanceof GraphRefusal) return { ...usual, name: 'Contacts' };
    throw error;
  }
}

function folderOf(kind: GraphKind, answer: unknown): TargetItemFolder | null {
  switch (kind) {
    case 'contact': {
      const { id, displayName } = contactFolder.parse(answer);
      return { kind, key: id, name: displayName, isDefault: false };
    }
    case 'event': {
      const { id, name, isDefaultCalendar, canEdit } = calendar.parse(answer);
      return canEdit === false ? null : { kind, key: id, name, isDefault: isDefaultCalendar === true };
    }
    case 'task': {
      const { id, displayName, wellknownListName, isOwner } = taskList.parse(answer);
      if (wellknownListName === 'flaggedEmails' || isOwner === false) return null;
      return { kind, key: id, name: displayName, isDefault: wellknownListName === 'defaultList' };
    }
  }
}

/** To Do makes a second list of the same name without a word, and an answer may have been lost: looked for first. */
export async function createItemFolder(
  client: GraphClient,
  kind: GraphKind,
  name: string,
  signal: AbortSignal,
): Promise<TargetItemFolder> {
  const there = async (): Promise<TargetItemFolder | undefined> =>
    (await listItemFolders(client, new Set([kind]), signal)).find(each => nameKey(each.name) === nameKey(name));
  const before = await there();
  if (before !== undefined) return before;
  try {
    const json = kind === 'event' ? { name } : { displayName: name };
    const made = folderOf(kind, await client.send({ method: 'POST', path: places[kind], json }, signal));
    if (made !== null) return made;
  } catch (error) {
    const after = error instanceof GraphRefusal && error.status === 409 ? await there() : undefined;
    if (after !== undefined) return after;
    if (!(error instanceof GraphRefusal)) throw error;
    throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: error.reason }, { cause: error });
  }
  throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: 'not-ours' });
}

/** Throws `TARGET_FOLDER_VANISHED`. */
export async function assertThere(client: GraphClient, folder: TargetItemFolder, signal: AbortSignal): Promise<void> {
  if (folder.key === defaultContacts || !isGraphKind(folder.kind)) return;
  try {
    await client.send({ method: 'GET', path: `${places[folder.kind]}/${encodeURIComponent(folder.key)}` }, signal);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: folder.name }, { cause: error });
  }
}

export function isGraphKind(kind: ItemKind): kind is GraphKind {
  return kind === 'contact' || kind === 'event' || kind === 'task';
}

const longestName = 200;

/** Calendars and lists of tasks lie side by side in Outlook: a folder within a folder keeps the names of both. */
export function itemFolderName(path: FolderPath): string {
  const name = path
    .join(' - ')
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return name === '' ? 'Travaso' : name.slice(0, longestName).toWellFormed().trim();
}

export function nameKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
