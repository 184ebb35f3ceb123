import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import type { ArchiveSummary } from '../../../shared/model/place.ts';
import { openCatalogue } from '../archive/catalogue/catalogue.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { allJobs } from '../archive/catalogue/job-journal.ts';
import { storedFigures } from '../archive/catalogue/message-table.ts';
import { isOfItems } from '../report/report-accounts.ts';
import { names, resolveIn } from '../archive/layout.ts';
import type { ArchiveDescription } from '../archive/layout.ts';
import { noFaults } from '../archive/no-faults.ts';
import { readSidecar } from '../archive/sidecar.ts';
import { rememberedJobs } from '../jobs/remembered-jobs.ts';

/** What an archive holds and how it was left, read only. @param live jobs of this process in it, oldest first */
export async function summariseArchive(
  root: string,
  { mailFormat }: ArchiveDescription,
  live: readonly JobSnapshot[],
): Promise<ArchiveSummary> {
  const sealed = await stat(join(root, names.manifest)).then(
    () => true,
    () => false,
  );
  const contents = fromCatalogue(root) ?? (await fromSidecars(root));
  const liveIds = new Set(live.map(({ id }) => id));
  // A restore is no step of the migration that could be taken up from here.
  const jobs = [...contents.jobs.filter(({ id }) => !liveIds.has(id)), ...live].filter(
    ({ restore = false }) => !restore,
  );
  const lastJob = jobs.reduce<JobSnapshot | null>((a, b) => (a === null || b.updated >= a.updated ? b : a), null);
  const { source, target, messages, octets } = contents;
  return { source, target, mailFormat, sealed, messages, octets, lastJob };
}

interface Contents extends Pick<ArchiveSummary, 'source' | 'target' | 'messages' | 'octets'> {
  readonly jobs: readonly JobSnapshot[];
}

/** Null when there is no catalogue that can be read; it is only a cache, and the archive is none the worse. */
function fromCatalogue(root: string): Contents | null {
  try {
    const catalogue = openCatalogue(join(root, names.catalogue), noFaults, 'read');
    try {
      return readContents(catalogue.db, root);
    } finally {
      catalogue.close();
    }
  } catch {
    return null;
  }
}

function readContents(db: Database, root: string): Contents {
  const folders = allFolders(db);
  const records = allJobs(db);
  const targets = records.flatMap(({ kind, account, restore }) =>
    account !== null && kind !== 'backup' && restore === undefined ? [account] : [],
  );
  const figures = folders.map(folder => storedFigures(db, folder.id));
  return {
    source: records.findLast(({ kind }) => kind === 'backup')?.account ?? folders.at(-1)?.account ?? null,
    target: targets.findLast(account => !isOfItems(account)) ?? targets.at(-1) ?? null,
    messages: figures.reduce((sum, each) => sum + each.messages, 0),
    octets: figures.reduce((sum, each) => sum + each.octets, 0),
    jobs: rememberedJobs(db, root),
  };
}

/** Slower, and without the journal: what was done with the archive is written nowhere else. */
async function fromSidecars(root: string): Promise<Contents> {
  let source: string | null = null;
  let messages = 0;
  let octets = 0;
  const files = await readdir(resolveIn(root, names.mail)).catch(() => []);
  for (const file of files.filter(name => name.endsWith('.jsonl'))) {
    for await (const { record } of readSidecar(resolveIn(root, `${names.mail}/${file}`))) {
      if (record?.record === 'folder') source = record.account;
      if (record?.record !== 'message') continue;
      messages += 1;
      octets += record.size;
    }
  }
  return { source, target: null, messages, octets, jobs: [] };
}
