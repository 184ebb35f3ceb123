import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { findMessage, isSynthesised, messagesOf } from '../archive/catalogue/message-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import { headerFields } from '../message/header-fields.ts';
import { identityValues } from '../message/identity.ts';
import { messageFingerprint, sameFingerprint } from '../message/message-fingerprint.ts';
import type { MessageFingerprint } from '../message/message-fingerprint.ts';
import { survivingIdentity } from '../message/surviving-identity.ts';
import type { TargetLimits } from '../targets/mail-target.ts';
import { foreseeRefusal } from './foresee-refusal.ts';
import { pairDuplicates } from './pair-duplicates.ts';
import type { DuplicateCopy, DuplicatePair } from './pair-duplicates.ts';
import type { PlannedFolder, PlanOptions } from './plan-upload.ts';

/** Of a mailbox that is in the archive twice, half the messages are: these many are named, the report names all. */
const mostListed = 1000;

export interface Duplicates {
  readonly plan: UploadPlan['duplicates'];
  /** How many messages of a folder are left out. */
  leftOutOf(folderId: number): number;
  has(folderId: number, number: number): boolean;
  /**
   * MESSAGE_REPRESENTED with where the other one is; null for a message that is to be sent: it has no duplicate, or
   * the one that was to stand for it did not arrive.
   */
  representation(message: ArchivedMessage, ledger: UploadLedger): Problem | null;
}

type Copy = DuplicateCopy & { readonly folder: ArchivedFolder; readonly message: ArchivedMessage };

/**
 * Finds messages that came into the archive by two ways, such as a PST and the mailbox itself, and of which one is
 * enough. Two of one way are two: they were two where they came from.
 *
 *     names of all messages (Message-ID and the instant of Date), from their headers, if there is more than one way in
 *     those whose name comes up in two accounts: same octets, or same fingerprint
 *     one stands for the other (`pairDuplicates`)
 */
export async function findDuplicates(
  folders: readonly PlannedFolder[],
  limits: TargetLimits,
  options: PlanOptions,
): Promise<Duplicates> {
  const { carried, duplicates = 'one' } = options;
  const pairs: DuplicatePair<Copy>[] = [];
  // Who points at a message wants this one.
  if (!carried.isExact && new Set(allFolders(options.archive.catalogue.db).map(({ account }) => account)).size > 1) {
    await nameMessages(folders, options);
    for (const places of namesakes(options.archive.catalogue.db)) {
      options.signal.throwIfAborted();
      const copies = copiesAt(places, folders, limits, options);
      for (const alike of await sameContents(copies, options)) pairs.push(...pairDuplicates(alike));
    }
  }
  const left = pairs.filter(({ leftOut: { folder } }) => folders.some(each => each.folder.id === folder.id));
  return await settled(left, duplicates, options);
}

/** Fills the temporary table `names`. */
async function nameMessages(
  folders: readonly PlannedFolder[],
  { archive, ledger, carried, reader, signal }: PlanOptions,
): Promise<void> {
  const { db } = archive.catalogue;
  db.exec(`
    DROP TABLE IF EXISTS temp.names;
    CREATE TEMP TABLE names (
      name      TEXT NOT NULL,
      account   TEXT NOT NULL,
      folder_id INTEGER NOT NULL,
      number    INTEGER NOT NULL,
      PRIMARY KEY (name, account, folder_id, number)
    ) STRICT, WITHOUT ROWID;
  `);
  const insert = db.prepare('INSERT INTO temp.names VALUES (?, ?, ?, ?)');
  const chosen = new Set(folders.map(({ folder }) => folder.id));
  for (const folder of allFolders(db)) {
    const isChosen = chosen.has(folder.id);
    // What a restore does not look at may have been deleted at the target since.
    if (!isChosen && carried.isRestore) continue;
    for (const message of isChosen ? carried.messagesOf(folder.id) : messagesOf(db, folder.id)) {
      signal.throwIfAborted();
      if (!isChosen && !isDone(ledger, message)) continue;
      const header = await reader.header(folder, message);
      // A message without an id has nothing that tells it from its likes.
      if ((identityValues(header).get('message-id') ?? '') === '') continue;
      insert.run(survivingIdentity(header), folder.account, folder.id, message.number);
    }
  }
}

function isDone(ledger: UploadLedger, { folderId, number }: ArchivedMessage): boolean {
  const state = ledger.find(folderId, number)?.state;
  return state === 'stored' || state === 'present';
}

type Place = z.infer<typeof placeSchema>;
const placeSchema = z.object({ name: z.string(), folder_id: z.int(), number: z.int() });

