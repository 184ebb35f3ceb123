import { canonicalAddress, parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account, Api, Input } from '../../../shared/contract.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { assertApart } from '../accounts/assert-apart.ts';
import { assertUsable } from '../accounts/open-account.ts';
import { openArchive, openOrCreateArchive } from '../archive/archive.ts';
import type { Archive } from '../archive/archive.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { JobRegistry, JobResource } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import { readFolderMap } from '../upload/folder-names.ts';
import type { FolderMap } from '../upload/folder-names.ts';
import { runUpload } from '../upload/run-upload.ts';
import type { FolderChoices } from './folder-choice-api.ts';

export interface TransferMeans {
  readonly ports: Ports;
  readonly jobs: JobRegistry;
  readonly accounts: LiveAccounts;
}

/** The jobs that carry mail. */
export function transferApi(
  means: TransferMeans,
  choices: FolderChoices,
): Pick<Api, 'backup.start' | 'upload.start' | 'upload.plan'> {
  const { ports, jobs, accounts } = means;
  return {
    'backup.start': async ({ archive, source, format, folders = [] }) => {
      assertUsable(source);
      await assertApart(source, archive);
      // Patterns say all there is to say about folders.
      const choice = folders.length > 0 ? {} : { isLeftOut: await choices.leftOutOf(archive) };
      const jobId = await jobs.start({
        kind: 'backup',
        archive,
        account: accountName(source),
        open: async () => archiveResource(await openOrCreateArchive(archive, format, ports)),
        work: (resource, context) =>
          runBackup({
            archive: resource.archive,
            connect: () => accounts.source(source, context.signal),
            folders,
            ...choice,
            ports,
            context,
          }),
      });
      return { jobId };
    },
    'upload.start': input => startUpload(means, input, false),
    'upload.plan': input => startUpload(means, input, true),
  };
}

async function startUpload(
  { ports, jobs, accounts }: TransferMeans,
  { archive, target, folders = [], mapFile, repair = false }: Input<'upload.start'>,
  dryRun: boolean,
): Promise<{ jobId: string }> {
  assertUsable(target, 'target');
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
        connect: () => accounts.target(target, context.signal, archive),
        folders,
        map,
        dryRun,
        repair,
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
