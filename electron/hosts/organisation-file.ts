import { readFile, rm } from 'node:fs/promises';
import type { OrganisationPort } from '../engine/ports.ts';
import { createTextFile } from './transports/json-file.ts';

/** Beside the host's other files; readable text, for its signature is what counts. */
export const organisationFileName = 'organisation.json';

/**
 * The organisation's profile as a file of the host's own. `builtIn` is the one of a packaged copy, which counts until
 * the person installs another.
 */
export function organisationFile(path: string, builtIn: string | null = null): OrganisationPort {
  const file = createTextFile(path);
  return {
    read: async () => (await textOf(path)) ?? (builtIn === null ? null : await textOf(builtIn)),
    write: async text => {
      if (text === null) await rm(path, { force: true });
      else await file.write(text);
    },
  };
}

/** For one run of the command line: what `--profile` names, and nothing is remembered. */
export function organisationOfCommand(path: string): OrganisationPort {
  return { read: () => readFile(path, 'utf8'), write: () => Promise.resolve() };
}

/** No file is no profile; one that cannot be read would be a profile that is silently ignored, and so is an error. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
