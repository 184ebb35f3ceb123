import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { displayPath } from '../../../shared/model/folder.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { noFaults } from './no-faults.ts';
import { allFolders } from './catalogue/folder-table.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { onDisk } from './disk-problem.ts';
import { startFileHasher } from './file-hasher.ts';
import type { FileHasher } from './file-hasher.ts';
import { committedItemOctets, verifyItems } from './items-verify.ts';
import type { SoundItems } from './items-verify.ts';
import { names, resolveIn, sidecarPath } from './layout.ts';
import { readManifest } from './read-manifest.ts';
import { openStored, readFrom } from './read-stored.ts';
import { readSidecar } from './sidecar.ts';
import type { MessageRecord } from './sidecar.ts';

export interface VerifiedArchive {
  /** SHA-256 of the manifest, null when the bag is not sealed. */
  readonly manifestSha256: string | null;
  readonly files: number;
  readonly messages: number;
  /** Octets of messages that were read and hashed. */
  readonly octets: number;
  /** Contacts, appointments and the like whose file was read and hashed, every version counted. */
  readonly items: number;
  /** Messages whose octets hash to what they did when they arrived, by the stem of their folder's files. */
  readonly soundMessages: ReadonlyMap<string, number>;
  /** The same of contacts, appointments and the like, the latest version of each. */
  readonly soundItems: readonly SoundItems[];
  /** Everything that is not as it was written, by name. Empty means: every octet is what it was. */
  readonly problems: readonly Problem[];
}

export interface VerifyOptions {
  readonly root: string;
  readonly signal: AbortSignal;
  /** Called now and then with what has been read so far, and the stem of the folder it is reading. */
  readonly progress: (messages: number, octets: number, stem: string) => void;
}

/**
 * Checks an archive against itself, writing nothing: first that every file of the manifest is there and no other, then
 * every octet of every file against the manifest, then every message against the hash taken when it arrived. Works from
 * the manifest and the sidecars; of the catalogue, which is only a cache, it says whether it agrees.
 */
export async function verifyArchive({ root, signal, progress }: VerifyOptions): Promise<VerifiedArchive> {
  const problems: Problem[] = [];
  const manifestPath = join(root, names.manifest);
  const manifestText = await readFile(manifestPath).catch(() => null);
  const manifest = manifestText === null ? null : await readManifest(manifestPath);
  if (manifest === null) problems.push({ code: 'ARCHIVE_NOT_SEALED', details: {} });

  const present = new Set(await filesUnder(root, 'data'));
  if (manifest !== null) {
    for (const path of present) if (!manifest.has(path)) problems.push(named('ARCHIVE_FILE_EXTRA', path));
    for (const path of manifest.keys()) if (!present.has(path)) problems.push(named('ARCHIVE_FILE_MISSING', path));
  }
  problems.push(...(await tagFileProblems(root)));

  const hasher = startFileHasher();
  try {
    const changed =
      manifest === null ? new Map<string, string>() : await changedFiles(root, manifest, present, hasher, signal);
    problems.push(...nameChanges(changed, manifest ?? new Map<string, string>()));
    const committed = manifest === null ? committedOctets(root) : new Map<string, number>();
    const messages = await checkMessages({ root, present, committed, signal, progress, problems });
    const items = await verifyItems(root, hasher, committed, signal);
    const told = new Set(problems.map(({ details }) => details['file']));
    problems.push(...items.changed.filter(file => !told.has(file)).map(file => named('ARCHIVE_FILE_CHANGED', file)));
    problems.push(...catalogueProblems(root, messages.messages, items.items));
    const manifestSha256 = manifestText === null ? null : createHash('sha256').update(manifestText).digest('hex');
    return {
      ...{ manifestSha256, files: present.size, ...messages },
      ...{ items: items.items, soundItems: items.sound, problems },
    };
  } finally {
    await hasher.close();
  }
}

function named(code: Problem['code'], file: string): Problem {
  return { code, details: { file } };
}

async function filesUnder(root: string, directory: string): Promise<string[]> {
  const entries = await onDisk(root, () =>
    readdir(resolveIn(root, directory), { withFileTypes: true }).catch(() => []),
  );
  const found: string[] = [];
  for (const entry of entries) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesUnder(root, path)));
    else found.push(path);
  }
  return found;
}

/** The small files that describe the bag, against the tag manifest (RFC 8493 section 2.2.1). */
async function tagFileProblems(root: string): Promise<Problem[]> {
  const tags = await readManifest(join(root, names.tagManifest)).catch(() => new Map<string, string>());
  const problems: Problem[] = [];
  for (const [path, sha256] of tags) {
    const content = await readFile(resolveIn(root, path)).catch(() => null);
    if (content === null) problems.push(named('ARCHIVE_FILE_MISSING', path));
    else if (createHash('sha256').update(content).digest('hex') !== sha256) {
      problems.push(named('ARCHIVE_FILE_CHANGED', path));
    }
  }
  return problems;
}

/** Payload files whose octets are not what the manifest says, with the hash they have now. */
async function changedFiles(
  root: string,
  manifest: ReadonlyMap<string, string>,
  present: ReadonlySet<string>,
  hasher: FileHasher,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const changed = new Map<string, string>();
  for (const [path, expected] of manifest) {
    signal.throwIfAborted();
    if (!present.has(path)) continue;
    const actual = await hasher.hash(resolveIn(root, path), Infinity);
    if (actual !== expected) changed.set(path, actual);
  }
  return changed;
}

