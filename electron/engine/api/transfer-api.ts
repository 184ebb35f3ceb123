import { canonicalAddress, parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account, Api, Input } from '../../../shared/contract.ts';
import { assertUsable, openSource, openTarget } from '../accounts/open-account.ts';
import { openArchive, openOrCreateArchive } from '../archive/archive.ts';
import type { Archive } from '../archive/archive.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { JobRegistry, JobResource } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import { readFolderMap } from '../upload/folder-names.ts';
import type { FolderMap } from '../upload/folder-names.ts';
import { runUpload } from '../upload/run-upload.ts';

/** The jobs that carry mail. */
export function transferApi(
  ports: Ports,
  jobs: JobRegistry,
): Pick<Api, 'backup.start' | 'upload.start' | 'upload.plan'> {
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
    'upload.start': input => startUpload(ports, jobs, input, false),
    'upload.plan': input => startUpload(ports, jobs, input, true),
  };
}

async function startUpload(
  ports: Ports,
  jobs: JobRegistry,
  { archive, target, folders = [], mapFile }: Input<'upload.start'>,
  dryRun: boolean,
): Promise<{ jobId: string }> {
  assertUsable(target);
  const map: FolderMap = mapFile === null ? new Map() : await readFolderMap(mapFile);
  const account = accountName(target);
  const jobId = await jobs.start({
    kind: dryRun ? 'plan' : 'upload',
    archive,
    account,
    open: async () => archiveResource(await openArchive(archive, 'write', ports)),
    work: (resource, context) =>
      runUpload({
        archive: resource.archive,
        account,
        connect: () => openTarget(target, ports, context.signal),
        folders,
        map,
        dryRun,
        ports,
        context,
      }),
  });
  return { jobId };
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
