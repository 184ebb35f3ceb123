import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JobRegistry } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import { ArchiveCache } from './archive-cache.ts';
import { BrowsedArchive } from './browsed-archive.ts';
import { openForBrowsing } from './open-for-browsing.ts';

/** After this long, in milliseconds, without a question the files of an archive are let go: a stick may be pulled out. */
const idleMs = 20_000;

interface OpenArchive {
  readonly archive: BrowsedArchive;
  /** The catalogue's file: a rebuilt one takes the name of the old, which a connection still open would go on reading. */
  readonly catalogue: string;
  readonly identity: string | null;
  idle: NodeJS.Timeout | null;
}

/** The archives that are looked into, several side by side, each opened once. */
export class BrowsedArchives {
  private readonly ports: Ports;
  private readonly jobs: JobRegistry;
  private readonly cache: ArchiveCache;
  private readonly opened = new Map<string, Promise<OpenArchive>>();

  constructor(ports: Ports, jobs: JobRegistry) {
    this.ports = ports;
    this.jobs = jobs;
    this.cache = new ArchiveCache(ports);
  }

  /** @throws as `openForBrowsing` */
  async use<T>(path: string, use: (archive: BrowsedArchive) => Promise<T> | T): Promise<T> {
    const open = await this.open(resolve(path));
    if (open.idle !== null) clearTimeout(open.idle);
    try {
      return await use(open.archive);
    } finally {
      if (open.idle !== null) clearTimeout(open.idle);
      open.idle = setTimeout(() => open.archive.letGo(), idleMs).unref();
    }
  }

  async close(path: string): Promise<void> {
    const root = resolve(path);
    const opening = this.opened.get(root);
    this.opened.delete(root);
    const open = await opening?.catch(() => null);
    if (open?.idle != null) clearTimeout(open.idle);
    await open?.archive.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.opened.keys()].map(root => this.close(root)));
    this.cache.close();
  }

  /** See `ArchiveCache`. */
  cacheFolder(archiveId: string): string {
    return this.cache.folderFor(archiveId);
  }

  /** See `ArchiveCache`. */
  knownCacheFolder(archiveId: string): string | null {
    return this.cache.knownFolder(archiveId);
  }

  /** Whether a job of this process works on the archive. */
  isBusy(path: string): boolean {
    return this.jobs.liveIn(path).some(({ status }) => ['running', 'pausing', 'cancelling'].includes(status));
  }

  private async open(root: string): Promise<OpenArchive> {
    const known = await this.opened.get(root)?.catch(() => null);
    if (known != null) {
      if (known.identity === identityOf(known.catalogue)) return known;
      await this.close(root);
    }
    const opening = this.opened.get(root) ?? this.openNew(root);
    this.opened.set(root, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.opened.get(root) === opening) this.opened.delete(root);
      throw error;
    }
  }

  private async openNew(root: string): Promise<OpenArchive> {
    const files = await openForBrowsing(root, this.cache, this.ports);
    try {
      const archive = new BrowsedArchive({
        ...{ files, cache: this.cache, ports: this.ports },
        isBusy: () => this.isBusy(root),
      });
      const catalogue = files.catalogue.path;
      return { archive, catalogue, identity: identityOf(catalogue), idle: null };
    } catch (error) {
      files.catalogue.close();
      throw error;
    }
  }
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino, birthtimeMs } = statSync(path);
    return `${dev}:${ino}:${birthtimeMs}`;
  } catch {
    return null;
  }
}
