import { TravasoError, problemOf } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { displayPath } from '../../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../../shared/model/folder.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import { recordOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { ask, isRefused, notListed } from './ask.ts';

/** Items of one kind in one folder, by the list the server keeps for programs that synchronise: it leaves out none. */
export interface ListedItems {
  readonly kind: ItemKind;
  readonly path: FolderPath;
  /** As requests name it: `7`, or `ACCOUNT:7` where the folder belongs to somebody else. */
  readonly folderId: string;
  /** Plain numbers, in the server's order. */
  readonly ids: readonly string[];
}

export interface ItemInventory {
  readonly listed: readonly ListedItems[];
  readonly problems: readonly Problem[];
}

/** The element that lists ids in a SyncResponse. Wiki pages are files that an old briefcase could edit. */
const kinds: readonly (readonly [element: string, kind: ItemKind])[] = [
  ['cn', 'contact'],
  ['appt', 'event'],
  ['task', 'task'],
  ['note', 'note'],
  ['doc', 'file'],
  ['w', 'file'],
];
const rootId = '1';
const inboxId = '2';
const mailViews: ReadonlySet<string | null> = new Set([null, 'message', 'conversation', 'unknown', 'search folder']);

/**
 * Everything beside mail, wherever it lies: a deleted contact in the trash counts, and so does a document in a folder
 * made for mail. What others share is named, and taken only where the person wants it.
 */
export async function readItemInventory(
  session: SoapSession,
  isSharedFolderWanted: (path: FolderPath) => boolean,
  signal: AbortSignal,
): Promise<ItemInventory> {
  // `tr`: without following shares to other servers, where a broken one would fail the whole answer.
  const tree = await ask(session, { name: 'GetFolderRequest', body: { depth: -1, tr: '0' } }, signal);
  const own = await ask(session, { name: 'SyncRequest' }, signal);
  if (isRefused(own)) return { listed: [], problems: [notListed(own)] };
  const listed = [...below(findRoot(recordsOf(own['folder'])), [], '')];
  const problems: Problem[] = [];
  for (const share of isRefused(tree) ? [] : sharesOf(recordOf(tree['folder']), [])) {
    const taken = isSharedFolderWanted(share.path) ? await readShare(session, share, signal) : null;
    if (taken === null) problems.push(skipped(share));
    else listed.push(...taken);
  }
  return { listed: joined(listed), problems };
}

interface Share {
  readonly path: FolderPath;
  readonly owner: string | null;
  /** Account and folder there; null where the share is broken. */
  readonly remote: { readonly account: string; readonly folder: string } | null;
}

async function readShare(
  session: SoapSession,
  { path, remote }: Share,
  signal: AbortSignal,
): Promise<readonly ListedItems[] | null> {
  if (remote === null) return null;
  const { account, folder } = remote;
  const answer = await ask(session, { name: 'SyncRequest', body: { l: `${account}:${folder}` } }, signal);
  if (isRefused(answer)) return null;
  return [...itemsOf(recordOf(answer['folder']), path, `${account}:`)];
}

/** The root of what the person sees; the server may answer with the one above it, which holds its own folders too. */
function findRoot(elements: readonly JsonRecord[]): JsonRecord {
  for (const element of elements) {
    if (plainId(element) === rootId) return element;
    const within = findRoot(recordsOf(element['folder']));
    if (within['id'] !== undefined) return within;
  }
  return {};
}

function* below(parent: JsonRecord, path: FolderPath, account: string): Generator<ListedItems> {
  for (const element of recordsOf(parent['folder'])) {
    // As IMAP and so the mail in the archive name it.
    const name = account === '' && plainId(element) === inboxId ? 'INBOX' : (textOf(element['name']) ?? '');
    yield* itemsOf(element, [...path, name], account);
  }
}

function* itemsOf(element: JsonRecord, path: FolderPath, account: string): Generator<ListedItems> {
  for (const [list, kind] of kinds) {
    const ids = recordsOf(element[list]).flatMap(each =>
      (textOf(each['ids']) ?? '').split(',').filter(id => id !== ''),
    );
    if (ids.length > 0) yield { kind, path, folderId: `${account}${plainId(element)}`, ids };
  }
  yield* below(element, path, account);
}

/** A folder with documents and wiki pages has two lists of the same kind. */
function joined(listed: readonly ListedItems[]): readonly ListedItems[] {
  const byFolder = new Map<string, ListedItems>();
  for (const each of listed) {
    const key = `${each.kind} ${each.folderId}`;
    const before = byFolder.get(key);
    byFolder.set(key, before === undefined ? each : { ...before, ids: [...before.ids, ...each.ids] });
  }
  return [...byFolder.values()];
}

/** Shared address books, calendars and the like; shared mail is the business of the mail source. */
function* sharesOf(parent: JsonRecord, path: FolderPath): Generator<Share> {
  for (const element of recordsOf(parent['link'])) {
    if (mailViews.has(textOf(element['view']))) continue;
    const [account, folder] = [textOf(element['zid']), textOf(element['rid'])];
    const isBroken = ['1', 'true'].includes(textOf(element['broken']) ?? '');
    yield {
      path: [...path, textOf(element['name']) ?? ''],
      owner: textOf(element['owner']),
      remote: account === null || folder === null || isBroken ? null : { account, folder },
    };
  }
  for (const element of recordsOf(parent['folder'])) {
    yield* sharesOf(element, [...path, textOf(element['name']) ?? '']);
  }
}

function skipped({ path, owner }: Share): Problem {
  const details = { folder: displayPath(path), reason: 'other-people', ...(owner === null ? {} : { owner }) };
  return problemOf(new TravasoError('FOLDER_SKIPPED', details));
}

/** Without the account that stands before the ids of other people's folders. */
export function plainId(element: JsonRecord): string {
  return (textOf(element['id']) ?? '').replace(/^.*:/, '');
}
