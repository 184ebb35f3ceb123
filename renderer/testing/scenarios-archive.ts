import type { ArchiveView, IndexState } from '../../shared/model/message-list.ts';
import type { UploadPlan } from '../../shared/model/upload-plan.ts';
import type { Browsing } from '../state/remembered.ts';
import type { Answers } from './fake-engine.ts';
import { fails, never } from './fake-engine.ts';
import type { Hand } from './hand.ts';
import { archiveAnswers, listPage, noIndex, readyIndex, sampleView } from './sample-archive.ts';
import { archivePath, ended, jobAt, jobIds, jobUpTo } from './sample-jobs.ts';
import { planWithRefusals, samplePlan } from './sample-plan.ts';
import { oneArchive, withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { inBrowser, usualResult } from './usual-answers.ts';

const other = '/media/anna/CHIAVETTA/Travaso 2025';
const browsing: Browsing = { open: [archivePath], at: archivePath };

interface Opened {
  readonly view?: Partial<ArchiveView>;
  readonly index?: IndexState;
  readonly answers?: Answers;
  readonly act?: (hand: Hand) => Promise<void>;
}

export function opened(name: string, { view = {}, index = readyIndex, answers = {}, act }: Opened = {}): Scenario {
  return {
    name,
    view: 'archive',
    wizard: null,
    archives: oneArchive,
    browsing,
    answers: {
      ...archiveAnswers,
      'archive.open': () => ({ ...sampleView, index, ...view }),
      'index.read': () => index,
      ...answers,
    },
    ...(act === undefined ? {} : { act }),
  };
}

function refused(name: string, ...problem: Parameters<typeof fails>): Scenario {
  return opened(name, { answers: { 'archive.open': fails(...problem) } });
}

const searching =
  (query: string) =>
  async (hand: Hand): Promise<void> => {
    await hand.type('Cerca in questo archivio', query);
    await hand.press('Cerca');
  };
const hinting = (kind: 'nothing-found' | 'date-not-understood' | 'empty', text: string): Answers => ({
  'messages.search': () => ({ total: 0, hits: [], hint: { kind, text } }),
});
const building: IndexState = { ...noIndex, phase: 'building', messages: { done: 112_400, total: 300_000 } };
const path = archivePath;
const exporting: Answers = { 'export.start': () => ({ jobId: jobIds.backup }) };
const sealing: Answers = { 'seal.start': () => ({ jobId: jobIds.backup }) };

async function typePhrases(hand: Hand, first: string, second: string): Promise<void> {
  await hand.press('Copia cifrata');
  await hand.type('Frase segreta', first);
  await hand.type('La stessa frase, un’altra volta', second);
  await hand.press('Scegli dove, poi copia');
}

async function planRestore(hand: Hand): Promise<void> {
  await hand.click('[data-index="1"] .t-line-state');
  await hand.press('Rimetti in una casella');
  await hand.press('Scegli la casella');
}
async function restore(hand: Hand): Promise<void> {
  await planRestore(hand);
  await hand.press('Rimetti i messaggi');
}
const planning = (plan: UploadPlan): Answers => ({ 'jobs.result': () => ({ ...usualResult, kind: 'plan', plan }) });
const nothingLeft: UploadPlan = {
  ...samplePlan,
  messages: 0,
  octets: 0,
  folders: samplePlan.folders.slice(0, 1).map(folder => ({ ...folder, messages: 1, done: 1 })),
};

export const archiveScenarios: readonly Scenario[] = [
  { name: 'archive-choice', view: 'archive', wizard: null, archives: oneArchive },
  { name: 'archive-choice-empty', view: 'archive', wizard: null },
  opened('archive-open'),
  { ...opened('archive-english'), language: 'en' },
  { ...opened('archive-larger-text'), textSize: 'larger' },
  { ...opened('archive-several'), browsing: { open: [archivePath, other], at: archivePath } },
  opened('archive-opening', { answers: { 'archive.open': never } }),
  opened('archive-read-only', { view: { readOnly: true, catalogue: 'rebuilt-elsewhere' } }),
  opened('archive-in-use', { view: { inUse: true } }),
  opened('archive-rebuilt', { view: { catalogue: 'rebuilt' } }),
  refused('archive-newer', 'ARCHIVE_NEWER', { path }),
  refused('archive-half', 'ARCHIVE_DAMAGED', { path, file: 'data/mail' }),
  refused('archive-not-an-archive', 'ARCHIVE_NOT_AN_ARCHIVE', { path }),
  refused('archive-gone', 'ARCHIVE_NOT_FOUND', { path }),
  opened('archive-empty', { answers: { 'messages.list': () => ({ total: 0, rows: [] }) } }),
  opened('archive-slow-disk', {
    answers: {
      async 'messages.list'(asked) {
        if ((asked.offset ?? 0) > 0) await new Promise(resolve => setTimeout(resolve, 500));
        return listPage(asked);
      },
    },
  }),
  opened('archive-list-problem', { answers: { 'messages.list': fails('ARCHIVE_FOLDER_UNKNOWN') } }),

  opened('archive-index-absent', { index: noIndex }),
  opened('archive-index-elsewhere', { index: { ...noIndex, elsewhere: true }, view: { readOnly: true } }),
  opened('archive-index-building', { index: building }),
  opened('archive-index-paused', { index: { ...building, phase: 'paused' } }),
  opened('archive-index-stale', { index: { ...readyIndex, phase: 'stale' } }),
  opened('archive-index-declined', { index: { ...noIndex, phase: 'declined' } }),
  opened('archive-index-rebuilding', { index: { ...building, rebuiltAfterDamage: true } }),
  opened('archive-index-rebuilt', { index: { ...readyIndex, rebuiltAfterDamage: true, incomplete: 12 } }),
  opened('archive-index-failed', {
    index: { ...noIndex, phase: 'failed', problem: { code: 'SEARCH_INDEX_FAILED' } },
  }),

  opened('archive-found', { act: searching('perche') }),
  opened('archive-nothing-found', { answers: hinting('nothing-found', 'zzz'), act: searching('zzz') }),
  opened('archive-date-not-understood', {
    answers: hinting('date-not-understood', 'boh'),
    act: searching('dal:boh'),
  }),
  opened('archive-search-without-index', {
    index: noIndex,
    answers: { 'messages.search': fails('SEARCH_INDEX_MISSING') },
    act: searching('perche'),
  }),
  opened('archive-search-help', { act: hand => hand.open('Come si cerca') }),

  opened('archive-message', { act: hand => hand.click('[data-index="2"] .t-line-from') }),
  opened('archive-conversation', {
    act: async hand => {
      await hand.click('[data-index="2"] .t-line-from');
      await hand.press('Mostra la conversazione');
    },
  }),
  opened('archive-selected', {
    act: async hand => {
      await hand.click('[data-index="1"] .t-line-state');
      await hand.click('[data-index="2"] .t-line-state');
    },
  }),
  opened('archive-selected-all', { act: hand => hand.press('Scegli tutti') }),

  opened('archive-export', { act: hand => hand.press('Esporta tutto l’archivio') }),
  {
    ...opened('archive-exporting', {
      answers: exporting,
      act: async hand => {
        await hand.press('Esporta tutto l’archivio');
        await hand.press('Scegli dove, poi esporta');
      },
    }),
    jobs: [jobUpTo('backup', 0.4, { kind: 'export' })],
  },
  {
    ...opened('archive-exported', {
      answers: { ...exporting, 'jobs.result': () => ({ ...usualResult, kind: 'export' }) },
      act: async hand => {
        await hand.press('Esporta tutto l’archivio');
        await hand.press('Scegli dove, poi esporta');
      },
    }),
    jobs: [ended('backup', { kind: 'export' })],
  },
  {
    ...opened('archive-export-taken', {
      answers: exporting,
      act: async hand => {
        await hand.press('Esporta tutto l’archivio');
        await hand.press('Scegli dove, poi esporta');
      },
    }),
    jobs: [
      [
        jobAt('backup', 0, {
          kind: 'export',
          status: 'failed',
          problem: { code: 'EXPORT_PLACE_TAKEN', details: { path: '/home/anna/Documenti' } },
        }),
      ],
    ],
  },
  opened('archive-restore', { act: hand => hand.press('Rimetti tutto in una casella') }),
  {
    ...opened('archive-restore-mailbox', {
      act: async hand => {
        await hand.press('Rimetti tutto in una casella');
        await hand.press('Scegli la casella');
      },
    }),
    signedIn: false,
  },
  {
    ...opened('archive-restore-planning', { act: planRestore }),
    wizard: withTarget,
    jobs: [jobUpTo('plan', 0.4)],
  },
  {
    ...opened('archive-restore-plan', { answers: planning(planWithRefusals), act: planRestore }),
    wizard: withTarget,
    jobs: [ended('plan')],
  },
  {
    ...opened('archive-restore-nothing-left', { answers: planning(nothingLeft), act: planRestore }),
    wizard: withTarget,
    jobs: [ended('plan')],
  },
  {
    ...opened('archive-restore-plan-failed', {
      answers: { 'upload.plan': fails('SERVER_UNREACHABLE') },
      act: planRestore,
    }),
    wizard: withTarget,
  },
  {
    ...opened('archive-restored', { act: restore }),
    wizard: withTarget,
    jobs: [ended('plan'), ended('upload')],
  },
  {
    ...opened('archive-restoring', { act: restore }),
    wizard: withTarget,
    jobs: [ended('plan'), jobUpTo('upload', 0.4)],
  },
  {
    ...opened('archive-verified', {
      act: async hand => {
        await hand.press('Controlla di nuovo');
        await hand.press('Comincia il controllo');
      },
    }),
    jobs: [ended('verify')],
  },
  {
    ...opened('archive-verify-attention', {
      answers: {
        'jobs.result': () => ({
          ...usualResult,
          kind: 'verify',
          exceptions: [
            {
              problem: { code: 'ARCHIVE_MESSAGE_CHANGED', details: { file: 'data/mail/inbox-0001.mbox' } },
              folder: ['INBOX'],
              number: 4,
              key: null,
            },
          ],
        }),
      },
      act: async hand => {
        await hand.press('Controlla di nuovo');
        await hand.press('Comincia il controllo');
      },
    }),
    jobs: [ended('verify', { status: 'failed', exceptions: 1, problem: { code: 'ARCHIVE_DAMAGED', details: {} } })],
  },
  opened('archive-seal', { act: hand => hand.press('Copia cifrata') }),
  opened('archive-seal-different', {
    act: hand => typePhrases(hand, 'cavallo batteria graffetta corretto', 'cavallo batteria'),
  }),
  opened('archive-seal-short', { act: hand => typePhrases(hand, 'segreto', 'segreto') }),
  {
    ...opened('archive-sealed', {
      answers: { ...sealing, 'jobs.result': () => ({ ...usualResult, kind: 'seal' }) },
      act: hand => typePhrases(hand, 'cavallo batteria graffetta corretto', 'cavallo batteria graffetta corretto'),
    }),
    jobs: [ended('backup', { kind: 'seal' })],
  },
  {
    name: 'archive-unseal',
    view: 'home',
    wizard: null,
    act: hand => hand.press('Riapri una copia cifrata'),
  },
  {
    name: 'archive-unseal-wrong',
    view: 'home',
    wizard: null,
    answers: { 'unseal.start': () => ({ jobId: jobIds.backup }) },
    jobs: [
      [jobAt('backup', 0, { kind: 'unseal', status: 'failed', problem: { code: 'SEALED_KEY_WRONG', details: {} } })],
    ],
    act: async hand => {
      await hand.press('Riapri una copia cifrata');
      await hand.press('Scegli il file');
      await hand.type('Frase segreta', 'sbagliata');
      await hand.press('Scegli dove, poi riapri');
    },
  },
  { ...opened('archive-in-browser', { answers: { 'host.info': () => inBrowser } }) },
];