/** Tells files that changed places (each holds what the other should) from files that changed. */
function nameChanges(changed: ReadonlyMap<string, string>, manifest: ReadonlyMap<string, string>): Problem[] {
  const problems: Problem[] = [];
  const paired = new Set<string>();
  for (const [path, actual] of changed) {
    if (paired.has(path)) continue;
    const expected = manifest.get(path);
    const other = [...changed].find(
      ([each, its]) => each !== path && its === expected && manifest.get(each) === actual,
    );
    if (other === undefined) {
      problems.push(named('ARCHIVE_FILE_CHANGED', path));
    } else {
      paired.add(other[0]);
      problems.push({ code: 'ARCHIVE_FILES_SWAPPED', details: { file: path, other: other[0] } });
    }
  }
  return problems;
}

interface MessageCheck {
  readonly root: string;
  readonly present: ReadonlySet<string>;
  /** Of an open bag: how much of each sidecar counts, by its path. What a crash left behind it is no damage. */
  readonly committed: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
  readonly progress: VerifyOptions['progress'];
  readonly problems: Problem[];
}

/** Every message line of every sidecar against the octets it points at. */
async function checkMessages(
  check: MessageCheck,
): Promise<Pick<VerifiedArchive, 'messages' | 'octets' | 'soundMessages'>> {
  let messages = 0;
  let octets = 0;
  const soundMessages = new Map<string, number>();
  for (const sidecar of [...check.present].filter(path => path.endsWith('.jsonl') && path.startsWith(names.mail))) {
    let folder = sidecar;
    const stem = sidecar.slice(names.mail.length + 1, -'.jsonl'.length);
    let sound = 0;
    const mail = new MailFile(check.root);
    try {
      for await (const { record, end } of readSidecar(resolveIn(check.root, sidecar))) {
        check.signal.throwIfAborted();
        if (end > (check.committed.get(sidecar) ?? Infinity)) break;
        if (record?.record === 'folder') folder = displayPath(record.path);
        if (record?.record !== 'message') continue;
        try {
          const sha256 = await hashOf(mail.body(record));
          if (sha256 === record.sha256) sound += 1;
          else check.problems.push(messageProblem(folder, record));
        } catch (error) {
          if (!(error instanceof TravasoError)) throw error;
          check.problems.push(messageProblem(folder, record));
        }
        messages += 1;
        octets += record.size;
        check.progress(messages, octets, stem);
      }
    } finally {
      await mail.close();
    }
    soundMessages.set(stem, sound);
  }
  return { messages, octets, soundMessages };
}

/** The mail file read last stays open: a folder's messages lie one behind the other. */
class MailFile {
  private readonly root: string;
  private open: { readonly file: string; readonly handle: FileHandle } | null = null;

  constructor(root: string) {
    this.root = root;
  }

  async *body(record: MessageRecord): AsyncGenerator<Buffer> {
    const path = resolveIn(this.root, record.file);
    if (this.open?.file !== record.file) {
      await this.close();
      this.open = { file: record.file, handle: await openStored(path) };
    }
    yield* readFrom(this.open.handle, path, record);
  }

  async close(): Promise<void> {
    const open = this.open;
    this.open = null;
    await open?.handle.close();
  }
}

function messageProblem(folder: string, { number, file }: MessageRecord): Problem {
  return { code: 'ARCHIVE_MESSAGE_CHANGED', details: { folder, number, file } };
}

async function hashOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/** Committed lengths of the sidecars by path; empty when the catalogue cannot tell, and then everything is checked. */
function committedOctets(root: string): Map<string, number> {
  try {
    const catalogue = openCatalogue(join(root, names.catalogue), noFaults, 'read');
    try {
      const mail = allFolders(catalogue.db).map(
        ({ stem, sidecarOctets }) => [sidecarPath(stem), sidecarOctets] as const,
      );
      return new Map([...mail, ...committedItemOctets(catalogue)]);
    } finally {
      catalogue.close();
    }
  } catch {
    return new Map();
  }
}

/** A catalogue that is missing is no problem: it is made again when needed. One that disagrees or is torn is named. */
function catalogueProblems(root: string, messages: number, items: number): Problem[] {
  const path = join(root, names.catalogue);
  try {
    const catalogue = openCatalogue(path, noFaults, 'read');
    try {
      const known = countOf(catalogue, 'messages') === messages && countOf(catalogue, 'items') === items;
      const sound = catalogue.db.pragma('quick_check', { simple: true }) === 'ok';
      return sound && known ? [] : [{ code: 'ARCHIVE_CATALOGUE_DAMAGED', details: { path: names.catalogue } }];
    } finally {
      catalogue.close();
    }
  } catch (error) {
    const missing = error instanceof TravasoError && error.code === 'DISK_NOT_WRITABLE';
    return missing ? [] : [{ code: 'ARCHIVE_CATALOGUE_DAMAGED', details: { path: names.catalogue } }];
  }
}

function countOf({ db }: Catalogue, table: 'messages' | 'items'): number {
  return Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}
