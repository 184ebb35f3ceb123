import type { Survey } from '../../shared/model/mailbox.ts';
import type { Answers } from './fake-engine.ts';
import { fails, never } from './fake-engine.ts';
import { recognised } from './sample-files.ts';
import { archivePath, ended, jobAt, jobUpTo } from './sample-jobs.ts';
import { sampleFolders } from './sample-mailbox.ts';
import { sampleReport } from './sample-report.ts';
import { withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { emptyPlace, inBrowser } from './usual-answers.ts';
import { newWizard } from '../state/wizard.ts';
import type { WizardFile, WizardState } from '../state/wizard.ts';
import type { ErrorCode } from '../../shared/errors.ts';

const beginning: WizardState = { ...newWizard, way: 'file', step: 'source' };
const chosen = (file: WizardFile): WizardState => ({ ...beginning, file, archive: archivePath });
const onTheWay: WizardState = { ...withTarget, ...{ way: 'file', file: recognised.outlook, source: newWizard.source } };

/** Outlook's items have no size before they are messages; beside mail there is all that people keep in Outlook. */
const inOutlook: Survey = {
  phase: 'done',
  folders: sampleFolders.map(folder => ({ ...folder, octets: null })),
  items: [
    { kind: 'contact', items: 231 },
    { kind: 'event', items: 1_408 },
    { kind: 'task', items: 12 },
    { kind: 'note', items: null },
  ],
  remarks: [],
  problem: null,
};

const troubled: Survey = {
  ...{ phase: 'done', folders: [...sampleFolders], items: [], problem: null },
  remarks: [
    { code: 'SOURCE_FILE_DAMAGED', details: { file: 'Protocollo', reason: 'cut-off' } },
    { code: 'FILE_UNREADABLE', details: { file: 'Mail/Local Folders/Personale', reason: 'no-permission' } },
    { code: 'DELETED_LEFT_OUT', details: { file: 'Posta in arrivo', messages: 14 } },
    { code: 'MBOX_VARIANT_ASSUMED', details: { file: 'Lavoro', variant: 'mboxo' } },
  ],
};

/** Contacts and calendars in files of their own: no folder of mail, and what was found out about the lists. */
const onlyItems: Survey = {
  ...{ phase: 'done', folders: [], problem: null },
  items: [
    { kind: 'contact', items: 231 },
    { kind: 'event', items: 1_408 },
    { kind: 'task', items: 12 },
  ],
  remarks: [
    {
      code: 'CSV_READ_AS',
      details: { file: 'Rubrica.csv', program: 'Outlook', encoding: 'Windows-1252', delimiter: ';' },
    },
    { code: 'CSV_COLUMNS_KEPT', details: { file: 'Rubrica.csv', headings: 'Badge, Stanza' } },
    { code: 'CSV_DATES_UNCERTAIN', details: { file: 'Rubrica.csv', items: 14 } },
    { code: 'TEXT_ENCODING_ASSUMED', details: { file: 'vecchi/telefono.vcf', encoding: 'Windows-1252' } },
  ],
};

const picked = async (hand: { press(name: string): Promise<void> }): Promise<void> => {
  await hand.press('Scegli un file');
};

function refused(name: string, code: ErrorCode, file: string): Scenario {
  return { name, wizard: beginning, answers: { 'file.recognise': fails(code, { file }) }, act: picked };
}

function looksLike(name: keyof typeof recognised): Scenario {
  return { name: `file-${name}`, wizard: chosen(recognised[name]) };
}

const survey = (value: Survey): Answers => ({ 'survey.read': () => value });

export const fileSourceScenarios: readonly Scenario[] = [
  { name: 'file-none', wizard: beginning },
  { name: 'file-none-english', wizard: beginning, language: 'en' },
  { name: 'file-dragged-over', wizard: beginning, act: hand => hand.drag(1) },
  { name: 'file-dropped', wizard: beginning, act: hand => hand.drop(1) },
  { name: 'file-dropped-several', wizard: beginning, act: hand => hand.drop(3) },
  {
    name: 'file-dropped-in-browser',
    wizard: beginning,
    dropsHavePaths: false,
    answers: {
      'host.info': () => inBrowser,
      'host.listFolder': ({ path }) => ({
        path: path ?? '/home/anna/Backup',
        parent: '/home/anna',
        entries: [
          { name: '2024', path: '/home/anna/Backup/2024', kind: 'folder' },
          { name: 'backup.pst', path: '/home/anna/Backup/backup.pst', kind: 'file' },
          { name: 'posta.zip', path: '/home/anna/Backup/posta.zip', kind: 'file' },
        ],
        truncated: false,
      }),
    },
    act: hand => hand.drop(1),
  },
  { name: 'file-looking', wizard: beginning, answers: { 'file.recognise': () => never() }, act: picked },
  { name: 'file-outlook', wizard: chosen(recognised.outlook), answers: survey(inOutlook) },
  { name: 'file-outlook-english', wizard: chosen(recognised.outlook), answers: survey(inOutlook), language: 'en' },
  looksLike('oldOutlook'),
  looksLike('thunderbird'),
  looksLike('apple'),
  looksLike('mbox'),
  looksLike('eml'),
  looksLike('maildir'),
  looksLike('zimbra'),
  looksLike('zip'),
  { name: 'file-contacts', wizard: chosen(recognised.contacts), answers: survey(onlyItems) },
  { name: 'file-items', wizard: chosen(recognised.items), answers: survey(onlyItems) },
  { name: 'file-items-english', wizard: chosen(recognised.items), answers: survey(onlyItems), language: 'en' },
  {
    name: 'file-items-start',
    wizard: chosen(recognised.items),
    answers: { ...survey(onlyItems), 'backup.start': fails('ARCHIVE_INSIDE_SOURCE', { file: 'I miei dati' }) },
    act: hand => hand.press('Salva quello che hai scelto'),
  },
  {
    name: 'file-list-unknown',
    wizard: beginning,
    answers: {
      'file.recognise': fails('CSV_HEADINGS_UNKNOWN', { file: 'bilancio.csv', headings: 'Prodotto, Prezzo, Quantità' }),
    },
    act: picked,
  },
  { name: 'file-remarks', wizard: chosen(recognised.thunderbird), answers: survey(troubled) },
  {
    name: 'file-several-kinds',
    wizard: beginning,
    answers: {
      'file.recognise': () => ({
        name: 'Backup',
        found: [recognised.eml, recognised.outlook, recognised.zip].map(mail => ({ ...mail, problem: null })),
      }),
    },
    act: picked,
  },
  {
    name: 'file-our-archive',
    wizard: beginning,
    answers: {
      'file.recognise': () => ({
        name: 'Travaso',
        found: [{ ...recognised.eml, kind: 'travaso-archive', address: null, problem: null }],
      }),
    },
    act: picked,
  },
  refused('file-wrong-kind', 'INPUT_FILE_NOT_MAIL', 'bilancio.xlsx'),
  refused('file-empty', 'INPUT_FILE_EMPTY', 'backup.pst'),
  refused('file-in-use', 'INPUT_FILE_IN_USE', 'backup.pst'),
  refused('file-not-downloaded', 'INPUT_FILE_NOT_DOWNLOADED', 'backup.pst'),
  refused('file-too-large-folder', 'INPUT_FOLDER_TOO_LARGE', 'Documenti'),
  {
    name: 'file-encrypted',
    wizard: beginning,
    answers: {
      'file.recognise': () => ({
        name: 'posta.zip',
        found: [
          {
            ...recognised.zip,
            kind: 'zip',
            address: null,
            problem: { code: 'INPUT_FILE_ENCRYPTED', details: { file: 'posta.zip' } },
          },
        ],
      }),
    },
    act: picked,
  },
  {
    name: 'file-gone',
    wizard: chosen(recognised.outlook),
    answers: survey({
      ...{ phase: 'failed', folders: [], items: [], remarks: [] },
      problem: { code: 'INPUT_FILE_INVALID', details: { file: 'backup.pst', reason: 'not-found' } },
    }),
  },
  {
    name: 'file-no-room',
    wizard: chosen(recognised.outlook),
    answers: { ...survey(inOutlook), 'archive.inspect': () => ({ ...emptyPlace, freeBytes: 900_000_000 }) },
  },
  {
    name: 'file-archive-inside',
    wizard: chosen(recognised.eml),
    answers: { 'backup.start': fails('ARCHIVE_INSIDE_SOURCE', { file: 'Messaggi salvati' }) },
    act: hand => hand.press('Salva i messaggi'),
  },
  { name: 'file-backup-running', wizard: { ...onTheWay, step: 'backup' }, jobs: [jobUpTo('backup', 0.4)] },
  {
    name: 'file-backup-interrupted',
    wizard: { ...onTheWay, step: 'backup' },
    signedIn: false,
    jobs: [[jobAt('backup', 0.4, { status: 'interrupted' })]],
  },
  { name: 'file-verify-good', wizard: { ...onTheWay, step: 'verify' }, jobs: [ended('verify')] },
  {
    name: 'file-verify-notes',
    wizard: { ...onTheWay, step: 'verify' },
    jobs: [ended('verify')],
    answers: {
      'report.read': () =>
        sampleReport(
          { uploaded: false, sealed: true, troubled: false },
          {
            exceptions: [
              {
                problem: { code: 'MBOX_VARIANT_ASSUMED', details: { file: 'Lavoro', variant: 'mboxo' } },
                ...{ folder: ['Lavoro'], message: null, phase: 'backup' },
              },
            ],
          },
        ),
    },
  },
  { name: 'file-report', wizard: { ...onTheWay, step: 'report' } },
  { name: 'file-home', view: 'home', wizard: { ...onTheWay, step: 'verify' } },
  { name: 'file-help', view: 'help', wizard: { ...onTheWay, step: 'backup' }, jobs: [jobUpTo('backup', 0.4)] },
];
