import { randomUUID } from 'node:crypto';
import { getHeapSpaceStatistics } from 'node:v8';
import type { EngineEvents } from '../../shared/contract.ts';
import { methods } from '../../shared/contract.ts';
import { noMessages, type JobSnapshot, type JobStatus } from '../../shared/model/job.ts';
import { realPacing } from '../../electron/hosts/transports/job-feed.ts';
import { connectOverPort } from '../../electron/hosts/transports/message-client.ts';
import { serveOverPort } from '../../electron/hosts/transports/message-server.ts';
import { portToStarter } from '../../electron/hosts/transports/port.ts';
import { controlMethods } from '../../electron/hosts/transports/process-tables.ts';
import { serveTable } from '../../electron/hosts/transports/serve-api.ts';

/**
 * An engine's process without an engine: one job that begins and ends when told. It needs no native module, so it
 * runs in the utility process of any Electron, and what surrounds the engine can be watched without a mailbox.
 *
 * `backup.start` begins the job, `jobs.cancel` lets it succeed, `jobs.pause` ends the process on the spot,
 * `diagnostics.read` tells what this process knows of itself.
 */
const port = portToStarter();
const secrets = connectOverPort(port);

let job: JobSnapshot | null = null;
const listeners = new Set<(snapshot: JobSnapshot) => void>();
const events: EngineEvents = {
  subscribe(listener) {
    if (job !== null) listener(job);
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function show(status: JobStatus): { readonly jobId: string } {
  const at = new Date().toISOString();
  job = {
    id: job?.id ?? randomUUID(),
    kind: 'backup',
    status,
    archive: '/archive',
    created: at,
    updated: at,
    progress: {
      phase: 'transferring',
      folder: null,
      messages: { done: 0, total: null },
      octets: { done: 0, total: null },
      waiting: null,
    },
    figures: noMessages,
    octets: 0,
    workedMs: 0,
    elapsedMs: 0,
    exceptions: 0,
    problem: null,
  };
  for (const listener of listeners) listener(job);
  return { jobId: job.id };
}

/** Octets the young generation grows to while there is garbage in plenty. */
function largestYoungGeneration(): number {
  let largest = 0;
  for (let round = 0; round < 200; round += 1) {
    const alive = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    largest = Math.max(largest, alive.length > 0 ? (space?.space_size ?? 0) : 0);
  }
  return largest;
}

const told: string[] = [];
const implementation = {
  'backup.start': () => Promise.resolve(show('running')),
  'jobs.cancel': () => {
    show('succeeded');
    return Promise.resolve({});
  },
  'jobs.pause': () => process.exit(1),
  'signIn.password': async ({ password }: { password: string }) => {
    const signInId = randomUUID();
    await secrets.call('secrets.keep', { signInId, password });
    return { signInId };
  },
  'diagnostics.read': () =>
    Promise.resolve({
      text: JSON.stringify({
        utility: 'parentPort' in process,
        told,
        variables: Object.keys(process.env),
        args: process.argv.slice(2),
        youngGeneration: largestYoungGeneration(),
      }),
    }),
  'engine.close': () => Promise.resolve({}),
  'engine.lineLost': () => {
    told.push('lineLost');
    return Promise.resolve({});
  },
};

const table = {
  'backup.start': methods['backup.start'],
  'jobs.cancel': methods['jobs.cancel'],
  'jobs.pause': methods['jobs.pause'],
  'signIn.password': methods['signIn.password'],
  'diagnostics.read': methods['diagnostics.read'],
  ...controlMethods,
};
serveOverPort(port, serveTable(table, implementation), events, realPacing);
