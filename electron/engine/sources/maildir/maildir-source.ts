import { TravasoError } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import { splitFlags } from '../../../../shared/model/message.ts';
import { headOf } from '../files/file-tree.ts';
import type { FileTree, TreeFile } from '../files/file-tree.ts';
import { indexedSource } from '../files/indexed-source.ts';
import type { FolderIndex, IndexedFolder } from '../files/indexed-source.ts';
import { nameFolders } from '../files/name-folders.ts';
import { headerLimit, parseRawHeader } from '../files/raw-header.ts';
import { thunderbirdNotes } from '../files/program-notes.ts';
import { readTagNames } from '../files/thunderbird-tags.ts';
import type { TagNames } from '../files/thunderbird-tags.ts';
import { filesMark, isoFromDate, messageFileDate, messageFileOctets } from '../files/read-message-file.ts';
import type { InventoryEntry, MailSource } from '../mail-source.ts';
import { readThunderbirdNames } from '../mbox/thunderbird-names.ts';
import { findMaildirs } from './find-maildirs.ts';
import type { MaildirFolder } from './find-maildirs.ts';
import { flagsOfLetters, parseMaildirName } from './maildir-name.ts';
import { parseCourierKeywords, parseDovecotKeywords } from './maildir-keywords.ts';

interface MaildirMessage extends InventoryEntry {
  readonly file: TreeFile;
}

const keywordsLimit = 16 * 1024 * 1024;
/** Its own fields are the first of the header. */
const notesOctets = 4096;
const daySeconds = 86_400;

/**
 * A Maildir or a tree of them. The key of a message is the part of its file name that never changes, so that flags may,
 * and its size.
 * Throws `INPUT_FILE_WRONG_KIND` from `listFolders` when there is no `cur` anywhere.
 */
export function maildirSource(tree: FileTree, account: string): MailSource {
  return indexedSource<MaildirMessage>({
    account,
    index: signal => indexTree(tree, signal),
    // eslint-disable-next-line @typescript-eslint/require-await -- each file is opened when its body is asked for
    read: async function* (folder, messages, signal) {
      for (const { key, file } of messages) {
        signal.throwIfAborted();
        yield { key, body: messageFileOctets(file, { start: 0, end: file.size }, displayPath(folder.path), signal) };
      }
    },
    close: () => tree.close(),
  });
}

async function indexTree(tree: FileTree, signal: AbortSignal): Promise<FolderIndex<MaildirMessage>> {
  const listing = await tree.list(signal);
  const isThunderbird = listing.files.some(({ path }) => /(?:\.msf|^prefs\.js)$/i.test(path.at(-1) ?? ''));
  const maildirs = findMaildirs(listing, isThunderbird ? await readThunderbirdNames(listing, signal) : null);
  if (maildirs.length === 0) throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: tree.name, expected: 'maildir' });
  const notesOf = isThunderbird ? thunderbirdReader(await readTagNames(listing)) : null;
  const named = nameFolders(maildirs.map(({ segments }) => segments));
  const timesLost = areTimesLost(maildirs.flatMap(({ messages }) => messages));
  const folders = maildirs.flatMap((maildir, index): IndexedFolder<MaildirMessage>[] => {
    const folder = named[index];
    if (folder === undefined) return [];
    const files = [maildir.dovecotKeywords, maildir.courierKeywords].filter(file => file !== null);
    return [
      {
        ...folder,
        changeMark: filesMark([...maildir.messages, ...files]),
        count: maildir.messages.length,
        octets: maildir.messages.reduce((sum, { size }) => sum + size, 0),
        load: inner => loadFolder(maildir, timesLost, notesOf, inner),
      },
    ];
  });
  return { folders, problems: listing.problems };
}

/**
 * Servers keep INTERNALDATE as the file's time, and never later than the saving that the name tells. A copy that did not
 * keep times shows in every single file; then the messages themselves are asked.
 */
function areTimesLost(files: readonly TreeFile[]): boolean {
  let told = 0;
  for (const { path, modified } of files) {
    const { savedAt } = parseMaildirName(path.at(-1) ?? '');
    if (savedAt === null || modified === null) continue;
    if (modified.getTime() / 1000 <= savedAt + daySeconds) return false;
    told += 1;
  }
  return told > 0;
}

async function loadFolder(
  maildir: MaildirFolder,
  timesLost: boolean,
  notesOf: NotesReader | null,
  signal: AbortSignal,
): Promise<readonly MaildirMessage[]> {
  const letters = parseDovecotKeywords(await textOf(maildir.dovecotKeywords));
  const courier = parseCourierKeywords(await textOf(maildir.courierKeywords));
  const keys = new Set<string>();
  const messages: MaildirMessage[] = [];
  for (const file of maildir.messages) {
    signal.throwIfAborted();
    const { unique, letters: info } = parseMaildirName(file.path.at(-1) ?? '');
    const notes = notesOf === null ? [] : await notesOf(file);
    const flags = [...flagsOfLetters(info, letters), ...(courier.get(unique) ?? []), ...notes];
    // A file that a broken copy cut short must not keep the whole one, copied again, from being fetched.
    const key = freeKey(`${unique} ${file.size}`, keys);
    keys.add(key);
    const internalDate = timesLost ? await dateInside(file) : isoFromDate(file.modified);
    messages.push({ key, announcedSize: file.size, internalDate, ...splitFlags(flags), file });
  }
  return messages;
}

type NotesReader = (file: TreeFile) => Promise<readonly string[]>;

/** Thunderbird notes flags and tags within its Maildir files, as it does in an mbox, and not in their names. */
function thunderbirdReader(tagNames: TagNames): NotesReader {
  return async file => {
    const { flags, keywords } = thunderbirdNotes(parseRawHeader(await headOf(file, notesOctets)));
    return [...flags, ...tagNames(keywords)];
  };
}

async function textOf(file: TreeFile | null): Promise<string> {
  return file === null ? '' : (await headOf(file, keywordsLimit)).toString('utf8');
}

/** A copy gone wrong can leave a message in both `new` and `cur`; both are kept. */
function freeKey(unique: string, taken: ReadonlySet<string>): string {
  let key = unique;
  for (let copy = 2; taken.has(key); copy += 1) key = `${unique}.${copy}`;
  return key;
}

async function dateInside(file: TreeFile): Promise<string | null> {
  return messageFileDate(parseRawHeader(await headOf(file, headerLimit / 4)), file.modified);
}
