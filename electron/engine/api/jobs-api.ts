import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { openArchive } from '../archive/archive.ts';
import { allJobs, exceptionsOf } from '../archive/catalogue/job-journal.ts';
import { afterCrash } from '../jobs/job-states.ts';
import type { JobRegistry } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';

type JobsApi = Pick<Api, 'jobs.list' | 'jobs.get' | 'jobs.result' | 'jobs.pause' | 'jobs.cancel'>;

export function jobsApi(ports: Ports, jobs: JobRegistry): JobsApi {
  return {
    'jobs.list': async ({ archive }) => {
      const live = jobs.liveIn(archive);
      const remembered = await rememberedJobs(archive, ports);
      return [...remembered.filter(({ id }) => !live.some(job => job.id === id)), ...live];
    },
    'jobs.get': ({ jobId }) => Promise.resolve().then(() => jobs.snapshot(jobId)),
    'jobs.result': ({ jobId }) =>
      Promise.resolve().then(() => {
        const { exceptions, written, ...result } = jobs.result(jobId);
        return { ...result, exceptions: [...exceptions], written: [...written] };
      }),
    'jobs.pause': ({ jobId }) =>
      Promise.resolve().then(() => {
        jobs.pause(jobId);
        return {};
      }),
    'jobs.cancel': ({ jobId }) =>
      Promise.resolve().then(() => {
        jobs.cancel(jobId);
        return {};
      }),
  };
}

/** Jobs of earlier processes, from the archive's journal. */
async function rememberedJobs(root: string, ports: Ports): Promise<JobSnapshot[]> {
  const archive = await openArchive(root, 'read', ports);
  try {
    const { db } = archive.catalogue;
    return allJobs(db).map(record => ({
      id: record.id,
      kind: record.kind,
      status: afterCrash(record.status),
      archive: resolve(root),
      created: record.created,
      updated: record.updated,
      progress: {
        phase: 'transferring',
        folder: null,
        messages: { done: 0, total: null },
        octets: { done: record.octets, total: null },
        waiting: null,
      },
      figures: record.figures,
      octets: record.octets,
      workedMs: record.elapsedMs,
      elapsedMs: record.elapsedMs,
      exceptions: exceptionsOf(db, record.id).length,
      problem: record.problem,
    }));
  } finally {
    archive.close();
  }
}
