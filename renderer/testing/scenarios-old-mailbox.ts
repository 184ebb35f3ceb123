import { fails, never, signInFails } from './fake-engine.ts';
import { ended, jobAt, jobUpTo } from './sample-jobs.ts';
import { manyFolders, sampleFolders, sampleTotals } from './sample-mailbox.ts';
import { described, withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { sampleReport } from './sample-report.ts';
import { archivePlace, emptyPlace } from './usual-answers.ts';
import type { Hand } from './hand.ts';
import type { Survey } from '../../shared/model/mailbox.ts';
import { noMessages } from '../../shared/model/job.ts';
import { newWizard } from '../state/wizard.ts';

const signIn = async (hand: Hand): Promise<void> => {
  await hand.type('Password', 'una password');
  await hand.press('Entra');
};
const atSource = { ...described, step: 'source' as const, source: { ...described.source, account: null } };
const atChoose = { ...described, step: 'choose' as const };
const atBackup = { ...described, step: 'backup' as const };
const atVerify = { ...withTarget, step: 'verify' as const };
const host = 'posta.ente.it';
const everyKind: Survey['items'] = [
  { kind: 'event', items: 1840 },
  { kind: 'contact', items: 312 },
  { kind: 'task', items: 1 },
  { kind: 'file', items: null },
  { kind: 'note', items: 0 },
  { kind: 'rule', items: 2 },
  { kind: 'signature', items: 3 },
  { kind: 'settings', items: 2 },
];

export const oldMailboxScenarios: readonly Scenario[] = [
  { name: 'welcome', wizard: null },
  { name: 'welcome-english', wizard: null, language: 'en' },
  { name: 'source', wizard: { ...newWizard, step: 'source' } },
  {
    name: 'source-missing-mail',
    wizard: { ...newWizard, step: 'source' },
    act: hand => hand.press('Entra'),
  },
  { name: 'source-missing-password', wizard: atSource, act: hand => hand.press('Entra') },
  { name: 'source-entering', wizard: atSource, answers: { 'signIn.begin': () => never() }, act: signIn },
  {
    name: 'source-refused',
    wizard: atSource,
    answers: signInFails('SIGNIN_REFUSED', { host }),
    act: signIn,
  },
  { name: 'source-not-found', wizard: atSource, answers: { 'account.find': () => ({ accounts: [] }) }, act: signIn },
  {
    name: 'source-unreachable',
    wizard: { ...atSource, source: { ...atSource.source, server: host } },
    answers: signInFails('SERVER_UNREACHABLE', { host }),
    act: signIn,
  },
  {
    name: 'source-certificate',
    wizard: atSource,
    answers: signInFails('TLS_CERTIFICATE_EXPIRED', { host }),
    act: signIn,
  },
  {
    name: 'source-engine-stopped',
    wizard: atSource,
    answers: { 'account.find': fails('ENGINE_STOPPED') },
    act: signIn,
  },
  {
    name: 'choose-shared',
    wizard: {
      ...atChoose,
      source: { ...atChoose.source, account: { address: `zimbra://anna.verdi%40ente.it@${host}`, tls: 'implicit' } },
      sharedFolders: ['Ufficio protocollo'],
    },
    answers: {
      'survey.read': () => ({
        phase: 'done',
        folders: [...sampleFolders],
        items: [],
        remarks: [
          {
            code: 'FOLDER_SKIPPED',
            details: { folder: 'Segreteria', reason: 'other-people', owner: 'segreteria@ente.it' },
          },
        ],
        problem: null,
      }),
    },
  },
  {
    name: 'choose-kinds',
    wizard: {
      ...atChoose,
      source: { ...atChoose.source, account: { address: `zimbra://anna.verdi%40ente.it@${host}`, tls: 'implicit' } },
      leftOut: [['Posta indesiderata']],
      leftOutItems: ['file'],
    },
    answers: {
      'survey.read': () => ({
        phase: 'done',
        folders: [...sampleFolders],
        items: everyKind,
        remarks: [],
        problem: null,
      }),
    },
  },
  {
    name: 'choose-listing',
    wizard: { ...atChoose, archive: null },
    answers: { 'survey.read': () => ({ phase: 'listing', folders: [], items: [], remarks: [], problem: null }) },
  },
  {
    name: 'choose-counting',
    wizard: { ...atChoose, archive: null },
    answers: {
      'survey.read': () => ({
        phase: 'counting',
        folders: sampleFolders.map((folder, index) =>
          index < 4 ? folder : { ...folder, messages: null, octets: null },
        ),
        items: [],
        remarks: [],
        problem: null,
      }),
    },
  },
  {
    name: 'choose',
    wizard: { ...atChoose, leftOut: [['Posta indesiderata'], ['Lavoro', 'Progetti', 'Ponte / Lotto 2']] },
  },
  {
    // A share at the other end of the office's line.
    name: 'choose-place-slow',
    wizard: atChoose,
    answers: {
      'archive.inspect': () => new Promise(resolve => setTimeout(resolve, 1500, emptyPlace)),
    },
  },
  { name: 'choose-no-place', wizard: { ...atChoose, archive: null }, act: hand => hand.press('Salva i messaggi') },
  {
    name: 'choose-no-folder',
    wizard: atChoose,
    act: async hand => {
      await hand.press('Togli tutto');
      await hand.press('Salva i messaggi');
    },
  },
  {
    name: 'choose-no-room',
    wizard: atChoose,
    answers: { 'archive.inspect': () => ({ ...emptyPlace, freeBytes: 1_100_000_000 }) },
  },
  {
    name: 'choose-not-writable',
    wizard: atChoose,
    answers: {
      'archive.inspect': () => ({
        ...emptyPlace,
        problem: { code: 'DISK_NOT_WRITABLE', details: { path: '/media/sola-lettura' } },
      }),
    },
  },
  { name: 'choose-existing', wizard: atChoose, answers: { 'archive.inspect': () => archivePlace } },
  {
    name: 'choose-2000-folders',
    wizard: atChoose,
    answers: {
      'survey.read': () => ({ phase: 'done', folders: manyFolders(2000), items: [], remarks: [], problem: null }),
    },
  },
  {
    name: 'choose-failed',
    wizard: atChoose,
    answers: {
      'survey.read': () => ({
        phase: 'failed',
        folders: [],
        items: [],
        remarks: [],
        problem: { code: 'CONNECTION_LOST', details: { host } },
      }),
    },
  },
  { name: 'choose-password-again', wizard: atChoose, signedIn: false },
  {
    name: 'backup-connecting',
    wizard: atBackup,
    jobs: [
      [
        jobAt('backup', 0, {
          progress: {
            phase: 'connecting',
            folder: null,
            messages: { done: 0, total: null },
            octets: { done: 0, total: null },
            waiting: null,
          },
        }),
      ],
    ],
    answers: { 'jobs.folders': () => [] },
  },
  { name: 'backup-running', wizard: atBackup, jobs: [jobUpTo('backup', 0.4)] },
  {
    name: 'backup-2000-folders',
    wizard: atBackup,
    jobs: [jobUpTo('backup', 0.4)],
    answers: {
      'jobs.folders': () =>
        manyFolders(2000).map(({ path, messages, octets }, index) => ({
          path,
          role: null,
          state: index < 800 ? 'done' : 'waiting',
          messages: { done: index < 800 ? (messages ?? 0) : 0, total: messages },
          octets: { done: index < 800 ? (octets ?? 0) : 0, total: octets },
          setAside: 0,
        })),
    },
  },
  {
    name: 'backup-throttled',
    wizard: atBackup,
    jobs: [
      jobUpTo('backup', 0.4, {
        progress: {
          ...jobAt('backup', 0.4).progress,
          phase: 'waiting',
          waiting: {
            problem: { code: 'SERVER_THROTTLED', details: { host }, retryAfterMs: 300_000 },
            until: '2026-11-22T07:15:00.000Z',
          },
        },
      }),
    ],
  },
  {
    name: 'backup-server-away',
    wizard: atBackup,
    jobs: [
      jobUpTo('backup', 0.4, {
        progress: {
          ...jobAt('backup', 0.4).progress,
          waiting: {
            problem: { code: 'SERVER_REFUSED_CONNECTION', details: { host, port: 993 } },
            until: '2026-11-22T07:15:00.000Z',
          },
        },
      }),
    ],
  },
  { name: 'backup-pausing', wizard: atBackup, jobs: [jobUpTo('backup', 0.4, { status: 'pausing' })] },
  { name: 'backup-paused', wizard: atBackup, jobs: [jobUpTo('backup', 0.4, { status: 'paused' })] },
  {
    name: 'backup-interrupted',
    wizard: atBackup,
    signedIn: false,
    jobs: [[jobAt('backup', 0.4, { status: 'interrupted' })]],
  },
  { name: 'backup-unknown', wizard: atBackup, signedIn: false },
  {
    name: 'backup-disk-full',
    wizard: atBackup,
    jobs: [
      [jobAt('backup', 0.4, { status: 'failed', problem: { code: 'DISK_FULL', details: { path: '/media/anna' } } })],
    ],
  },
  { name: 'backup-done', wizard: atBackup, jobs: [ended('backup')] },
  {
    name: 'backup-partial',
    wizard: atBackup,
    jobs: [
      ended('backup', {
        status: 'partial',
        exceptions: 2,
        figures: { ...noMessages, found: sampleTotals.messages, stored: sampleTotals.messages - 2, setAside: 2 },
      }),
    ],
  },
  { name: 'verify-running', wizard: atVerify, jobs: [jobUpTo('verify', 0.6)] },
  { name: 'verify-good', wizard: atVerify, jobs: [ended('verify')] },
  {
    name: 'verify-attention',
    wizard: atVerify,
    jobs: [ended('verify', { status: 'partial' })],
    answers: { 'report.read': () => sampleReport({ uploaded: false, sealed: true, troubled: true }) },
  },
  {
    // After a restart: the engine knows no result any more, the archive knows all that matters.
    name: 'verify-after-restart',
    wizard: atVerify,
    answers: {
      'jobs.list': () => [...ended('verify')],
      'jobs.result': fails('JOB_UNKNOWN'),
      'report.read': () => sampleReport({ uploaded: false, sealed: true, troubled: false }),
    },
  },
  {
    name: 'verify-damaged',
    wizard: atVerify,
    jobs: [
      [
        jobAt('verify', 0.7, {
          status: 'failed',
          problem: { code: 'ARCHIVE_DAMAGED', details: { file: 'data/mail/protocollo.mbox' } },
        }),
      ],
    ],
    answers: { 'report.read': fails('ARCHIVE_DAMAGED') },
  },
];
