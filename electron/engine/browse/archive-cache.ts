import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../ports.ts';

/**
 * Where what can be made again is kept when an archive's own place takes no files: a folder for each archive in this
 * person's cache. Readable by nobody else, because an index tells what mail says. Without a cache folder, or where it
 * takes no files either, a temporary one that is gone with the engine.
 */
export class ArchiveCache {
  private readonly ports: Pick<Ports, 'cacheFolder'>;
  private temporary: string | null = null;

  constructor(ports: Pick<Ports, 'cacheFolder'>) {
    this.ports = ports;
  }

  /** The folder for the archive of this id, made if it is not there. */
  folderFor(archiveId: string): string {
    const { cacheFolder } = this.ports;
    if (cacheFolder !== undefined && this.temporary === null) {
      try {
        return privateFolder(join(cacheFolder, 'archives', archiveId));
      } catch {
        // A home that is full, or read-only as in a kiosk.
      }
    }
    this.temporary ??= mkdtempSync(join(tmpdir(), 'travaso-cache-'));
    return privateFolder(join(this.temporary, archiveId));
  }

  /** The same, if something was ever kept there; null otherwise, and nothing is made. */
  knownFolder(archiveId: string): string | null {
    const { cacheFolder } = this.ports;
    const kept = cacheFolder === undefined ? null : join(cacheFolder, 'archives', archiveId);
    const temporary = this.temporary === null ? null : join(this.temporary, archiveId);
    return [temporary, kept].find(path => path !== null && existsSync(path)) ?? null;
  }

  close(): void {
    if (this.temporary !== null) rmSync(this.temporary, { recursive: true, force: true });
    this.temporary = null;
  }
}

function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
}
