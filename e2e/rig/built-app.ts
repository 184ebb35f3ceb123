import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let built: string | null = null;

/**
 * The app as `npm run build` makes it, built once for this test process into a folder of its own, so that test files
 * that run side by side never see each other's half-written files. Inside the checkout, because the engine's process
 * finds the database's native module by looking upwards.
 */
export function builtApp(): string {
  if (built !== null) return built;
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  const folder = mkdtempSync(join(root, 'artifacts', 'app-'));
  atExit(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  execFileSync(process.execPath, [join(root, 'build/scripts/build-app.mjs'), folder], { stdio: 'pipe' });
  built = folder;
  return folder;
}
