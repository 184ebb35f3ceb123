import { createHash } from 'node:crypto';
import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import { OctetScanner } from '../message/octet-scanner.ts';
import type { FaultPort } from '../ports.ts';
import type { Synthesis } from '../sources/mail-source.ts';
import { AppendFile } from './append-file.ts';
import { findFile, putFile } from './catalogue/file-table.ts';
import { putFolder } from './catalogue/folder-table.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import {
  forgetKeys,
  insertMessages,
  noteSynthesised,
  setAbsent,
  setKey,
  updateAttributes,
} from './catalogue/message-table.ts';
import type { ArchivedMessage } from './catalogue/message-table.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { resolveIn, sidecarPath } from './layout.ts';
import type { MessageStore } from './message-store.ts';
import { sidecarLine } from './sidecar.ts';
import type { MessageRecord, SidecarRecord } from './sidecar.ts';

export interface NewMessage extends MessageAttributes {
  readonly key: string;
  readonly announcedSize: number | null;
  /** Asked once the octets were taken: what they were put together from, null when they are the source's own. */
  readonly synthesis?: (() => Synthesis | null) | undefined;
}

type PendingMessage = Omit<ArchivedMessage, 'fileId'> & { readonly file: string; readonly synthesised: boolean };

/** What became of a message that was handed to `store`. */
export type StoreOutcome =
  | { readonly kind: 'stored'; readonly number: number; readonly size: number }
  /** Its octets are in the archive already; nothing was added. */
  | { readonly kind: 'known'; readonly number: number; readonly size: number };

export interface FolderCheckpoint {
  /** What is permanent now, by path in the archive. */
  readonly files: readonly { readonly path: string; readonly octets: number }[];
  /** Makes it known; to be run inside the catalogue's transaction. */
  readonly commit: (catalogue: Catalogue) => void;
}

/**
 * Writes one folder of the archive. Nothing that is done here counts until a checkpoint: `sync` makes the octets and
 * the sidecar lines permanent, then `commit` (inside the catalogue's transaction) makes them known.
 */
export class FolderWriter {
  private state: ArchivedFolder;
  private readonly octets: MessageStore;
  private readonly sidecar: AppendFile;
  private nextNumber: number;
  private pending: ((catalogue: Catalogue) => void)[] = [];
  private pendingMessages: PendingMessage[] = [];
  private octetsSinceCheckpoint = 0;

  private constructor(options: {
    folder: ArchivedFolder;
    store: MessageStore;
    sidecar: AppendFile;
    nextNumber: number;
  }) {
    this.state = options.folder;
    this.octets = options.store;
    this.sidecar = options.sidecar;
    this.nextNumber = options.nextNumber;
  }

  static async open(
    options: { root: string; folder: ArchivedFolder; store: MessageStore; nextNumber: number },
    faults: FaultPort,
  ): Promise<FolderWriter> {
    const path = resolveIn(options.root, sidecarPath(options.folder.stem));
    const sidecar = await AppendFile.open(path, options.folder.sidecarOctets, faults);
    return new FolderWriter({ ...options, sidecar });
  }

  get folder(): ArchivedFolder {
    return this.state;
  }

  /** Octets of mail not yet covered by a checkpoint. */
  get uncommittedOctets(): number {
    return this.octetsSinceCheckpoint;
  }

  get uncommittedChanges(): number {
    return this.pendingMessages.length + this.pending.length;
  }

  /**
   * Takes a message in. When the body breaks off, what was written of it is taken back and the error passed on.
   *
   * @param known tells, by hash, the number of a message that this one turns out to be, or null
   */
  async store(
    message: NewMessage,
    body: AsyncIterable<Buffer>,
    known: (sha256: string) => number | null = () => null,
  ): Promise<StoreOutcome> {
    const hash = createHash('sha256');
    const scanner = new OctetScanner();
    const number = this.nextNumber;
    await this.octets.begin(number, message.internalDate, message.announcedSize);
    try {
      for await (const piece of body) {
        hash.update(piece);
        scanner.push(piece);
        const wait = this.octets.write(piece);
        if (wait !== undefined) await wait;
      }
    } catch (error) {
      await this.octets.discard();
      throw error;
    }
    const sha256 = hash.digest('hex');
    const size = scanner.octets;
    const same = known(sha256);
    if (same !== null) {
      await this.octets.discard();
      return { kind: 'known', number: same, size };
    }
    const place = await this.octets.finish();
    this.nextNumber += 1;
    this.octetsSinceCheckpoint += place.storedOctets;
    const { key, internalDate, flags, keywords } = message;
    const traits = scanner.traits();
    const synthesis = message.synthesis?.() ?? null;
    this.log({
      record: 'message',
      number,
      key,
      size,
      sha256,
      internalDate,
      flags: [...flags],
      keywords: [...keywords],
      ...place,
      ...traits,
      ...(synthesis === null ? {} : { synthesis: jsonOf(synthesis) }),
    });
    const { file, offset, storedOctets } = place;
    const row = { folderId: this.state.id, number, key, size, sha256, internalDate, flags, keywords };
    this.pendingMessages.push({
      ...row,
      ...{ file, offset, storedOctets, traits, absentSince: null, synthesised: synthesis !== null },
    });
    return { kind: 'stored', number, size };
  }

