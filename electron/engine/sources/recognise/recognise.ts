import { join } from 'node:path';
import type { FileAddress } from '../../../../shared/account-address.ts';
import { canonicalAddress } from '../../../../shared/account-address.ts';
import { groupMessageFiles } from '../eml/group-message-files.ts';
import { openDiskTree } from '../files/disk-tree.ts';
import { headOf } from '../files/file-tree.ts';
import type { FileTree, TreeFile, TreeListing } from '../files/file-tree.ts';
import { fileReason } from '../files/file-problem.ts';
import { beginsLikeZip } from '../files/open-file-tree.ts';
import { parseRawHeader } from '../files/raw-header.ts';
import { findMaildirs } from '../maildir/find-maildirs.ts';
import { beginsLikeMbox } from '../mbox/find-mailboxes.ts';
import { beginsLikeTar } from '../zimbra-tgz/tar-stream.ts';

export type MailFileKind =
  'travaso-archive' | 'pst' | 'mbox' | 'thunderbird-profile' | 'apple-mbox' | 'eml' | 'maildir' | 'zimbra-tgz' | 'zip';

/** A kind of mail that was found in what the person chose. */
export interface RecognisedMail {
  readonly kind: MailFileKind;
  /** For `openFileSource`; null for what is no source of mail by itself: an archive, a ZIP. */
  readonly address: string | null;
  /** Files that make it what it is, and what they weigh in octets. */
  readonly files: number;
  readonly octets: number;
}

/** [MS-PST] 2.2.2.6: dwMagic. */
const pstMagic = Buffer.from('!BDN');
const headOctets = 4096;

/**
 * Says what a file or folder is by what is in it, whatever it is called: the first octets of each file are read, nothing
 * is taken. The kind with the most files comes first; empty when there is no mail.
 *
 * Throws an `INPUT_FILE_…` code when the path cannot be read at all.
 */
export async function recognise(path: string, signal: AbortSignal): Promise<readonly RecognisedMail[]> {
  const tree = await openDiskTree(path);
  try {
    const listing = await tree.list(signal);
    if (listing.files.some(({ path: below }) => below.join('/') === 'travaso.json')) {
      return [recognised('travaso-archive', null, listing.files)];
    }
    return tree.isFile ? await recogniseFile(path, listing) : await recogniseFolder(path, tree, listing, signal);
  } finally {
    await tree.close();
  }
}

async function recogniseFile(path: string, { files }: TreeListing): Promise<readonly RecognisedMail[]> {
  const [file] = files;
  if (file === undefined) return [];
  const head = await headOf(file, headOctets);
  const kind = kindOfHead(head);
  return kind === null ? [] : [recognised(kind, kind === 'zip' ? null : addressOf(schemeOf(kind), path), files)];
}

async function recogniseFolder(
  path: string,
  tree: FileTree,
  listing: TreeListing,
  signal: AbortSignal,
): Promise<readonly RecognisedMail[]> {
  const maildirs = findMaildirs(listing);
  const inMaildirs = new Set(maildirs.flatMap(({ messages }) => messages));
  const rest = listing.files.filter(file => !inMaildirs.has(file));
  const grouped = await groupMessageFiles({ ...listing, files: rest }, tree.name, signal);
  const messages = grouped.folders.flatMap(({ files }) => files);
  const taken = new Set(messages);

  const mboxes: TreeFile[] = [];
  const exports: TreeFile[] = [];
  const others: RecognisedMail[] = [];
  for (const file of rest) {
    signal.throwIfAborted();
    if (taken.has(file) || file.size === 0) continue;
    const kind = await kindOfFile(file);
    const own = join(path, ...file.path);
    if (kind === 'mbox') mboxes.push(file);
    else if (kind === 'zimbra-tgz') exports.push(file);
    else if (kind === 'pst') others.push(recognised('pst', addressOf('pst', own), [file]));
    else if (kind === 'zip') others.push(recognised('zip', null, [file]));
  }
  const isExport = rest.some(({ path: below }) => /\.eml\.meta$/i.test(below.at(-1) ?? ''));
  const found = [
    recognised('maildir', addressOf('maildir', path), [...inMaildirs]),
    recognised(mboxKind(listing, mboxes), addressOf('mbox', path), mboxes),
    recognised(isExport ? 'zimbra-tgz' : 'eml', addressOf(isExport ? 'tgz' : 'eml', path), messages),
    recognised('zimbra-tgz', addressOf('tgz', path), exports),
    ...others,
  ];
  const isMaildir = maildirs.length > 0;
  return found
    .filter(({ kind, files }) => files > 0 || (kind === 'maildir' && isMaildir))
    .sort((a, b) => b.files - a.files);
}

async function kindOfFile(file: TreeFile): Promise<ReturnType<typeof kindOfHead>> {
  try {
    return kindOfHead(await headOf(file, headOctets));
  } catch (error) {
    // One file that cannot be read does not keep the others from being recognised.
    if (fileReason(error) === null) throw error;
    return null;
  }
}

function kindOfHead(head: Buffer): Exclude<MailFileKind, 'travaso-archive'> | null {
  if (head.subarray(0, pstMagic.length).equals(pstMagic)) return 'pst';
  if (beginsLikeZip(head)) return 'zip';
  if (beginsLikeTar(head) !== null) return 'zimbra-tgz';
  if (beginsLikeMbox(head)) return 'mbox';
  const { fields } = parseRawHeader(head);
  const isMail = fields[0]?.start === 0 && fields.some(({ name }) => mailFields.has(name));
  return isMail ? 'eml' : null;
}

/** One of them is in every message; other files that begin with `name: value` have none. */
const mailFields: ReadonlySet<string> = new Set([
  'from',
  'date',
  'message-id',
  'received',
  'return-path',
  'mime-version',
]);

function mboxKind({ files }: TreeListing, mboxes: readonly TreeFile[]): MailFileKind {
  if (files.some(({ path }) => path.at(-1) === 'prefs.js')) return 'thunderbird-profile';
  const isPackage = ({ path }: TreeFile) => path.at(-1) === 'mbox';
  return mboxes.length > 0 && mboxes.every(isPackage) ? 'apple-mbox' : 'mbox';
}

function schemeOf(kind: Exclude<MailFileKind, 'zip' | 'travaso-archive'>): FileAddress['kind'] {
  switch (kind) {
    case 'thunderbird-profile':
    case 'apple-mbox':
      return 'mbox';
    case 'zimbra-tgz':
      return 'tgz';
    default:
      return kind;
  }
}

function addressOf(kind: FileAddress['kind'], path: string): string {
  return canonicalAddress({ kind, path });
}

function recognised(kind: MailFileKind, address: string | null, files: readonly TreeFile[]): RecognisedMail {
  return { kind, address, files: files.length, octets: files.reduce((sum, { size }) => sum + size, 0) };
}
