import { basename, join } from 'node:path';
import type { FileAddress } from '../../../../shared/account-address.ts';
import { canonicalAddress } from '../../../../shared/account-address.ts';
import { problemOf, TravasoError } from '../../../../shared/errors.ts';
import type { ErrorCode } from '../../../../shared/errors.ts';
import type { MailFileKind, RecognisedMail } from '../../../../shared/model/recognised-mail.ts';
import { groupMessageFiles } from '../eml/group-message-files.ts';
import { openDiskTree } from '../files/disk-tree.ts';
import { asFileError } from '../files/file-problem.ts';
import { headOf } from '../files/file-tree.ts';
import type { FileTree, TreeFile, TreeListing } from '../files/file-tree.ts';
import { openFileTree } from '../files/open-file-tree.ts';
import { unknownHeadings } from '../item-files/csv/index-table.ts';
import { unknownTable } from '../item-files/kind-of-text.ts';
import { findMaildirs } from '../maildir/find-maildirs.ts';
import { isMsgFile } from '../msg/read-msg.ts';
import { openZip } from '../zip/open-zip.ts';
import { headOctets, kindOfHead } from './kind-of-head.ts';
import type { HeadKind } from './kind-of-head.ts';
import { itemFacts, maildirProgram, mboxFacts, messageFacts } from './programs.ts';
import type { HeadedFile } from './programs.ts';

/** ZIPs in a folder that are looked into; a profile of Thunderbird alone holds dozens that are no mail. */
const zipsLookedInto = 50;

const schemes = {
  pst: 'pst',
  mbox: 'mbox',
  eml: 'eml',
  'zimbra-tgz': 'tgz',
  items: 'items',
} as const satisfies Partial<Record<MailFileKind, FileAddress['kind']>>;

/**
 * Says what a file or folder is by what is in it, whatever it is called: the first octets of each file are read, nothing
 * is taken. The kind with the most files comes first; empty when there is no mail.
 *
 * Throws an `INPUT_FILE_…` code when the path cannot be read at all, and the signal's reason when it is given up.
 */
export async function recognise(path: string, signal: AbortSignal): Promise<readonly RecognisedMail[]> {
  const tree = await openDiskTree(path);
  try {
    const listing = await tree.list(signal);
    const [file] = listing.files;
    if (tree.isFile) return file === undefined ? [] : await recogniseFile(path, file, signal);
    if (listing.files.some(({ path: below }) => below.join('/') === 'travaso.json')) {
      return [{ ...found('travaso-archive', path, listing.files), program: 'travaso' }];
    }
    return await recogniseTree({ path, zipped: false }, tree, listing, signal);
  } finally {
    await tree.close();
  }
}

async function recogniseFile(path: string, file: TreeFile, signal: AbortSignal): Promise<readonly RecognisedMail[]> {
  const name = basename(path);
  if (file.size === 0) throw new TravasoError('INPUT_FILE_EMPTY', { file: name });
  const head = await readHead(file).catch((error: unknown) => {
    throw asFileError(error, name);
  });
  if (head === null) return await unknownList(path, file);
  if (head.kind === 'zip') return await recogniseZip(path, signal);
  return [{ ...found(head.kind, path, [file]), ...head, address: addressOf(schemes[head.kind], path) }];
}

/** What a ZIP holds, read where it lies: nothing of it is unpacked. */
async function recogniseZip(path: string, signal: AbortSignal): Promise<readonly RecognisedMail[]> {
  const tree = await openFileTree(path, openZip, signal);
  try {
    return await recogniseTree({ path, zipped: true }, tree, await tree.list(signal), signal);
  } finally {
    await tree.close();
  }
}

interface Chosen {
  readonly path: string;
  /** The tree is the inside of a ZIP at this path. */
  readonly zipped: boolean;
}

