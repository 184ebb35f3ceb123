import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.ts';

/** A folder of its own for one server or file system. Also removed when the process ends without asking for it. */
export interface TestDirectory {
  readonly path: string;
  readonly remove: () => void;
}

/** @param kind part of the name, e.g. `dovecot`; folders of a kind whose process is gone are swept at first use */
export function createTestDirectory(kind: string): TestDirectory {
  sweep(kind);
  const path = mkdtempSync(join(tmpdir(), `travaso-${kind}-${process.pid}-`));
  const discard = (): void => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = atExit(discard);
  return {
    path,
    remove() {
      forget();
      discard();
    },
  };
}

/** Mounted file systems sit here in their test directory, where the sweep looks for them. */
export function mountPoint(directory: string): string {
  return join(directory, 'mounted');
}

/** A run killed by SIGKILL leaves its folders, gigabytes for a large mailbox; the name tells whose they were. */
function sweep(kind: string): void {
  if (swept.has(kind)) return;
  swept.add(kind);
  const pattern = new RegExp(`^travaso-${kind}-(\\d+)-`);
  for (const name of readdirSync(tmpdir())) {
    const owner = pattern.exec(name)?.[1];
    if (owner === undefined || isRunning(Number(owner))) continue;
    const path = join(tmpdir(), name);
    try {
      if (existsSync(mountPoint(path))) execFileSync('umount', ['-l', mountPoint(path)], { stdio: 'ignore' });
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another user's, or still mounted: not ours to insist on.
    }
  }
}
const swept = new Set<string>();

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but a process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
