import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Problem } from '../../../shared/errors.ts';
import type { FaultPort } from '../ports.ts';
import { AppendFile } from './append-file.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { putFile } from './catalogue/file-table.ts';
import { insertItem, putItemFolder, setItemAbsent, setItemMark } from './catalogue/item-table.ts';
import type { ArchivedItemFolder } from './catalogue/item-table.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory } from './durable-file.ts';
import { EmlStore } from './eml-store.ts';
import type { FolderCheckpoint } from './folder-writer.ts';
import { itemPath, itemSidecarPath } from './items-layout.ts';
import { itemSidecarLine } from './items-sidecar.ts';
import type { ItemSidecarRecord } from './items-sidecar.ts';
import { resolveIn } from './layout.ts';

export interface NewItem {
  readonly key: string;
  readonly mark: string | null;
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  readonly octets: AsyncIterable<Buffer>;
  readonly problem: Problem | null;
}

/** What became of an item that was handed to `store`. */
export type ItemOutcome = 'stored' | 'known';

/** Writes one folder of items. As with mail, nothing counts until `sync` and then `commit` (see `FolderWriter`). */
export class ItemFolderWriter {
  private state: ArchivedItemFolder;
  private readonly sidecar: AppendFile;
  private readonly files: EmlStore;
  private nextNumber: number;
  private pending: ((catalogue: Catalogue) => void)[] = [];
  private octetsSinceCheckpoint = 0;

  private constructor(folder: ArchivedItemFolder, sidecar: AppendFile, files: EmlStore, nextNumber: number) {
    this.state = folder;
    this.sidecar = sidecar;
    this.files = files;
    this.nextNumber = nextNumber;
  }

  /** A folder that was never written to begins with the line that tells whose it is. */
  static async open(
    options: { root: string; folder: ArchivedItemFolder; nextNumber: number },
    faults: FaultPort,
  ): Promise<ItemFolderWriter> {
    const { root, folder, nextNumber } = options;
    const path = resolveIn(root, itemSidecarPath(folder.kind, folder.stem));
    const sidecar = await AppendFile.open(path, folder.sidecarOctets, faults);
    // The first folder of a kind makes the directory of that kind.
    await onDisk(path, async () => {
      await mkdir(path.slice(0, -'.jsonl'.length), { recursive: true });
      await syncDirectory(dirname(path));
      await syncDirectory(dirname(dirname(path)));
    });
    const writer = new ItemFolderWriter(folder, sidecar, new EmlStore({ root, stem: folder.stem, faults }), nextNumber);
    if (folder.sidecarOctets === 0) writer.describe();
    return writer;
  }

  /** Octets not yet covered by a checkpoint. */
  get uncommittedOctets(): number {
    return this.octetsSinceCheckpoint;
  }

  get uncommittedChanges(): number {
    return this.pending.length;
  }

  /**
   * Takes an item in. When its octets break off, what was written of it is taken back and the error passed on.
   *
   * @param sha256 of the version that the archive holds under this key, null when it holds none
   */
  async store(item: NewItem, sha256Before: string | null): Promise<ItemOutcome> {
    const number = this.nextNumber;
    const file = itemPath(this.state, { ...item, number });
    const hash = createHash('sha256');
    let size = 0;
    await this.files.beginAt(file);
    try {
      for await (const piece of item.octets) {
        hash.update(piece);
        size += piece.length;
        const wait = this.files.write(piece);
        if (wait !== undefined) await wait;
      }
    } catch (error) {
      await this.files.discard();
      throw error;
    }
    const sha256 = hash.digest('hex');
    if (sha256 === sha256Before) {
      await this.files.discard();
      return 'known';
    }
    await this.files.finish();
    this.nextNumber += 1;
    this.octetsSinceCheckpoint += size;
    const { key, mark, name, mediaType, problem } = item;
    const told = { number, key, mark, size, sha256, file, name, mediaType };
    this.log({
      record: 'item',
      ...told,
      ...(problem === null ? {} : { problem: { code: problem.code, details: { ...problem.details } } }),
    });
    this.pending.push(({ db }) => {
      insertItem(db, { ...told, folderId: this.state.id });
    });
    return 'stored';
  }

  noteMark(number: number, mark: string | null): void {
    this.log({ record: 'mark', number, mark });
    this.pending.push(({ db }) => {
      setItemMark(db, this.state.id, number, mark);
    });
  }

  /** @param since when it was first missed, or null when it is there again */
  noteAbsent(number: number, since: string | null): void {
    this.log({ record: 'absent', number, since });
    this.pending.push(({ db }) => {
      setItemAbsent(db, this.state.id, number, since);
    });
  }

  /** Everything up to this mark is in the archive; the next run may skip the folder while the source still says it. */
  noteComplete(changeMark: string | null): void {
    if (this.state.changeMark === changeMark) return;
    this.state = { ...this.state, changeMark };
    this.pending.push(() => undefined);
  }

  /** First half of a checkpoint. Returns the second half. */
  async sync(): Promise<FolderCheckpoint> {
    const { pending } = this;
    this.pending = [];
    this.octetsSinceCheckpoint = 0;
    const sidecarOctets = this.sidecar.length;
    const folder = { ...this.state, sidecarOctets };
    await Promise.all([this.files.sync(), this.sidecar.sync()]);
    this.state = { ...this.state, sidecarOctets };
    const path = itemSidecarPath(folder.kind, folder.stem);
    return {
      files: [{ path, octets: sidecarOctets }],
      commit: catalogue => {
        putItemFolder(catalogue.db, folder);
        putFile(catalogue.db, path, sidecarOctets);
        for (const change of pending) change(catalogue);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.files.close(), this.sidecar.close()]);
  }

  private describe(): void {
    const { id, account, kind, path } = this.state;
    this.log({ record: 'folder', version: 1, folder: id, account, kind, path: [...path] });
    this.pending.push(() => undefined);
  }

  private log(record: ItemSidecarRecord): void {
    this.sidecar.push(itemSidecarLine(record));
  }
}
