import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import type { JobRegistry } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import { runSeal } from '../seal/run-seal.ts';
import { runUnseal } from '../seal/run-unseal.ts';
import { openForReading } from './archive-api.ts';
import { archiveResource } from './transfer-api.ts';

export function sealApi(ports: Ports, jobs: JobRegistry): Pick<Api, 'seal.start' | 'unseal.start'> {
  return {
    'seal.start': async ({ archive, to, passphrase, recipients = [] }) => {
      const jobId = await jobs.start({
        kind: 'seal',
        archive,
        account: null,
        // No journal: while it is copied, the catalogue must not change.
        open: async () => ({ ...archiveResource(await openForReading(archive, ports)), journal: null }),
        work: (resource, context) =>
          runSeal({ archive: resource.archive, to: resolve(to), key: { passphrase, recipients }, context }),
      });
      return { jobId };
    },
    'unseal.start': async ({ from, to, passphrase, identityFile }) => {
      const jobId = await jobs.start({
        kind: 'unseal',
        archive: to,
        account: null,
        open: () => Promise.resolve({ journal: null, close: () => undefined }),
        work: (_resource, context) =>
          runUnseal({ from: resolve(from), to, key: { passphrase, identityFile }, context }),
      });
      return { jobId };
    },
  };
}
