import { noOutcomes } from '../../shared/model/item.ts';
import { noMessages } from '../../shared/model/job.ts';
import { newWizard } from '../state/wizard.ts';
import { fails, signInFails } from './fake-engine.ts';
import { ended, jobAt, jobUpTo } from './sample-jobs.ts';
import { sampleTotals } from './sample-mailbox.ts';
import { planTooSmall, planWithDuplicates, planWithItems, planWithRefusals } from './sample-plan.ts';
import { sampleReport } from './sample-report.ts';
import { described, withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { inBrowser, usualResult } from './usual-answers.ts';

const atTarget = { ...described, step: 'target' as const, target: { ...newWizard.target, mail: 'anna.verdi@ente.it' } };
const atMap = { ...withTarget, step: 'map' as const };
const atUpload = { ...withTarget, step: 'upload' as const, jobs: { ...withTarget.jobs, check: null } };
const atCheck = { ...withTarget, step: 'upload' as const };
const atReport = { ...withTarget, step: 'report' as const };
const planned = [ended('plan')];

export const newMailboxScenarios: readonly Scenario[] = [
  { name: 'target', wizard: atTarget },
  {
    name: 'target-refused',
    wizard: atTarget,
    answers: signInFails('SIGNIN_REFUSED', { host: 'nuova.ente.it' }),
    act: async hand => {
      await hand.type('Password', 'una password');
      await hand.press('Entra');
    },
  },
  { name: 'map-planning', wizard: atMap, jobs: [[jobAt('plan', 0)]] },
  { name: 'map', wizard: atMap, jobs: planned },
  {
    name: 'map-refusals',
    wizard: atMap,
    jobs: planned,
    answers: { 'jobs.result': () => ({ ...usualResult, plan: planWithRefusals }) },
  },
  {
    name: 'map-duplicates',
    wizard: atMap,
    jobs: planned,
    answers: { 'jobs.result': () => ({ ...usualResult, plan: planWithDuplicates }) },
  },
  {
    name: 'map-no-room',
    wizard: atMap,
    jobs: planned,
    answers: { 'jobs.result': () => ({ ...usualResult, plan: planTooSmall }) },
  },
  {
    name: 'map-items',
    wizard: atMap,
    jobs: planned,
    answers: {
      'jobs.result': () => ({ ...usualResult, plan: planWithItems }),
    },
  },
  {
    name: 'map-items-staying',
    wizard: atMap,
    jobs: planned,
    answers: {
      'jobs.result': () => ({ ...usualResult, plan: planWithItems }),
    },
    act: hand => hand.click('#go-event'),
  },
  {
    name: 'upload-items-by-hand',
    wizard: atCheck,
    jobs: [
      ended('upload', { itemOutcomes: { contact: { ...noOutcomes, toCarry: 312, byHand: 312 } } }),
      ended('check', {}),
    ],
    act: async hand => {
      await hand.press('Sì, carica contatti e calendari');
      await hand.press('Entra e carica');
    },
  },
  {
    name: 'upload-items',
    wizard: atCheck,
    jobs: [
      ended('upload', { itemOutcomes: { contact: { ...noOutcomes, toCarry: 312, uploaded: 310, setAside: 2 } } }),
      ended('check', { itemOutcomes: { contact: { ...noOutcomes, toCarry: 312, verified: 309, missing: 1 } } }),
    ],
  },
  { name: 'map-change', wizard: atMap, jobs: planned, act: hand => hand.press('Cambia la destinazione di Protocollo') },
  {
    name: 'map-failed',
    wizard: atMap,
    jobs: [
      [jobAt('plan', 0, { status: 'failed', problem: { code: 'SERVER_BUSY', details: { host: 'nuova.ente.it' } } })],
    ],
  },
  {
    name: 'map-mailbox-shut',
    wizard: atMap,
    jobs: [
      [
        jobAt('plan', 0, {
          status: 'failed',
          problem: { code: 'MAILBOX_NOT_CONNECTED', details: { user: 'anna.verdi@ente.it' } },
        }),
      ],
    ],
    answers: { 'signIn.itLetter': () => ({ text: '# Richiesta per l’ufficio informatico' }) },
    act: hand => hand.press('Scrivi la lettera per l’ufficio informatico'),
  },
  {
    name: 'map-after-restart',
    wizard: atMap,
    signedIn: false,
    answers: { 'jobs.list': () => [...ended('plan')], 'jobs.result': fails('JOB_UNKNOWN') },
  },
  { name: 'map-password-again', wizard: { ...atMap, jobs: { ...atMap.jobs, plan: null } }, signedIn: false },
  { name: 'upload-running', wizard: atUpload, jobs: [jobUpTo('upload', 0.3)] },
  { name: 'upload-paused', wizard: atUpload, jobs: [jobUpTo('upload', 0.3, { status: 'paused' })] },
  {
    name: 'upload-interrupted',
    wizard: atUpload,
    signedIn: false,
    jobs: [[jobAt('upload', 0.3, { status: 'interrupted' })]],
  },
  {
    name: 'upload-quota',
    wizard: atUpload,
    jobs: [
      [
        jobAt('upload', 0.8, {
          status: 'failed',
          problem: { code: 'TARGET_QUOTA', details: { usedBytes: 24_999_000_000, limitBytes: 25_000_000_000 } },
        }),
      ],
    ],
  },
  { name: 'upload-checking', wizard: atCheck, jobs: [ended('upload'), jobUpTo('check', 0.5)] },
  {
    name: 'upload-check-waits',
    wizard: { ...atUpload, jobs: { ...atUpload.jobs, check: null } },
    signedIn: false,
    jobs: [ended('upload')],
  },
  { name: 'upload-done', wizard: atCheck, jobs: [ended('upload'), ended('check')] },
  {
    name: 'upload-partial',
    wizard: atCheck,
    jobs: [
      ended('upload', { status: 'partial' }),
      ended('check', {
        status: 'partial',
        figures: { ...noMessages, found: sampleTotals.messages, verified: sampleTotals.messages - 1, setAside: 1 },
      }),
    ],
  },
  { name: 'report-complete', wizard: atReport },
  {
    name: 'report-partial',
    wizard: atReport,
    answers: { 'report.read': () => sampleReport({ uploaded: true, sealed: true, troubled: true }) },
  },
  {
    name: 'report-incomplete',
    wizard: { ...atReport, target: newWizard.target },
    answers: { 'report.read': () => sampleReport({ uploaded: false, sealed: false, troubled: false }) },
  },
  {
    name: 'report-items',
    wizard: atReport,
    answers: {
      'report.read': () =>
        sampleReport(
          { uploaded: true, sealed: true, troubled: false },
          {
            items: [
              {
                ...{ kind: 'contact', path: ['Rubrica'], found: 312, stored: 312, setAside: 2, bytes: 480_000 },
                ...{ toCarry: 312, uploaded: 298, alreadyPresent: 12, verified: 309, missing: 1, byHand: 0 },
              },
              { kind: 'file', path: ['Briefcase'], found: 14, stored: 14, setAside: 0, bytes: 9_800_000, byHand: 14 },
            ],
            leftOutItems: [{ kind: 'rule', items: 2 }],
          },
        ),
    },
  },
  { name: 'report-english', wizard: atReport, language: 'en' },
  { name: 'report-saved', wizard: atReport, act: hand => hand.press('Salva come PDF') },
  {
    name: 'report-not-saved',
    wizard: atReport,
    answers: { 'report.write': fails('DISK_NOT_WRITABLE', { path: '/home/anna/Documenti' }) },
    act: hand => hand.press('Salva come pagina (HTML)'),
  },
  {
    name: 'report-in-browser',
    wizard: atReport,
    answers: {
      'host.info': () => inBrowser,
    },
  },
  {
    name: 'report-failed',
    wizard: atReport,
    answers: { 'report.read': fails('ARCHIVE_NOT_FOUND', { path: '/media/anna/CHIAVETTA' }) },
  },
];
