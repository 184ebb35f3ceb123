import { noOutcomes } from '../../shared/model/item.ts';
import type { ItemOutcomes } from '../../shared/model/item.ts';
import { noMessages } from '../../shared/model/job.ts';
import type { JobSnapshot } from '../../shared/model/job.ts';
import type { MigrationReport } from '../../shared/model/report.ts';
import { ended, jobAt, jobUpTo } from './sample-jobs.ts';
import { planWithItems } from './sample-plan.ts';
import { sampleReport } from './sample-report.ts';
import { withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { opened } from './scenarios-archive.ts';
import { usualResult } from './usual-answers.ts';

const atVerify = { ...withTarget, step: 'verify' as const };
const atUpload = { ...withTarget, step: 'upload' as const };

type Rows = NonNullable<MigrationReport['items']>;
const rows: Rows = [
  { kind: 'contact', path: ['Rubrica'], found: 312, stored: 312, setAside: 0, bytes: 480_000, verified: 312 },
  { kind: 'event', path: ['Calendario'], found: 1722, stored: 1722, setAside: 0, bytes: 900_000, verified: 1722 },
  { kind: 'task', path: ['Attività'], found: 1, stored: 1, setAside: 0, bytes: 900, verified: 1 },
];

const noMail = {
  folders: [],
  verification: { of: 'archive', finished: '2026-11-22T08:39:00.000Z', byOctets: 0, byParts: 0 },
  totals: {
    ...{ found: null, stored: null, alreadyPresent: null, uploaded: null, verified: null },
    ...{ setAside: null, missing: null, bytes: null },
  },
} as const;

const withoutMail: Partial<JobSnapshot> = {
  figures: noMessages,
  progress: {
    ...jobAt('upload', 0).progress,
    folder: 'Calendario',
    messages: { done: 0, total: 0 },
    octets: { done: 0, total: 0 },
  },
};

const uploaded: ItemOutcomes = {
  contact: { ...noOutcomes, toCarry: 312, uploaded: 300, alreadyPresent: 10, setAside: 2 },
  event: { ...noOutcomes, toCarry: 1722, uploaded: 1722 },
};
const proved: ItemOutcomes = {
  contact: { ...noOutcomes, toCarry: 312, verified: 308, setAside: 2, differs: 1, missing: 1 },
  event: { ...noOutcomes, toCarry: 1722, verified: 1722 },
};
const whole: ItemOutcomes = { event: { ...noOutcomes, toCarry: 1722, verified: 1722 } };

/** What a check says of contacts, calendars and the rest, beside mail and where there is no mail at all. */
export const proofScenarios: readonly Scenario[] = [
  {
    name: 'verify-items',
    wizard: atVerify,
    jobs: [ended('verify')],
    answers: { 'report.read': () => sampleReport({ uploaded: false, sealed: true, troubled: false }, { items: rows }) },
  },
  {
    name: 'verify-no-mail',
    wizard: atVerify,
    jobs: [ended('verify', withoutMail)],
    answers: {
      'report.read': () => sampleReport({ uploaded: false, sealed: true, troubled: false }, { ...noMail, items: rows }),
    },
  },
  { name: 'verify-no-mail-running', wizard: atVerify, jobs: [[jobAt('verify', 0, withoutMail)]] },
  {
    name: 'map-no-mail',
    wizard: { ...withTarget, step: 'map' },
    jobs: [ended('plan')],
    answers: {
      'jobs.result': () => ({ ...usualResult, plan: { ...planWithItems, folders: [], messages: 0, octets: 0 } }),
    },
  },
  { name: 'upload-items-running', wizard: atUpload, jobs: [jobUpTo('upload', 1, { itemOutcomes: uploaded })] },
  {
    name: 'upload-items-checking',
    wizard: atUpload,
    jobs: [ended('upload', { itemOutcomes: uploaded }), jobUpTo('check', 1, { itemOutcomes: proved })],
  },
  {
    name: 'upload-items-partial',
    wizard: atUpload,
    jobs: [
      ended('upload', { status: 'partial', itemOutcomes: uploaded }),
      ended('check', { status: 'partial', itemOutcomes: proved }),
    ],
  },
  {
    name: 'upload-no-mail-running',
    wizard: { ...atUpload, jobs: { ...atUpload.jobs, check: null } },
    jobs: [[jobAt('upload', 0, { ...withoutMail, itemOutcomes: uploaded })]],
    answers: { 'jobs.folders': () => [] },
  },
  {
    name: 'upload-no-mail',
    wizard: atUpload,
    jobs: [
      ended('upload', { ...withoutMail, itemOutcomes: { event: { ...noOutcomes, toCarry: 1722, uploaded: 1722 } } }),
      ended('check', { ...withoutMail, itemOutcomes: whole }),
    ],
    answers: { 'jobs.folders': () => [] },
  },
  {
    name: 'report-no-mail',
    wizard: { ...withTarget, step: 'report' },
    answers: {
      'report.read': () =>
        sampleReport(
          { uploaded: true, sealed: true, troubled: false },
          {
            ...{ ...noMail, verification: { ...noMail.verification, of: 'target' } },
            items: rows.map(row =>
              row.kind === 'task'
                ? { ...row, toCarry: 1, byHand: 1, verified: 0 }
                : { ...row, setAside: 0, toCarry: row.stored, uploaded: row.stored },
            ),
          },
        ),
    },
  },
  {
    ...opened('archive-verified-items', {
      answers: {
        'jobs.result': () => ({
          ...{ ...usualResult, kind: 'verify' as const, figures: noMessages },
          itemOutcomes: { contact: { ...noOutcomes, verified: 312 }, event: { ...noOutcomes, verified: 1722 } },
        }),
      },
      act: async hand => {
        await hand.press('Controlla di nuovo');
        await hand.press('Comincia il controllo');
      },
    }),
    jobs: [ended('verify', withoutMail)],
  },
];
