import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import type { FaultPort } from '../ports.ts';
import type { Archive } from './archive.ts';
import { breakSeal } from './bag.ts';
import { findFile } from './catalogue/file-table.ts';
import { findFolder, nextFolderId } from './catalogue/folder-table.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import { findItemFolder, nextItemFolderId, nextItemNumber } from './catalogue/item-table.ts';
import type { ArchivedItemFolder } from './catalogue/item-table.ts';
import { nextMessageNumber } from './catalogue/message-table.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { EmlStore } from './eml-store.ts';
import { FolderWriter } from './folder-writer.ts';
import type { FolderCheckpoint } from './folder-writer.ts';
import { ItemFolderWriter } from './items-folder-writer.ts';
import { folderStem, mboxPath, resolveIn, rollOverOctets } from './layout.ts';
import { MboxStore } from './mbox-store.ts';

/** A checkpoint is due after this much. Few enough fsyncs for a slow disk, little enough to fetch again after a crash. */
const checkpointOctets = 32 * 1024 * 1024;
const checkpointChanges = 1000;
/** Folders kept open between two checkpoints; each holds two file handles. */
const openFolders = 100;

export interface FolderDescription {
  readonly account: string;
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  readonly sourceName: string;
  readonly separator: string | null;
  readonly subscribed: boolean;
  readonly selectable: boolean;
}

/**
 * Writes to an archive, many folders under one checkpoint. The durable order is always: octets and sidecar lines →
 * fsync → catalogue commit. One checkpoint may be under way while the next group is being written: it vouches only for
 * what was complete when it began.
 */
export class ArchiveWriter {
  private readonly archive: Archive;
  private readonly faults: FaultPort;
  private readonly rollOver: number;
  private readonly folders = new Map<number, FolderWriter>();
  private readonly itemFolders = new Map<number, ItemFolderWriter>();
  private underWay: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;
  private nextFolder: number;
  private nextItemFolder: number;
  private sealBroken = false;

  /** @param rollOver octets at which an mbox file is closed; smaller in tests */
  constructor(archive: Archive, faults: FaultPort, rollOver: number = rollOverOctets) {
    this.archive = archive;
    this.faults = faults;
    this.rollOver = rollOver;
    this.nextFolder = nextFolderId(archive.catalogue.db);
    this.nextItemFolder = nextItemFolderId(archive.catalogue.db);
  }

  /** Whether anything was opened for writing, and the bag's seal, if there was one, therefore broken. */
  get changed(): boolean {
    return this.sealBroken;
  }

  /** The folder as the archive knows it, brought up to date with what the source says of it; a new one is made. */
  async describe(description: FolderDescription): Promise<ArchivedFolder> {
    const { db } = this.archive.catalogue;
    const known = findFolder(db, description.account, description.path);
    if (known !== null && isDescribed(known, description)) return known;
    const writer = await this.open(known ?? this.newFolder(description));
    writer.noteFolder({ ...description, mailFormat: this.archive.description.mailFormat });
    return writer.folder;
  }

  /** Opens a described folder for writing; it stays open until the next full checkpoint. */
  async open(folder: ArchivedFolder): Promise<FolderWriter> {
    const opened = this.folders.get(folder.id);
    if (opened !== undefined) return opened;
    if (this.openCount >= openFolders) await this.checkpoint();
    await this.breakSealOnce();
    const { root, catalogue } = this.archive;
    const current = findFolder(catalogue.db, folder.account, folder.path) ?? folder;
    const writer = await FolderWriter.open(
      { root, folder: current, store: this.storeFor(current), nextNumber: nextMessageNumber(catalogue.db, folder.id) },
      this.faults,
    );
    this.folders.set(folder.id, writer);
    return writer;
  }

  /** The folder of items as the archive knows it; a new one gets its number here and is made when it is opened. */
  describeItems(folder: Pick<ArchivedItemFolder, 'account' | 'kind' | 'path'>): ArchivedItemFolder {
    const known = findItemFolder(this.archive.catalogue.db, folder.account, folder.kind, folder.path);
    if (known !== null) return known;
    const id = this.nextItemFolder;
    this.nextItemFolder += 1;
    return { ...folder, id, stem: folderStem(folder.path.at(-1) ?? '', id), changeMark: null, sidecarOctets: 0 };
  }

