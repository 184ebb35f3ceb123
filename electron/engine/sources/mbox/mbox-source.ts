import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import { MboxrdUnquoter } from '../../archive/mboxrd.ts';
import { fileProblem } from '../files/file-problem.ts';
import { fileMark } from '../files/file-tree.ts';
import type { FileTree } from '../files/file-tree.ts';
import { indexedSource } from '../files/indexed-source.ts';
import type { FolderIndex, IndexedFolder } from '../files/indexed-source.ts';
import { nameFolders } from '../files/name-folders.ts';
import type { NamedFolder } from '../files/name-folders.ts';
import { readTagNames } from '../files/thunderbird-tags.ts';
import { ReadAhead } from '../files/read-ahead.ts';
import type { FetchedMessage, MailSource } from '../mail-source.ts';
import { findMailboxes } from './find-mailboxes.ts';
import type { MailboxFile } from './find-mailboxes.ts';
import type { ScannedMessage } from './message-scan.ts';
import { scanMbox } from './scan-mbox.ts';
import type { MboxScan } from './scan-mbox.ts';
import { assumeVariant, nameSome, variantRemarks } from './variant.ts';

interface MboxFolder extends IndexedFolder<ScannedMessage> {
  readonly mailbox: MailboxFile;
}

/**
 * One mbox, or all of a tree: a Thunderbird profile, Apple Mail packages, a folder of mbox files.
 *
 * A message's octets are those of the file between two separators, less the blank line before the next one: with the
 * line ends they have there, with what mail programs noted in the header (`X-Mozilla-Status`, `Status`), and with
 * quoted `>From ` lines as they stand (see `MboxVariant`). Two passes over each file: one to find the messages, one to
 * read them. Throws `INPUT_FILE_WRONG_KIND` from `listFolders` when there is no mbox at all.
 */
export function mboxSource(tree: FileTree, account: string): MailSource {
  return indexedSource<ScannedMessage>({
    account,
    index: signal => indexTree(tree, signal),
    read: (folder, messages, signal) => readMessages(folder as MboxFolder, messages, signal),
    close: () => tree.close(),
  });
}

async function indexTree(tree: FileTree, signal: AbortSignal): Promise<FolderIndex<ScannedMessage>> {
  const listing = await tree.list(signal);
  const found = await findMailboxes(listing, signal);
  if (found.mailboxes.length === 0)
    throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: tree.name, expected: 'mbox' });
  const named = nameFolders(found.mailboxes.map(({ segments }) => segments));
  const tagNames = await readTagNames(listing);
  const folders: MboxFolder[] = [];
  const scanned: { mailbox: MailboxFile; folder: NamedFolder; scan: MboxScan }[] = [];
  const problems = [...listing.problems, ...found.problems];
  for (const [index, mailbox] of found.mailboxes.entries()) {
    const folder = named[index];
    if (folder === undefined) continue;
    try {
      const scan = await scanFile(mailbox, signal);
      scanned.push({ mailbox, folder, scan });
      const { messages } = scan;
      folders.push({
        ...folder,
        changeMark: fileMark(mailbox.file),
        count: messages.length,
        octets: mailbox.ours ? null : messages.reduce((sum, { octets }) => sum + octets, 0),
        load: () => Promise.resolve(messages.map(each => ({ ...each, keywords: tagNames(each.keywords) }))),
        mailbox,
      });
    } catch (error) {
      signal.throwIfAborted();
      problems.push(fileProblem('FILE_UNREADABLE', nameOf(mailbox), error));
    }
  }
  if (found.leftovers.length > 0) {
    const file = nameSome(found.leftovers.map(({ path }) => path.join('/')));
    problems.push({ code: 'ITEMS_LEFT_OUT', details: { file, items: found.leftovers.length, kind: 'nstmp' } });
  }
  return { folders, problems: [...problems, ...remarksOn(scanned)] };
}

async function scanFile({ file, ours }: MailboxFile, signal: AbortSignal): Promise<MboxScan> {
  const opened = await file.open();
  try {
    return await scanMbox(opened, { size: file.size, everyFrom: ours, signal });
  } finally {
    await opened.close();
  }
}

function remarksOn(
  scanned: readonly { readonly mailbox: MailboxFile; readonly folder: NamedFolder; readonly scan: MboxScan }[],
): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { mailbox, folder, scan } of scanned) {
    const details = { file: nameOf(mailbox), folder: displayPath(folder.path) };
    if (scan.partial > 0) {
      problems.push({ code: 'MESSAGE_INCOMPLETE', details: { ...details, messages: scan.partial } });
    }
    if (scan.damage !== null) {
      problems.push({ code: 'SOURCE_FILE_DAMAGED', details: { ...details, reason: scan.damage } });
    }
  }
  const purged = scanned.filter(({ scan }) => scan.expunged > 0);
  if (purged.length > 0) {
    const messages = purged.reduce((sum, { scan }) => sum + scan.expunged, 0);
    const file = nameSome(purged.map(({ mailbox }) => nameOf(mailbox)));
    problems.push({ code: 'DELETED_LEFT_OUT', details: { file, messages } });
  }
  const assumed = scanned.map(({ mailbox, scan }) => ({
    ...assumeVariant(scan, mailbox.ours),
    file: nameOf(mailbox),
    quotedLines: scan.evidence.quotedLines,
  }));
  return [...problems, ...variantRemarks(assumed)];
}

function nameOf({ file }: MailboxFile): string {
  return file.path.join('/');
}

async function* readMessages(
  { mailbox, path }: MboxFolder,
  messages: readonly ScannedMessage[],
  signal: AbortSignal,
): AsyncGenerator<FetchedMessage> {
  const opened = await mailbox.file.open();
  // A mail program that writes to the file moves the messages: what is read then may be half of one, half of another.
  const changed = () => new TravasoError('FOLDER_UNREADABLE', { folder: displayPath(path), reason: 'file-changed' });
  const ahead = new ReadAhead(opened, changed);
  try {
    for (const { key, offset, octets } of messages) {
      signal.throwIfAborted();
      const body = ahead.octets(offset, offset + octets, signal);
      yield { key, body: mailbox.ours ? unquoted(body) : body };
    }
  } finally {
    await opened.close();
  }
}

async function* unquoted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unquoter = new MboxrdUnquoter();
  for await (const piece of body) yield* unquoter.push(piece);
  yield unquoter.end();
}
