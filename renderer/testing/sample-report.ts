import type { MigrationReport, ReportException, ReportFolder } from '../../shared/model/report.ts';
import { countNames } from '../../shared/model/report.ts';
import { outcomeOf } from '../../shared/model/report-outcome.ts';
import { sampleFolders } from './sample-mailbox.ts';

const hash = '3f9a0c6d2f0b4c1e8a7d5b6c9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b';

interface Wanted {
  readonly uploaded: boolean;
  readonly sealed: boolean;
  /** Gives two folders something to look at and leaves one out. */
  readonly troubled: boolean;
}

/**
 * A report that bears itself out: the totals are summed and the outcome is found as the engine finds it.
 *
 * @param more stands in the place of what the sample says
 */
export function sampleReport(
  { uploaded, sealed, troubled }: Wanted,
  more: Partial<MigrationReport> = {},
): MigrationReport {
  const folders = sampleFolders.map((folder, index): ReportFolder => {
    const all = folder.messages ?? 0;
    const setAside = troubled && index === 6 ? 1 : 0;
    const chosen = !(troubled && index === 13);
    const there = sealed ? all : Math.round(all / 2);
    return {
      path: [...folder.path],
      role: folder.role,
      chosen,
      found: chosen ? all : null,
      stored: chosen ? there : null,
      alreadyPresent: uploaded && chosen ? (index === 0 ? 12 : 0) : null,
      uploaded: uploaded && chosen ? all - setAside - (index === 0 ? 12 : 0) : null,
      verified: sealed && chosen ? all - setAside : null,
      setAside: chosen ? setAside : null,
      missing: sealed && chosen ? 0 : null,
      bytes: chosen ? (folder.octets ?? 0) : null,
      differences: [
        ...(uploaded && index === 0 ? [{ code: 'ALREADY_AT_TARGET' as const, count: 12 }] : []),
        ...(setAside > 0 ? [{ code: 'TARGET_MESSAGE_TOO_LARGE' as const, count: 1 }] : []),
        ...(sealed ? [] : [{ code: 'NOT_YET' as const, count: all - there }]),
      ],
    };
  });
  const exceptions: ReportException[] = troubled
    ? [
        {
          problem: { code: 'TARGET_MESSAGE_TOO_LARGE', details: { sizeBytes: 61_300_000, limitBytes: 50_000_000 } },
          folder: ['Lavoro', 'Delibere 2024'],
          message: { id: '7-212', subject: 'Planimetrie', from: null, date: null, sha256: hash, file: null },
          phase: 'upload',
        },
      ]
    : [];
  const chosen = folders.filter(folder => folder.chosen);
  const totals = Object.fromEntries(
    countNames.map(name => {
      const known = chosen.map(folder => folder[name]).filter(value => value !== null);
      return [name, known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)];
    }),
  ) as MigrationReport['totals'];
  const report: Omit<MigrationReport, 'outcome'> = {
    format: 'travaso-report',
    version: 1,
    product: { name: 'Travaso', version: '0.1.0' },
    created: '2026-11-22T08:40:00.000Z',
    archive: {
      name: 'Travaso anna.verdi@ente.it',
      mailFormat: 'mbox',
      sealed: sealed ? { manifest: 'manifest-sha256.txt', sha256: hash } : null,
    },
    sources: ['imap://anna.verdi%40ente.it@posta.ente.it'],
    target: uploaded ? 'imap://anna.verdi%40ente.it@nuova.ente.it' : null,
    verification: sealed
      ? {
          of: uploaded ? 'target' : 'archive',
          finished: '2026-11-22T08:39:00.000Z',
          byOctets: totals.verified ?? 0,
          byParts: 0,
        }
      : null,
    totals,
    folders,
    exceptions,
    runs: [],
    renamedFolders: [],
    lostKeywords: [],
    ...more,
  };
  return { ...report, outcome: outcomeOf(report) };
}
