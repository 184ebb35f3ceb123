import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { errorCodes, problemOf } from '../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import { readDescription } from '../archive/archive.ts';
import { openCatalogue } from '../archive/catalogue/catalogue.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { allJobs, exceptionsOf } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';
import { storedFigures } from '../archive/catalogue/message-table.ts';
import type { ArchiveDescription } from '../archive/layout.ts';
import { names } from '../archive/layout.ts';
import { noFaults } from '../archive/no-faults.ts';
import type { DiskPort } from '../ports.ts';

/** Of each archive the jobs that ran last, and of each job this many kinds of exceptions. */
const shownJobs = 10;
const shownKinds = 40;

/** An archive in codes and figures, a line each. An archive that cannot be opened is its code. */
export async function describeArchive(root: string, disk: DiskPort): Promise<string[]> {
  const freeBytes = await disk.freeBytes(root);
  try {
    const description = await readDescription(root);
    const catalogue = openCatalogue(join(root, names.catalogue), noFaults, 'read');
    try {
      const sealed = await stat(join(root, names.manifest)).then(
        () => 'yes',
        () => 'no',
      );
      return [
        `archive: format=${description.mailFormat} version=${description.version} sealed=${sealed} ${contents(catalogue.db)} free=${freeBytes ?? 'unknown'}`,
        ...allJobs(catalogue.db)
          .slice(-shownJobs)
          .flatMap(job => describeJob(job, description, catalogue.db)),
      ];
    } finally {
      catalogue.close();
    }
  } catch (error) {
    return [`archive: ${codeOf(problemOf(error))} free=${freeBytes ?? 'unknown'}`];
  }
}

function contents(db: Database): string {
  const folders = allFolders(db).map(folder => storedFigures(db, folder.id));
  const messages = folders.reduce((sum, folder) => sum + folder.messages, 0);
  const octets = folders.reduce((sum, folder) => sum + folder.octets, 0);
  return `folders=${folders.length} messages=${messages} octets=${octets}`;
}

function describeJob(job: JobRecord, description: ArchiveDescription, db: Database): string[] {
  const figures = Object.entries(job.figures).map(([name, value]) => `${name}=${value}`);
  const head = `  job ${job.kind}: ${job.status} ${job.updated} seconds=${Math.round(job.elapsedMs / 1000)} ${figures.join(' ')}`;
  const lines = [job.problem === null ? head : `${head} ${codeOf(job.problem)}`];
  const kinds = new Map<string, number>();
  for (const { problem, folder } of exceptionsOf(db, job.id)) {
    const where = folder === null ? '' : ` folder=${folderHash(description.id, folder)}`;
    const kind = `${codeOf(problem)}${where}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const shown = [...kinds].slice(0, shownKinds).map(([kind, count]) => `    ${count} x ${kind}`);
  return [...lines, ...shown, ...(kinds.size > shownKinds ? [`    and ${kinds.size - shownKinds} more kinds`] : [])];
}

/**
 * Tells folders apart without naming them. The archive's own id is hashed with the name, so that nobody finds a name by
 * hashing likely ones.
 */
function folderHash(archiveId: string, path: readonly string[]): string {
  return createHash('sha256').update(archiveId).update(folderKey(path)).digest('hex').slice(0, 8);
}

/**
 * The code with what explains it, as far as that is ours: a system's own error code. Every other text of a problem may
 * be a name, an address or a server's sentence.
 */
export function codeOf({ code, details }: { readonly code: ErrorCode; readonly details: Problem['details'] }): string {
  const { desk } = errorCodes[code];
  const system = details['systemCode'];
  const known = typeof system === 'string' && /^(E[A-Z0-9]{2,15}|SQLITE_[A-Z_]{2,30})$/.test(system);
  return `${desk} ${code}${known ? ` ${system}` : ''}`;
}