async function recogniseTree(
  { path, zipped }: Chosen,
  tree: FileTree,
  listing: TreeListing,
  signal: AbortSignal,
): Promise<readonly RecognisedMail[]> {
  const maildirs = findMaildirs(listing);
  const inMaildirs = new Set(maildirs.flatMap(({ messages }) => messages));
  const rest = listing.files.filter(file => !inMaildirs.has(file));
  const grouped = await groupMessageFiles({ ...listing, files: rest }, tree.name, signal);
  const messages = grouped.folders.flatMap(({ files }) => files);
  const isExport = rest.some(file => /\.eml\.meta$/i.test(file.path.at(-1) ?? ''));
  const taken = new Set(messages);

  const headed: HeadedFile[] = [];
  let refusal: TravasoError | null = null as TravasoError | null;
  for (const file of rest) {
    signal.throwIfAborted();
    if (taken.has(file) || file.size === 0) continue;
    const head = await readHead(file).catch((error: unknown) => {
      // One file that cannot be read does not keep the others from being recognised.
      const refused = asFileError(error, file.path.join('/'));
      if (!(refused instanceof TravasoError)) throw error;
      refusal ??= refused;
      return null;
    });
    if (head !== null) headed.push({ file, head });
  }
  const of = (kind: HeadKind['kind']): readonly HeadedFile[] => headed.filter(({ head }) => head.kind === kind);
  const mboxes = of('mbox');
  const exports = of('zimbra-tgz');
  // An export that was unpacked has contacts and calendars of its own.
  const items = isExport ? [] : of('items');
  const whole: readonly RecognisedMail[] = [
    {
      ...found('maildir', path, [...inMaildirs]),
      address: addressOf('maildir', path),
      program: maildirProgram(listing),
    },
    { ...found('mbox', path, filesOf(mboxes)), address: addressOf('mbox', path), ...mboxFacts(listing, mboxes) },
    {
      ...found('eml', path, messages),
      address: addressOf(isExport ? 'tgz' : 'eml', path),
      ...messageFacts(messages, isExport),
    },
    { ...found('zimbra-tgz', path, filesOf(exports)), address: addressOf('tgz', path), program: 'zimbra' },
    { ...found('items', path, filesOf(items)), address: addressOf('items', path), ...itemFacts(items) },
  ];
  const single: RecognisedMail[] = [];
  for (const { file, head } of [...of('pst'), ...of('zip').slice(0, zipsLookedInto)]) {
    signal.throwIfAborted();
    const own = join(path, ...file.path);
    if (zipped) single.push(withProblem(own, file, head, 'INPUT_NEEDS_UNPACKING'));
    else if (head.kind === 'pst')
      single.push({ ...found('pst', own, [file]), ...head, address: addressOf('pst', own) });
    else single.push(...(await zipWithin(own, file, head, signal)));
  }
  const all = [
    ...whole
      .filter(({ kind, files }) => files > 0 || (kind === 'maildir' && maildirs.length > 0))
      .map(mail => ({ ...mail, zipped })),
    ...single,
  ];
  // The one file that matters may be the one that is open in Outlook: better its own sentence than "no mail here".
  if (all.length === 0 && refusal !== null) throw refusal;
  if (all.length === 0) {
    for (const file of rest) all.push(...(await unknownList(join(path, ...file.path), file)));
  }
  return all.sort((a, b) => b.files - a.files);
}

/** A list whose headings say nothing to us: named with them, instead of "no mail here". */
async function unknownList(path: string, file: TreeFile): Promise<readonly RecognisedMail[]> {
  if (!/\.(?:csv|tsv)$/i.test(path) || file.size === 0) return [];
  const headings = unknownTable(await headOf(file, headOctets));
  if (headings === null) return [];
  const { problem } = unknownHeadings(basename(path), headings);
  return [
    { ...found('items', path, [file]), variant: 'csv', problem: { ...problem, details: { ...problem.details } } },
  ];
}

/** One that cannot be opened is named among what was found, and does not keep the others from being recognised. */
async function zipWithin(
  path: string,
  file: TreeFile,
  head: HeadKind,
  signal: AbortSignal,
): Promise<readonly RecognisedMail[]> {
  try {
    return await recogniseZip(path, signal);
  } catch (error) {
    signal.throwIfAborted();
    const { code } = problemOf(error);
    if (code !== 'INPUT_FILE_ENCRYPTED') return [];
    return [withProblem(path, file, head, code)];
  }
}

function withProblem(path: string, file: TreeFile, head: HeadKind, code: ErrorCode): RecognisedMail {
  const mail = found(head.kind, path, [file]);
  return { ...mail, ...head, problem: { code, details: { file: mail.name } } };
}

async function readHead(file: TreeFile): Promise<HeadKind | null> {
  const kind = kindOfHead(await headOf(file, headOctets));
  if (kind !== null || !(await isMsgFile(file))) return kind;
  return { kind: 'eml', program: 'outlook', variant: 'msg' };
}

function filesOf(headed: readonly HeadedFile[]): readonly TreeFile[] {
  return headed.map(({ file }) => file);
}

function addressOf(kind: FileAddress['kind'], path: string): string {
  return canonicalAddress({ kind, path });
}

function found(kind: MailFileKind, path: string, files: readonly TreeFile[]): RecognisedMail {
  return {
    kind,
    address: null,
    program: null,
    variant: null,
    name: basename(path),
    zipped: false,
    files: files.length,
    octets: files.reduce((sum, { size }) => sum + size, 0),
    problem: null,
  };
}
