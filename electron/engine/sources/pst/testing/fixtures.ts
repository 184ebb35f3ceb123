import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Real files that other projects test with. They are not part of this repository. */
export const fixtureFolder = join(import.meta.dirname, '../../../../../../shared/fixtures/pst');
export const haveFixtures = existsSync(fixtureFolder);

export function fixture(name: string): string {
  return join(fixtureFolder, name);
}

/** Says once per test file why its tests do not run. */
export function warnWithoutFixtures(): void {
  if (!haveFixtures) console.warn(`PST fixtures are not at ${fixtureFolder}: tests on real files are skipped.`);
}
