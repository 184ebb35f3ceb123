import { errorCodes } from '../errors.ts';
import type { MigrationReport, ReportFolder } from './report.ts';

export const outcomes = ['complete', 'partial', 'incomplete'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * - `incomplete`: the work has not come to its end. The archive is not sealed, a chosen folder was not counted, sent or
 *   proved to the last, or the proof is of something else than what the report is about.
 * - `partial`: it came to its end, and some messages or folders did not make it; each is among the exceptions.
 * - `complete`: in every chosen folder, every message found is stored and every one stored is proved, at the target
 *   or, without one, in the archive. Folder by folder: a surplus in one never makes up for a gap in another.
 */
export function outcomeOf(report: Omit<MigrationReport, 'outcome'>): Outcome {
  const subject = report.target === null ? 'archive' : 'target';
  const chosen = report.folders.filter(folder => folder.chosen);
  const ended =
    report.archive.sealed !== null &&
    report.verification?.of === subject &&
    chosen.every(folder => isCounted(folder, subject)) &&
    (report.items ?? []).every(isProved) &&
    !chosen.some(folder => folder.differences.some(({ code, count }) => code === 'NOT_YET' && count > 0));
  if (!ended) return 'incomplete';
  const clean =
    chosen.every(isWhole) &&
    (report.items ?? []).every(isCarried) &&
    report.exceptions.every(({ problem }) => errorCodes[problem.code].exit === 0);
  return clean ? 'complete' : 'partial';
}

type ItemRow = NonNullable<MigrationReport['items']>[number];

/** Items that an upload came to are proved too, but for those that the person carries. */
function isProved({ toCarry, verified }: ItemRow): boolean {
  return toCarry === undefined || verified !== undefined;
}

function isCarried({ toCarry, verified = 0, byHand = 0 }: ItemRow): boolean {
  return toCarry === undefined || toCarry === verified + byHand;
}

function isCounted(folder: ReportFolder, subject: 'archive' | 'target'): boolean {
  const { found, stored, verified, uploaded } = folder;
  return found !== null && stored !== null && verified !== null && (subject === 'archive' || uploaded !== null);
}

function isWhole(folder: ReportFolder): boolean {
  const { found, stored, verified, setAside, missing } = folder;
  // What the old mailbox no longer has, and a message that another copy stands for, stay in the archive and are not
  // carried over: they are accounted for all the same.
  const counted = (wanted: string): number => folder.differences.find(({ code }) => code === wanted)?.count ?? 0;
  const kept = counted('GONE_FROM_SOURCE') + counted('MESSAGE_REPRESENTED');
  return found === stored && stored === (verified ?? 0) + kept && (setAside ?? 0) === 0 && (missing ?? 0) === 0;
}
