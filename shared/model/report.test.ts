import { expect, test } from 'vitest';
import { outcomeOf } from './report-outcome.ts';
import { reportSchema, type MigrationReport, type ReportFolder } from './report.ts';

const folder: ReportFolder = {
  path: ['INBOX'],
  role: 'inbox',
  chosen: true,
  found: 100,
  stored: 100,
  alreadyPresent: 10,
  uploaded: 90,
  verified: 100,
  setAside: 0,
  missing: 0,
  bytes: 5000,
  differences: [],
};

const complete: MigrationReport = {
  format: 'travaso-report',
  version: 1,
  product: { name: 'Travaso', version: '0.1.0' },
  created: '2026-11-22T06:15:00Z',
  archive: { name: 'Posta', mailFormat: 'eml', sealed: { manifest: 'manifest-sha256.txt', sha256: 'a'.repeat(64) } },
  sources: ['imap://anna%40ente.it@old.ente.it'],
  target: 'imap://anna%40ente.it@new.ente.it',
  verification: { of: 'target', finished: '2026-11-22T06:00:00Z', byOctets: 100, byParts: 0 },
  totals: {
    found: 100,
    stored: 100,
    alreadyPresent: 10,
    uploaded: 90,
    verified: 100,
    setAside: 0,
    missing: 0,
    bytes: 5000,
  },
  folders: [folder],
  exceptions: [],
  runs: [],
  renamedFolders: [],
  lostKeywords: [],
  outcome: 'complete',
};

const withFolder = (changes: Partial<ReportFolder>) => ({ ...complete, folders: [{ ...folder, ...changes }] });

test('a report survives being written and read back, to the last figure', () => {
  expect(reportSchema.parse(JSON.parse(JSON.stringify(complete)))).toEqual(complete);
});

test('complete: every message found is stored and every one stored is proved at the target', () => {
  expect(outcomeOf(complete)).toBe('complete');
});

test.each<[string, Partial<ReportFolder>]>([
  ['one found is not stored', { stored: 99, verified: 99 }],
  ['one stored is not proved', { verified: 99 }],
  ['one is set aside', { setAside: 1 }],
  ['one is missing', { missing: 1 }],
])('partial when %s', (_, changes) => {
  expect(outcomeOf(withFolder(changes))).toBe('partial');
});

test('a surplus in one folder does not make up for a gap in another', () => {
  const folders = [
    { ...folder, stored: 99, verified: 99 },
    { ...folder, path: ['Inviata'], found: 99 },
  ];
  expect(outcomeOf({ ...complete, folders })).toBe('partial');
});

test.each<[string, Partial<MigrationReport>]>([
  ['the archive is open', { archive: { ...complete.archive, sealed: null } }],
  ['nothing was verified', { verification: null }],
  [
    'only the archive was verified, not the target',
    { verification: { of: 'archive', finished: '2026-11-22T06:00:00Z', byOctets: 100, byParts: 0 } },
  ],
  ['a folder was never uploaded', withFolder({ uploaded: null })],
  ['a folder was never verified', withFolder({ verified: null })],
  ['messages are still waiting', withFolder({ differences: [{ code: 'NOT_YET', count: 3 }] })],
])('incomplete while %s', (_, changes) => {
  expect(outcomeOf({ ...complete, ...changes })).toBe('incomplete');
});

test('an exception that is mere information does not spoil a complete report; one that costs something does', () => {
  const exception = (code: 'TARGET_FOLDER_RENAMED' | 'FOLDER_LIST_INCOMPLETE') =>
    ({ problem: { code, details: {} }, folder: null, message: null, phase: 'upload' }) as const;
  expect(outcomeOf({ ...complete, exceptions: [exception('TARGET_FOLDER_RENAMED')] })).toBe('complete');
  expect(outcomeOf({ ...complete, exceptions: [exception('FOLDER_LIST_INCOMPLETE')] })).toBe('partial');
});

test('a backup alone is complete once the archive was verified', () => {
  const backup: MigrationReport = {
    ...withFolder({ alreadyPresent: null, uploaded: null }),
    target: null,
    verification: { of: 'archive', finished: '2026-11-22T06:00:00Z', byOctets: 100, byParts: 0 },
    totals: { ...complete.totals, alreadyPresent: null, uploaded: null },
  };
  expect(reportSchema.safeParse(backup).success).toBe(true);
});

test('a folder left out by the person counts for nothing', () => {
  const junk = { ...folder, path: ['Spam'], chosen: false, found: 7, stored: null, verified: null, uploaded: null };
  expect(reportSchema.safeParse({ ...complete, folders: [folder, junk] }).success).toBe(true);
});

test('a report that contradicts itself is refused', () => {
  const refused = (changes: object) => {
    const result = reportSchema.safeParse({ ...complete, ...changes });
    return result.success ? [] : result.error.issues.map(issue => issue.path.join('.'));
  };
  expect(refused({ outcome: 'partial' })).toEqual(['outcome']);
  expect(refused({ folders: [{ ...folder, verified: 99 }] })).toEqual(['outcome', 'totals.verified']);
  expect(refused({ totals: { ...complete.totals, found: 101 } })).toEqual(['totals.found']);
  expect(refused({ totals: { ...complete.totals, missing: null } })).toEqual(['totals.missing']);
  expect(refused({ verification: { ...complete.verification, byOctets: 99 } })).toEqual(['verification']);
  expect(refused({ version: 2 })).toEqual(['version']);
});
