import type { Language } from '../../shared/words/language.ts';
import type { StepName } from './steps.ts';

interface DemoWords {
  readonly title: string;
  readonly usage: string;
  readonly preparing: (messages: string) => string;
  readonly servers: (old: string, target: string) => string;
  readonly shorthand: string;
  readonly passwords: string;
  readonly steps: Readonly<Record<StepName, string>>;
  readonly whatHappened: string;
  readonly folder: string;
  readonly columns: Readonly<Record<'found' | 'stored' | 'uploaded' | 'verified' | 'setAside', string>>;
  readonly total: string;
  readonly step: string;
  readonly seconds: string;
  readonly rate: string;
  readonly judged: (alike: string, all: string) => string;
  readonly notJudged: string;
  readonly differs: string;
  readonly archive: string;
  readonly report: string;
  readonly again: string;
  readonly goodbye: string;
  readonly failed: (step: string, exitCode: number) => string;
}

/** What the demo itself says; the commands it runs speak for themselves. */
export const demoWords: Readonly<Record<Language, DemoWords>> = {
  it: {
    title: 'Travaso: prova su due server di posta veri, solo su questo computer',
    usage: 'Uso: npm run demo -- [--messages N]   (da 1 a 100.000; senza, 3.000)',
    preparing: messages => `Preparo una vecchia casella con ${messages} messaggi…`,
    servers: (old, target) => `vecchia casella  ${old}\nnuova casella    ${target}   (vuota)`,
    shorthand: '«travaso» sta per: npm run --silent travaso --',
    passwords: 'Le password sono nelle variabili VECCHIA e NUOVA: mai nella riga di comando.',
    steps: {
      backup: 'Copia',
      verify: 'Verifica archivio',
      upload: 'Caricamento',
      'verify-target': 'Verifica nuova casella',
      report: 'Rapporto (HTML)',
      'report-data': 'Rapporto (JSON)',
    },
    whatHappened: 'Che cosa è successo',
    folder: 'cartella',
    columns: {
      found: 'trovati',
      stored: 'salvati',
      uploaded: 'caricati',
      verified: 'verificati',
      setAside: 'da parte',
    },
    total: 'in tutto',
    step: 'passo',
    seconds: 'secondi',
    rate: 'MB/s',
    judged: (alike, all) =>
      `Un lettore indipendente (imaplib di Python) ha trovato nella nuova casella\n${alike} messaggi su ${all}, con gli stessi byte, date, segni ed etichette.`,
    notJudged: 'Senza python3 nessun lettore indipendente ha guardato la nuova casella.',
    differs: 'Un lettore indipendente ha trovato differenze nella nuova casella:',
    archive: 'archivio',
    report: 'rapporto',
    again: 'Restano qui fino alla prossima prova. Per guardarci dentro:',
    goodbye: 'I due server sono spenti e le loro caselle cancellate.',
    failed: (step, exitCode) => `${step}: il comando è finito con il codice ${exitCode}. La prova si ferma qui.`,
  },
  en: {
    title: 'Travaso: a trial on two real mail servers, on this computer only',
    usage: 'Usage: npm run demo -- [--messages N]   (1 to 100,000; 3,000 if not said)',
    preparing: messages => `Preparing an old mailbox of ${messages} messages…`,
    servers: (old, target) => `old mailbox  ${old}\nnew mailbox  ${target}   (empty)`,
    shorthand: '“travaso” stands for: npm run --silent travaso --',
    passwords: 'The passwords are in the variables VECCHIA and NUOVA: never on the command line.',
    steps: {
      backup: 'Backup',
      verify: 'Check of the archive',
      upload: 'Upload',
      'verify-target': 'Check of the new mailbox',
      report: 'Report (HTML)',
      'report-data': 'Report (JSON)',
    },
    whatHappened: 'What happened',
    folder: 'folder',
    columns: { found: 'found', stored: 'saved', uploaded: 'uploaded', verified: 'verified', setAside: 'set aside' },
    total: 'in all',
    step: 'step',
    seconds: 'seconds',
    rate: 'MB/s',
    judged: (alike, all) =>
      `An independent reader (Python’s imaplib) found ${alike} of ${all} messages\nin the new mailbox, with the same octets, dates, flags and keywords.`,
    notJudged: 'Without python3 no independent reader has looked at the new mailbox.',
    differs: 'An independent reader found differences in the new mailbox:',
    archive: 'archive',
    report: 'report',
    again: 'They stay until the next trial. To look inside:',
    goodbye: 'Both servers are stopped and their mailboxes removed.',
    failed: (step, exitCode) => `${step}: the command ended with code ${exitCode}. The trial stops here.`,
  },
};
