import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import type { Place } from '../../../shared/model/place.ts';
import { isVacant, readDescription } from '../archive/archive.ts';
import { diskProblem } from '../archive/disk-problem.ts';
import type { DiskPort } from '../ports.ts';
import { summariseArchive } from './summarise-archive.ts';

export interface InspectOptions {
  readonly path: string;
  readonly disk: DiskPort;
  /** Jobs of this process that work or worked on it: newer than what the journal says of them. */
  readonly live: readonly JobSnapshot[];
}

/** Looks at a folder that is to hold an archive, or holds one. Writes nothing and takes no lock. */
export async function inspectPlace({ path, disk, live }: InspectOptions): Promise<Place> {
  const root = resolve(path);
  const found = await kindOf(root);
  if (found === 'missing') {
    const parent = dirname(root);
    if ((await kindOf(parent)) !== 'folder') return nowhere(null);
    const freeBytes = await disk.freeBytes(parent);
    return { freeBytes, holds: 'nothing', archive: null, problem: await writeProblem(parent) };
  }
  if (found === 'unreachable') return nowhere(null);
  const freeBytes = await disk.freeBytes(root);
  if (found === 'other') {
    const problem = problemAsData(new TravasoError('DISK_NOT_WRITABLE', { path: root, systemCode: 'ENOTDIR' }));
    return { freeBytes, holds: 'other-files', archive: null, problem };
  }
  try {
    if (await isVacant(root)) return { freeBytes, holds: 'nothing', archive: null, problem: await writeProblem(root) };
    const description = await readDescription(root);
    const archive = await summariseArchive(root, description, live);
    return { freeBytes, holds: 'archive', archive, problem: await writeProblem(root) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code === 'ARCHIVE_NOT_AN_ARCHIVE') {
      return { freeBytes, holds: 'other-files', archive: null, problem: await writeProblem(root) };
    }
    if (problem.code === 'ARCHIVE_NEWER') {
      return { freeBytes, holds: 'archive', archive: null, problem: problemAsData(error) };
    }
    return nowhere(problemAsData(error));
  }
}

function nowhere(problem: Place['problem']): Place {
  return { freeBytes: null, holds: 'unreachable', archive: null, problem };
}

async function kindOf(path: string): Promise<'folder' | 'other' | 'missing' | 'unreachable'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'other';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreachable';
  }
}

async function writeProblem(folder: string): Promise<Place['problem']> {
  try {
    await access(folder, constants.W_OK);
    return null;
  } catch (error) {
    return problemAsData(diskProblem(error, folder));
  }
}

function problemAsData(error: unknown): NonNullable<Place['problem']> {
  const { code, details }: Problem = problemOf(error);
  return { code, details: { ...details } };
}
