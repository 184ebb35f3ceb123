import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { openArchive } from '../archive/archive.ts';
import type { JobRegistry } from '../jobs/job-registry.ts';
import { rememberedJobs } from '../jobs/remembered-jobs.ts';
import type { Ports } from '../ports.ts';

type JobsApi = Pick<
  Api,
  'jobs.list' | 'jobs.get' | 'jobs.result' | 'jobs.pause' | 'jobs.retryNow' | 'jobs.cancel' | 'jobs.folders'
>;

export function jobsApi(ports: Ports, jobs: JobRegistry): JobsApi {
  return {
    'jobs.list': async ({ archive }) => {
      const live = jobs.liveIn(archive);
      const remembered = await journalledJobs(archive, ports);
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
    'jobs.retryNow': ({ jobId }) =>
      Promise.resolve().then(() => {
        jobs.retryNow(jobId);
        return {};
      }),
    'jobs.cancel': ({ jobId }) =>
      Promise.resolve().then(() => {
        jobs.cancel(jobId);
        return {};
      }),
    'jobs.folders': ({ jobId }) => Promise.resolve().then(() => jobs.folders(jobId)),
  };
}

async function journalledJobs(root: string, ports: Ports): Promise<JobSnapshot[]> {
  const archive = await openArchive(root, 'read', ports);
  try {
    return rememberedJobs(archive.catalogue.db, resolve(root));
  } finally {
    archive.close();
  }
}
