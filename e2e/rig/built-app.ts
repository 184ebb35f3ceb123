import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = new Map<string, string>();

/** The engine's own process, the same with the rig's ports, and one without an engine that does what tests tell it to. */
export type BuiltWorker = 'electron/hosts/worker.ts' | 'e2e/rig/rigged-worker.ts' | 'e2e/rig/stand-in-worker.ts';

/**
 * The app as it is built for people, once for this test process and into a folder of its own, so that test files that
 * run side by side never see each other's half-written files. Inside the checkout, because the engine's process finds
 * the database's native module by looking upwards.
 */
export function builtApp(worker: BuiltWorker = 'electron/hosts/worker.ts'): string {
  const known = built.get(worker);
  if (known !== undefined) return known;
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  const folder = mkdtempSync(join(root, 'artifacts', 'app-'));
  atExit(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  execFileSync(process.execPath, [join(root, 'build/scripts/build-app.mjs'), folder, worker], { stdio: 'pipe' });
  built.set(worker, folder);
  return folder;
}
