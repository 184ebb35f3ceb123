import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../../../shared/fixtures/', import.meta.url));

/**
 * Where a file or folder of the shared test material lies, beside the checkout; null, and said aloud once, when this
 * machine has none, so that the test skips instead of passing on nothing.
 */
export function sharedFixture(name: string): string | null {
  const path = join(fixtures, name);
  if (existsSync(path)) return path;
  if (!missing.has(name))
    console.warn(`SKIPPED: tests that need the shared test material: no ${name} beside the checkout`);
  missing.add(name);
  return null;
}
const missing = new Set<string>();

/** All files below a folder of the shared material, by path relative to it, in a stable order; none when absent. */
export function* sharedFiles(name: string): Generator<{ readonly name: string; readonly octets: Buffer }> {
  const root = sharedFixture(name);
  if (root === null) return;
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = entries.map(entry => join(entry.parentPath, entry.name)).sort();
  for (const path of paths) yield { name: relative(root, path), octets: readFileSync(path) };
}
