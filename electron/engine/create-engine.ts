import type { Api, EngineEvents } from '../../shared/contract.ts';
import { archiveApi } from './api/archive-api.ts';
import { jobsApi } from './api/jobs-api.ts';
import { signInApi } from './api/sign-in-api.ts';
import { transferApi } from './api/transfer-api.ts';
import { JobRegistry } from './jobs/job-registry.ts';
import type { Ports } from './ports.ts';

export type EngineApi = Pick<
  Api,
  | 'signIn.password'
  | 'signIn.forget'
  | 'backup.start'
  | 'upload.start'
  | 'upload.plan'
  | 'verify.start'
  | 'export.start'
  | 'rebuild.start'
  | 'report.read'
  | 'report.write'
  | 'jobs.list'
  | 'jobs.get'
  | 'jobs.result'
  | 'jobs.pause'
  | 'jobs.cancel'
>;

export interface Engine {
  readonly api: EngineApi;
  readonly events: EngineEvents;
  /** Pauses what runs and lets go of every archive. */
  close(): Promise<void>;
}

/** Builds the engine on its host's ports. Any number can live side by side; nothing is shared between them. */
export function createEngine(ports: Ports): Engine {
  const jobs = new JobRegistry(ports);
  return {
    api: { ...signInApi(ports.secrets), ...transferApi(ports, jobs), ...archiveApi(ports, jobs), ...jobsApi(ports, jobs) },
    events: { subscribe: listener => jobs.feed.subscribe(listener) },
    close: () => jobs.close(),
  };
}
