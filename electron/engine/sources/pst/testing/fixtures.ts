import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Real files that other projects test with. They are not part of this repository. */
export const fixtureFolder = join(import.meta.dirname, '../../../../../../shared/fixtures/pst');
export const haveFixtures = existsSync(fixtureFolder);

export function fixture(name: string): string {
  return join(fixtureFolder, name);
}

/** For a test file to say aloud, once, why its tests do not run. */
export const fixturesMissing = `PST fixtures are not at ${fixtureFolder}: tests on real files are skipped.`;