/** The messages that share a name across accounts, one name after the other. */
function* namesakes(db: Database): Generator<readonly Place[]> {
  const page = db.prepare(
    `SELECT name FROM temp.names WHERE name > ? GROUP BY name HAVING count(DISTINCT account) > 1 ORDER BY name LIMIT 500`,
  );
  const places = db.prepare('SELECT name, folder_id, number FROM temp.names WHERE name = ?');
  for (let after = ''; ;) {
    const names = z.array(z.object({ name: z.string() })).parse(page.all(after));
    for (const { name } of names) yield z.array(placeSchema).parse(places.all(name));
    const last = names.at(-1);
    if (last === undefined) return;
    after = last.name;
  }
}

function copiesAt(
  places: readonly Place[],
  folders: readonly PlannedFolder[],
  limits: TargetLimits,
  { archive, ledger }: PlanOptions,
): Copy[] {
  const { db } = archive.catalogue;
  const known = new Map(allFolders(db).map(folder => [folder.id, folder]));
  return places.flatMap(({ folder_id: folderId, number }) => {
    const folder = known.get(folderId);
    const message = findMessage(db, folderId, number);
    if (folder === undefined || message === null) return [];
    const planned = folders.find(each => each.folder.id === folderId);
    const row = ledger.find(folderId, number);
    const isHere =
      planned === undefined || (row?.targetFolder === planned.name && row.generation === planned.generation);
    const done = isDone(ledger, message) && isHere && planned?.vanished.has(number) !== true;
    // One that will be refused stands for nobody, and is named among the refusals.
    if (!done && foreseeRefusal(message, limits) !== null) return [];
    const { account, path, role } = folder;
    const copy = { folderId, number, account, path, role, done, folder, message };
    return [{ ...copy, synthesised: isSynthesised(db, folderId, number), fromFile: isOfFile(account) }];
  });
}

/** Accounts of files are named by kind and path or identity, those of servers with an authority. */
function isOfFile(account: string): boolean {
  return /^(pst|mbox|eml|maildir|tgz):/.test(account);
}

/** Groups of copies that say the same. Only here messages are read whole. */
async function sameContents(copies: readonly Copy[], { reader, signal }: PlanOptions): Promise<Copy[][]> {
  const prints = new Map<Copy, MessageFingerprint | null>();
  const printOf = async (copy: Copy): Promise<MessageFingerprint | null> => {
    const known = prints.get(copy);
    if (known !== undefined) return known;
    signal.throwIfAborted();
    const print = await messageFingerprint(reader.body(copy.folder, copy.message), copy.message.size);
    prints.set(copy, print);
    return print;
  };
  const groups: Copy[][] = [];
  for (const copy of copies) {
    let home: Copy[] | undefined = groups.find(([first]) => first?.message.sha256 === copy.message.sha256);
    for (const group of home === undefined ? groups : []) {
      const [first] = group;
      const ours = first === undefined ? null : await printOf(first);
      const theirs = ours === null ? null : await printOf(copy);
      if (ours === null || theirs === null || !sameFingerprint(ours, theirs)) continue;
      home = group;
      break;
    }
    if (home === undefined) groups.push([copy]);
    else home.push(copy);
  }
  return groups;
}

async function settled(
  pairs: readonly DuplicatePair<Copy>[],
  sent: 'one' | 'all',
  { reader }: PlanOptions,
): Promise<Duplicates> {
  const found = new Map<number, Map<number, Copy>>();
  const listed: UploadPlan['duplicates']['listed'] = [];
  for (const { leftOut, by, why } of pairs) {
    if (sent === 'one') {
      const ofFolder = found.get(leftOut.folderId) ?? new Map<number, Copy>();
      found.set(leftOut.folderId, ofFolder.set(leftOut.number, by));
    }
    if (listed.length >= mostListed) continue;
    const { subject } = await headerFields(await reader.header(leftOut.folder, leftOut.message));
    const other = { folder: [...by.path], number: by.number };
    listed.push({ folder: [...leftOut.path], number: leftOut.number, subject, by: other, why });
  }
  const octets = pairs.reduce((sum, { leftOut }) => sum + leftOut.message.size, 0);
  return {
    plan: { messages: pairs.length, octets, sent, listed },
    leftOutOf: folderId => found.get(folderId)?.size ?? 0,
    has: (folderId, number) => found.get(folderId)?.has(number) === true,
    representation: ({ folderId, number }, ledger) => {
      const by = found.get(folderId)?.get(number);
      if (by === undefined || !isDone(ledger, by.message)) return null;
      return { code: 'MESSAGE_REPRESENTED', details: { folder: displayPath(by.path), number: by.number } };
    },
  };
}
