import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { JobException, JobSnapshot } from '../../../shared/model/job.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { assertUsable } from '../accounts/open-account.ts';
import { openArchive, openForChecking, readDescription } from '../archive/archive.ts';
import type { Archive, CheckedArchive } from '../archive/archive.ts';
import { names } from '../archive/layout.ts';
import { lockArchive } from '../archive/lock.ts';
import { rebuildCatalogue } from '../archive/rebuild.ts';
import { messageChoice } from '../export/message-choice.ts';
import { runExport } from '../export/run-export.ts';
import { runHandover } from '../handover/run-handover.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';
import type { Ports } from '../ports.ts';
import { checkOf } from '../report/archive-check.ts';
import type { ArchiveCheck } from '../report/archive-check.ts';
import { keepCheck, keptCheck } from '../report/kept-checks.ts';
import { buildReport } from '../report/build-report.ts';
import { writeReport } from '../report/write-report.ts';
import { runItemProof } from '../verify/run-item-proof.ts';
import { runArchiveCheck, runTargetProof } from '../verify/run-verify.ts';
import { openForRestore } from '../browse/open-for-restore.ts';
import type { RestorableArchive } from '../browse/open-for-restore.ts';
import { accountName, archiveResource, holdsMailAt, restoreOf } from './transfer-api.ts';
import type { TransferMeans } from './transfer-api.ts';

type ArchiveApi = Pick<
  Api,
  'verify.start' | 'export.start' | 'handover.start' | 'rebuild.start' | 'report.read' | 'report.write'
>;

/** What is done with an archive once it is there. */
export function archiveApi({ ports, jobs, accounts }: TransferMeans, archives: BrowsedArchives): ArchiveApi {
  /** Keeps the check of a copy whose own place takes no files. A cache that takes none either only costs its day. */
  async function remember(archive: string, job: JobSnapshot, exceptions: readonly JobException[]): Promise<void> {
    const check = checkOf(
      job,
      exceptions.map(({ problem }) => problem),
    );
    if (check === null) return;
    try {
      keepCheck(archives.cacheFolder((await readDescription(archive)).id), resolve(archive), check);
    } catch {
      ports.log.warn('check-not-kept');
    }
  }

  async function lastCheck(archive: string): Promise<ArchiveCheck | null> {
    const folder = archives.knownCacheFolder((await readDescription(archive)).id);
    return folder === null ? null : keptCheck(folder, resolve(archive));
  }

  return {
    'verify.start': async ({ archive, target, folders = [], selection = null, leaveOutItems = [] }) => {
      if (target !== null) assertUsable(target, 'target');
      const account = target === null ? null : accountName(target);
      const restore = target === null ? null : await restoreOf({ archive, folders, selection }, archives);
      const jobId = await jobs.start({
        kind: 'verify',
        archive,
        account,
        restore: restore?.record ?? null,
        open: async () => {
          if (target === null) return await openForChecking(archive, ports);
          if (restore === null) return await openForProof(archive, ports);
          return checkedRestore(await openForRestore(archive, id => archives.cacheFolder(id), ports));
        },
        work: async (checked, context) => {
          const outcome = restore === null ? await runArchiveCheck(checked, context, target === null) : {};
          if (target === null || account === null) return outcome;
          const { root, catalogue } = checked;
          if (catalogue === null) throw new TravasoError('ARCHIVE_CATALOGUE_DAMAGED', { path: root });
          const connect = (): ReturnType<LiveAccounts['target']> => accounts.target(target, context.signal);
          const common = { archive: { root, catalogue }, account, folders, context };
          if (holdsMailAt(target)) await runTargetProof({ ...common, connect, restore });
          if (restore === null) {
            const connectItems = (): ReturnType<LiveAccounts['itemTarget']> =>
              accounts.itemTarget(target, context.signal);
            await runItemProof({ ...common, connect: connectItems, leaveOut: leaveOutItems });
          }
          return outcome;
        },
        rested: async (checked, job, exceptions) => {
          if (target === null && checked.journal === null) await remember(archive, job, exceptions);
        },
      });
      return { jobId };
    },
    'export.start': async ({ archive, to, format, folders = [], statusHeaders = false, ...wanted }) => {
      const { query = null, folder = null, messages = null } = wanted;
      const found = query === null ? null : await archives.use(archive, browsed => browsed.found(query));
      const only = messageChoice({ found, folder, messages });
      const jobId = await jobs.start({
        kind: 'export',
        archive,
        account: null,
        open: async () => archiveResource(await openForReading(archive, ports)),
        work: (resource, context) =>
          runExport({ archive: resource.archive, to: resolve(to), format, folders, only, statusHeaders, context }),
      });
      return { jobId };
    },
    'handover.start': async ({ archive, to, language }) => {
      const jobId = await jobs.start({
        kind: 'export',
        archive,
        account: null,
        open: async () => archiveResource(await openForReading(archive, ports)),
        work: (resource, context) => runHandover({ archive: resource.archive, to: resolve(to), language, context }),
      });
      return { jobId };
    },
    'rebuild.start': async ({ archive }) => {
      const jobId = await jobs.start({
        kind: 'rebuild',
        archive,
        account: null,
        open: async () => {
          await readDescription(archive);
          const lock = lockArchive(resolve(archive, names.lock));
          return {
            journal: null,
            close: () => {
              lock.release();
            },
          };
        },
        work: async (_resource, context) => {
          const { messages, brokenLines } = await rebuildCatalogue(resolve(archive), ports);
          context.count('found', messages);
          for (const { file, lines } of brokenLines) {
            context.exception({
              problem: { code: 'ARCHIVE_FILE_CHANGED', details: { file, lines } },
              folder: null,
              number: null,
              key: null,
            });
          }
          return {};
        },
      });
      return { jobId };
    },
    'report.read': ({ archive }) =>
      withArchive(archive, ports, async opened =>
        buildReport({
          archive: opened,
          created: ports.clock.now(),
          messageFolder: null,
          check: await lastCheck(archive),
        }),
      ),
    'report.write': ({ archive, out, language }) =>
      withArchive(archive, ports, async opened => {
        const { outcome } = await writeReport({
          archive: opened,
          created: ports.clock.now(),
          out: resolve(out),
          language,
          check: await lastCheck(archive),
        });
        return { outcome };
      }),
  };
}

function checkedRestore(archive: RestorableArchive): CheckedArchive {
  return { root: archive.root, catalogue: archive.catalogue, journal: archive.catalogue, close: () => archive.close() };
}

/** A proof at the target is written down message by message; said now, and not after an hour of reading. */
async function openForProof(root: string, ports: Ports): Promise<CheckedArchive> {
  const checked = await openForChecking(root, ports);
  if (checked.journal !== null || checked.catalogue === null) return checked;
  checked.close();
  throw new TravasoError('DISK_NOT_WRITABLE', { path: checked.root });
}

/** For writing where that is possible, so that a crash is mended first; read-only media are read as they are. */
export async function openForReading(root: string, ports: Ports): Promise<Archive> {
  try {
    return await openArchive(root, 'write', ports);
  } catch (error) {
    if (!(error instanceof TravasoError && error.code === 'DISK_NOT_WRITABLE')) throw error;
    return await openArchive(root, 'read', ports);
  }
}

async function withArchive<T>(root: string, ports: Ports, use: (archive: Archive) => Promise<T>): Promise<T> {
  const archive = await openArchive(root, 'read', ports);
  try {
    return await use(archive);
  } finally {
    archive.close();
  }
}
