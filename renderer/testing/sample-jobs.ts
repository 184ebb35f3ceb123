import type { FolderProgress } from '../../shared/model/folder-progress.ts';
import { noMessages } from '../../shared/model/job.ts';
import type { JobSnapshot } from '../../shared/model/job.ts';
import { sampleFolders, sampleTotals } from './sample-mailbox.ts';

export const archivePath = '/home/anna/Documenti/Travaso anna.verdi@ente.it';
export const jobIds = {
  backup: '8a1f4b1e-0b8e-4a53-9c57-4e2b6f1d0a01',
  verify: '8a1f4b1e-0b8e-4a53-9c57-4e2b6f1d0a02',
  plan: '8a1f4b1e-0b8e-4a53-9c57-4e2b6f1d0a03',
  upload: '8a1f4b1e-0b8e-4a53-9c57-4e2b6f1d0a04',
  check: '8a1f4b1e-0b8e-4a53-9c57-4e2b6f1d0a05',
} as const;
export type SampleKind = keyof typeof jobIds;

const begun = Date.UTC(2026, 10, 22, 6, 15);

/** @param share of the work, 0 to 1; everything else follows unless said otherwise */
export function jobAt(kind: SampleKind, share: number, more: Partial<JobSnapshot> = {}): JobSnapshot {
  const messages = Math.round(share * sampleTotals.messages);
  const octets = Math.round(share * sampleTotals.octets);
  const elapsedMs = Math.round(share * 3_600_000);
  const figures = {
    ...noMessages,
    found: sampleTotals.messages,
    ...(kind === 'backup' ? { stored: messages } : {}),
    ...(kind === 'upload' ? { uploaded: messages } : {}),
    ...(kind === 'verify' || kind === 'check' ? { verified: messages } : {}),
  };
  return {
    id: jobIds[kind],
    kind: kind === 'check' ? 'verify' : kind,
    status: 'running',
    archive: archivePath,
    created: new Date(begun).toISOString(),
    updated: new Date(begun + elapsedMs).toISOString(),
    progress: {
      phase: kind === 'verify' || kind === 'check' ? 'checking' : 'transferring',
      folder: 'Lavoro/Delibere 2024',
      messages: { done: messages, total: sampleTotals.messages },
      octets: { done: octets, total: sampleTotals.octets },
      waiting: null,
    },
    figures,
    octets,
    workedMs: elapsedMs,
    elapsedMs,
    exceptions: 0,
    problem: null,
    ...more,
  };
}

/** The job's snapshots up to a share, close enough together that the time left can be told. */
export function jobUpTo(kind: SampleKind, share: number, last: Partial<JobSnapshot> = {}): readonly JobSnapshot[] {
  const steps = 60;
  const before = Array.from({ length: steps }, (_, step) => jobAt(kind, (share * step) / steps));
  return [...before, jobAt(kind, share, last)];
}

export function ended(kind: SampleKind, more: Partial<JobSnapshot> = {}): readonly JobSnapshot[] {
  return [jobAt(kind, 1, { status: 'succeeded', ...more })];
}

export function folderProgressAt(share: number): FolderProgress[] {
  let left = Math.round(share * sampleTotals.messages);
  return sampleFolders.map(({ path, role, messages, octets }) => {
    const total = messages ?? 0;
    const done = Math.min(total, Math.max(0, left));
    left -= total;
    return {
      path: [...path],
      role,
      state: done === total ? 'done' : done > 0 ? 'running' : 'waiting',
      messages: { done, total },
      octets: { done: Math.round(((octets ?? 0) * done) / Math.max(1, total)), total: octets },
      setAside: 0,
    };
  });
}
