import { canonicalAddress, parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account, Api } from '../../../shared/contract.ts';
import { assertUsable, openSource } from '../accounts/open-account.ts';
import { openOrCreateArchive } from '../archive/archive.ts';
import type { Archive } from '../archive/archive.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { JobRegistry, JobResource } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';

/** The jobs that carry mail. */
export function transferApi(ports: Ports, jobs: JobRegistry): Pick<Api, 'backup.start'> {
  return {
    'backup.start': async ({ archive, source, format, folders = [] }) => {
      assertUsable(source);
      const jobId = await jobs.start({
        kind: 'backup',
        archive,
        account: accountName(source),
        open: async () => archiveResource(await openOrCreateArchive(archive, format, ports)),
        work: (resource, context) =>
          runBackup({
            archive: resource.archive,
            connect: () => openSource(source, ports, context.signal),
            folders,
            ports,
            context,
          }),
      });
      return { jobId };
    },
  };
}

export function archiveResource(archive: Archive): JobResource & { readonly archive: Archive } {
  return {
    archive,
    journal: archive.mode === 'write' ? archive.catalogue : null,
    close: () => {
      archive.close();
    },
  };
}

export function accountName(account: Account): string {
  return canonicalAddress(parseAccountAddress(account.address));
}
