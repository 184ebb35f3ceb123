import { mkdir, open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FaultPort } from '../ports.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory, syncFile } from './durable-file.ts';
import { emlPath, resolveIn } from './layout.ts';
import type { MessageStore, StoredPlace } from './message-store.ts';

/** Octets of a message held back before they are written; most messages go out in one call. */
const heldOctets = 1024 * 1024;
/** How many files are made permanent at once: enough for the file system to merge its journal commits. */
const parallelSyncs = 16;

/** One file per message or item: its octets and nothing else. */
export class EmlStore implements MessageStore {
  private readonly root: string;
  private readonly stem: string;
  private readonly faults: FaultPort;
  private path = '';
  private relative = '';
  private handle: FileHandle | null = null;
  private held: Buffer[] = [];
  private heldLength = 0;
  private octets = 0;
  private readonly directories = new Set<string>();
  private unsynced: string[] = [];

  constructor(options: { readonly root: string; readonly stem: string; readonly faults: FaultPort }) {
    this.root = options.root;
    this.stem = options.stem;
    this.faults = options.faults;
  }

  async begin(number: number): Promise<void> {
    await this.beginAt(emlPath(this.stem, number));
  }

  /** @param relative the file's path in the archive */
  async beginAt(relative: string): Promise<void> {
    this.relative = relative;
    this.path = resolveIn(this.root, this.relative);
    this.octets = 0;
    this.faults.reached('archive.create', 'before');
    await onDisk(this.path, async () => {
      const directory = dirname(this.path);
      if (!this.directories.has(directory)) await mkdir(directory, { recursive: true });
      this.directories.add(directory);
      this.handle = await open(this.path, 'w');
    });
    this.faults.reached('archive.create', 'after');
  }

  write(piece: Buffer): Promise<void> | undefined {
    this.held.push(piece);
    this.heldLength += piece.length;
    this.octets += piece.length;
    return this.heldLength >= heldOctets ? this.writeHeld() : undefined;
  }

  async finish(): Promise<StoredPlace> {
    await this.writeHeld();
    await this.closeHandle();
    this.unsynced.push(this.path);
    return { file: this.relative, offset: 0, storedOctets: this.octets, end: this.octets };
  }

  async discard(): Promise<void> {
    this.held = [];
    this.heldLength = 0;
    await this.closeHandle();
    await onDisk(this.path, () => rm(this.path, { force: true }));
  }

  async sync(): Promise<void> {
    const paths = this.unsynced;
    this.unsynced = [];
    this.faults.reached('archive.sync', 'before');
    const queue = paths.values();
    const worker = async (): Promise<void> => {
      for (const path of queue) await onDisk(path, () => syncFile(path));
    };
    await Promise.all(Array.from({ length: parallelSyncs }, worker));
    for (const directory of new Set(paths.map(dirname))) {
      await onDisk(directory, () => syncDirectory(directory));
      await onDisk(directory, () => syncDirectory(dirname(directory)));
    }
    this.faults.reached('archive.sync', 'after');
  }

  lengths(): readonly [] {
    return [];
  }

  async close(): Promise<void> {
    await this.closeHandle();
  }

  private async writeHeld(): Promise<void> {
    const { handle, held } = this;
    if (handle === null || held.length === 0) return;
    this.held = [];
    this.heldLength = 0;
    this.faults.reached('archive.write', 'before');
    await onDisk(this.path, () => handle.writeFile(held.length === 1 ? (held[0] ?? '') : Buffer.concat(held)));
    this.faults.reached('archive.write', 'after');
  }

  private async closeHandle(): Promise<void> {
    const handle = this.handle;
    this.handle = null;
    await handle?.close();
  }
}