  /** Opens a folder of items for writing; it stays open until the next full checkpoint. */
  async openItems(folder: ArchivedItemFolder): Promise<ItemFolderWriter> {
    const opened = this.itemFolders.get(folder.id);
    if (opened !== undefined) return opened;
    if (this.openCount >= openFolders) await this.checkpoint();
    await this.breakSealOnce();
    const { root, catalogue } = this.archive;
    const current = findItemFolder(catalogue.db, folder.account, folder.kind, folder.path) ?? folder;
    const writer = await ItemFolderWriter.open(
      { root, folder: current, nextNumber: nextItemNumber(catalogue.db, folder.id) },
      this.faults,
    );
    this.itemFolders.set(folder.id, writer);
    return writer;
  }

  /** Begins a checkpoint when one is due. Waits only for the one before. */
  async checkpointIfDue(): Promise<void> {
    this.throwIfFailed();
    let octets = 0;
    let changes = 0;
    for (const writer of this.writers()) {
      octets += writer.uncommittedOctets;
      changes += writer.uncommittedChanges;
    }
    if (octets < checkpointOctets && changes < checkpointChanges) return;
    await this.underWay;
    this.throwIfFailed();
    this.begin(() => undefined);
  }

  /**
   * Makes everything written so far permanent and known, and closes the folders.
   *
   * @param also further changes to the catalogue that must become true at the same instant (figures of a job)
   */
  async checkpoint(also: (catalogue: Catalogue) => void = () => undefined): Promise<void> {
    await this.underWay;
    // A group that failed is lost to this writer: committing a later one would vouch for its octets without its rows.
    this.throwIfFailed();
    this.begin(also);
    await this.underWay;
    this.throwIfFailed();
    const closing = this.writers();
    this.folders.clear();
    this.itemFolders.clear();
    for (const writer of closing) await writer.close();
  }

  /** Lets go of the files without a checkpoint: what it would have covered does not count. */
  async abandon(): Promise<void> {
    await this.underWay;
    for (const writer of this.writers()) await writer.close().catch(() => undefined);
    this.folders.clear();
    this.itemFolders.clear();
  }

  private get openCount(): number {
    return this.folders.size + this.itemFolders.size;
  }

  private writers(): readonly (FolderWriter | ItemFolderWriter)[] {
    return [...this.folders.values(), ...this.itemFolders.values()];
  }

  private begin(also: (catalogue: Catalogue) => void): void {
    const changed = this.writers().filter(writer => writer.uncommittedChanges > 0);
    const syncing = changed.map(writer => writer.sync());
    this.underWay = this.commit(syncing, also).catch((error: unknown) => {
      this.failure = { error };
    });
  }

  private async commit(
    syncing: readonly Promise<FolderCheckpoint>[],
    also: (catalogue: Catalogue) => void,
  ): Promise<void> {
    const checkpoints = await Promise.all(syncing);
    const { catalogue, fileHasher, root } = this.archive;
    catalogue.commit(() => {
      for (const { commit } of checkpoints) commit(catalogue);
      also(catalogue);
    });
    // Nothing before a committed length is ever written again, so the seal's hash can begin here.
    for (const { path, octets } of checkpoints.flatMap(({ files }) => files)) {
      fileHasher.readAhead(resolveIn(root, path), octets);
    }
  }

  /**
   * Before the first octet: what a crash leaves behind must be an archive in the making, not a sealed one that fails
   * its own check, and recovery may take whole messages in without looking for a seal they would make a lie of.
   */
  private async breakSealOnce(): Promise<void> {
    if (this.sealBroken) return;
    await breakSeal(this.archive.root, this.faults);
    this.sealBroken = true;
  }

  private throwIfFailed(): void {
    if (this.failure !== null) throw this.failure.error;
  }

  private newFolder(description: FolderDescription): ArchivedFolder {
    const id = this.nextFolder;
    this.nextFolder += 1;
    const stem = folderStem(description.path.at(-1) ?? '', id);
    return { id, ...description, stem, generation: null, changeMark: null, sidecarOctets: 0 };
  }

  private storeFor(folder: ArchivedFolder): MboxStore | EmlStore {
    const { root, description, catalogue } = this.archive;
    const common = { root, stem: folder.stem, faults: this.faults };
    if (description.mailFormat === 'eml') return new EmlStore(common);
    const partOctets: number[] = [];
    for (let part = 1; ; part += 1) {
      const known = findFile(catalogue.db, mboxPath(folder.stem, part));
      if (known === null) break;
      partOctets.push(known.octets);
    }
    return new MboxStore({ ...common, partOctets, rollOverOctets: this.rollOver });
  }
}

function isDescribed(folder: ArchivedFolder, description: FolderDescription): boolean {
  return (
    folder.role === description.role &&
    folder.sourceName === description.sourceName &&
    folder.separator === description.separator &&
    folder.subscribed === description.subscribed &&
    folder.selectable === description.selectable
  );
}