  noteAttributes(number: number, attributes: Pick<MessageAttributes, 'flags' | 'keywords'>): void {
    this.log({ record: 'attributes', number, flags: [...attributes.flags], keywords: [...attributes.keywords] });
    this.pending.push(({ db }) => updateAttributes(db, this.state.id, number, attributes));
  }

  /** @param since when it was first missed, or null when it is there again */
  noteAbsent(number: number, since: string | null): void {
    this.log({ record: 'absent', number, since });
    this.pending.push(({ db }) => setAbsent(db, this.state.id, number, since));
  }

  noteKey(number: number, key: string): void {
    this.log({ record: 'key', number, key });
    this.pending.push(({ db }) => setKey(db, this.state.id, number, key));
  }

  /** The source has (re)numbered the folder: keys seen before are void. */
  noteGeneration(generation: string): void {
    this.log({ record: 'generation', generation });
    this.state = { ...this.state, generation, changeMark: null };
    this.pending.push(({ db }) => forgetKeys(db, this.state.id));
  }

  /** What the source says of the folder itself. */
  noteFolder(folder: {
    role: FolderRole | null;
    sourceName: string;
    separator: string | null;
    subscribed: boolean;
    selectable: boolean;
    path: FolderPath;
    mailFormat: 'mbox' | 'eml';
  }): void {
    const { mailFormat, ...rest } = folder;
    this.log({
      record: 'folder',
      version: 1,
      folder: this.state.id,
      account: this.state.account,
      mailFormat,
      ...rest,
      path: [...rest.path],
    });
    this.state = { ...this.state, ...rest };
    this.pending.push(() => undefined);
  }

  /** Everything up to this mark is in the archive; the next run may skip the folder while the source still says it. */
  noteComplete(changeMark: string | null): void {
    if (this.state.changeMark === changeMark) return;
    this.state = { ...this.state, changeMark };
    this.pending.push(() => undefined);
  }

  /** First half of a checkpoint. Returns the second half. */
  async sync(): Promise<FolderCheckpoint> {
    const { pending, pendingMessages } = this;
    this.pending = [];
    this.pendingMessages = [];
    this.octetsSinceCheckpoint = 0;
    const lengths = this.octets.lengths();
    const sidecarOctets = this.sidecar.length;
    const folder = { ...this.state, sidecarOctets };
    await Promise.all([this.octets.sync(), this.sidecar.sync()]);
    this.state = { ...this.state, sidecarOctets };
    const files = [{ path: sidecarPath(folder.stem), octets: sidecarOctets }, ...lengths];
    const commit = (catalogue: Catalogue): void => {
      const { db } = catalogue;
      putFolder(db, folder);
      for (const { path, octets } of files) putFile(db, path, octets);
      // In the order they were noted: keys are voided before new ones are given.
      for (const change of pending) change(catalogue);
      const fileIds = new Map(lengths.map(({ path }) => [path, findFile(db, path)?.id ?? null]));
      insertMessages(
        db,
        pendingMessages.map(({ file, ...message }) => ({ ...message, fileId: fileIds.get(file) ?? null })),
      );
      for (const { number, synthesised } of pendingMessages) if (synthesised) noteSynthesised(db, folder.id, number);
    };
    return { files, commit };
  }

  async close(): Promise<void> {
    await Promise.all([this.octets.close(), this.sidecar.close()]);
  }

  private log(record: SidecarRecord): void {
    this.sidecar.push(sidecarLine(record));
  }
}

/** Lists of a record are not to be changed; JSON knows no such thing. */
function jsonOf(synthesis: Synthesis): NonNullable<MessageRecord['synthesis']> {
  return Object.fromEntries(
    Object.entries(synthesis).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? [...value] : value,
    ]),
  );
}
