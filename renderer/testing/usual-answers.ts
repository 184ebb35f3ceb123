import type { Output } from '../../shared/contract.ts';
import type { HostInfo } from '../../shared/host-contract.ts';
import type { Place } from '../../shared/model/place.ts';
import { noMessages } from '../../shared/model/job.ts';
import type { Answers } from './fake-engine.ts';
import { jobIds } from './sample-jobs.ts';
import { sampleFolders, sampleTotals } from './sample-mailbox.ts';
import { outlookFile, recognised } from './sample-files.ts';
import { samplePlan } from './sample-plan.ts';
import { sampleReport } from './sample-report.ts';

export const signInId = '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b01';
const surveyId = '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b02';
export const manifestHash = '3f9a0c6d2f0b4c1e8a7d5b6c9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b';

export const emptyPlace: Place = { freeBytes: 182_000_000_000, holds: 'nothing', archive: null, problem: null };

export const archivePlace: Place = {
  ...emptyPlace,
  holds: 'archive',
  archive: {
    source: 'imap://anna.verdi%40ente.it@posta.ente.it',
    target: null,
    mailFormat: 'mbox',
    sealed: true,
    messages: sampleTotals.messages,
    octets: sampleTotals.octets,
    lastJob: null,
  },
};

export const inWindow: HostInfo = {
  host: 'window',
  version: '0.1.0',
  language: 'it',
  picker: 'native',
  printsToPdf: true,
  tray: true,
};
export const inBrowser: HostInfo = { ...inWindow, host: 'browser', picker: 'listed', printsToPdf: false, tray: false };

export const usualResult: Output<'jobs.result'> = {
  kind: 'backup',
  figures: {
    ...noMessages,
    found: sampleTotals.messages,
    stored: sampleTotals.messages,
    verified: sampleTotals.messages,
  },
  exceptions: [],
  plan: samplePlan,
  manifestSha256: manifestHash,
  written: [],
};

/** Everything goes well, and nothing moves by itself. */
export const usualAnswers: Answers = {
  'host.info': () => inWindow,
  'host.writeState': () => ({}),
  'host.pickFile': () => ({ path: outlookFile.path }),
  'host.pickFolder': () => ({ path: '/home/anna/Documenti' }),
  'host.saveFile': ({ suggestedName }) => ({ path: `/home/anna/Documenti/${suggestedName}` }),
  'host.setLanguage': () => ({}),
  'host.printReport': () => ({}),
  'host.writeText': () => ({}),
  'host.reveal': () => ({}),
  'organisation.read': () => ({ profile: null, fingerprint: null, problem: null, freeze: null }),
  'account.find': ({ server }) => ({
    accounts: [
      {
        address: `imaps://anna.verdi%40ente.it@${server ?? 'posta.ente.it'}`,
        tls: 'implicit',
        host: server ?? 'posta.ente.it',
        signIn: 'password',
        by: server === null ? 'lookup' : 'typed',
        judgement: { verdict: 'own', resembles: null },
      },
    ],
  }),
  'file.recognise': () => ({ name: outlookFile.name, found: [{ ...recognised.outlook, problem: null }] }),
  'signIn.begin': () => ({ signInId, step: { step: 'done', identity: 'anna.verdi@ente.it', kept: false } }),
  'signIn.forget': () => ({}),
  'survey.start': () => ({ surveyId }),
  'survey.read': () => ({ phase: 'done', folders: [...sampleFolders], items: [], remarks: [], problem: null }),
  'archive.inspect': ({ path }) =>
    path === '/home/anna/Documenti' ? { ...emptyPlace, holds: 'other-files' } : emptyPlace,
  'folders.leaveOut': () => ({}),
  'map.write': () => ({ mapFile: '/home/anna/map.json' }),
  'backup.start': () => ({ jobId: jobIds.backup }),
  'verify.start': ({ target }) => ({ jobId: target === null ? jobIds.verify : jobIds.check }),
  'upload.plan': () => ({ jobId: jobIds.plan }),
  'upload.start': () => ({ jobId: jobIds.upload }),
  'jobs.pause': () => ({}),
  'jobs.retryNow': () => ({}),
  'jobs.result': ({ jobId }) => ({ ...usualResult, kind: jobId === jobIds.backup ? 'backup' : 'verify' }),
  'report.read': () => sampleReport({ uploaded: true, sealed: true, troubled: false }),
  'report.write': () => ({ outcome: 'complete' }),
  'diagnostics.read': () => ({
    text: [
      'Travaso 0.1.0 · Linux 6.8 x64 · lingua it',
      'archivio: mbox, chiuso sì, 12.809 messaggi, 14 cartelle',
      'lavoro backup: riuscito, 3.600 s, 0 eccezioni',
      'lavoro verify: riuscito, 412 s, 0 eccezioni',
      'ultimo codice: nessuno',
    ].join('\n'),
  }),
};
