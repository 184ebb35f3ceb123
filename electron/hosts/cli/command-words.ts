import type { ItemOutcomeCounts } from '../../../shared/model/item.ts';
import type { JobPhase, JobStatus, MessageFigures } from '../../../shared/model/job.ts';
import type { Outcome } from '../../../shared/model/report-outcome.ts';
import type { Language } from '../../../shared/words/language.ts';

interface CommandWords {
  readonly phases: Readonly<Record<JobPhase, string>>;
  readonly statuses: Readonly<Record<JobStatus, string>>;
  readonly figures: Readonly<Record<keyof MessageFigures, string>>;
  readonly itemOutcomes: Readonly<Record<keyof ItemOutcomeCounts, string>>;
  readonly of: string;
  readonly messages: string;
  readonly timeLeft: string;
  readonly goesOn: string;
  readonly transferred: string;
  readonly manifest: string;
  readonly exceptions: string;
  readonly moreExceptions: string;
  readonly untouched: string;
  readonly openLink: string;
  /** What a report comes to. */
  readonly outcomes: Readonly<Record<Outcome, string>>;
}

/** The words of the command line's own output. Problems are explained by `shared/words`. */
export const commandWords: Readonly<Record<Language, CommandWords>> = {
  it: {
    phases: {
      connecting: 'Collegamento',
      listing: 'Lettura delle cartelle',
      counting: 'Conteggio dei messaggi',
      transferring: 'Trasferimento',
      sealing: 'Sigillo dell’archivio',
      checking: 'Controllo',
      waiting: 'Attesa',
    },
    statuses: {
      queued: 'In attesa',
      running: 'In corso',
      pausing: 'Si sta fermando',
      paused: 'In pausa: lo stesso comando riprende da qui',
      cancelling: 'Si sta annullando',
      cancelled: 'Annullato',
      interrupted: 'Interrotto: lo stesso comando riprende da qui',
      succeeded: 'Finito: tutto a posto',
      partial: 'Finito, con eccezioni',
      failed: 'Non riuscito',
    },
    figures: {
      found: 'trovati',
      stored: 'salvati ora',
      alreadyPresent: 'già presenti',
      uploaded: 'caricati ora',
      verified: 'verificati',
      setAside: 'messi da parte',
    },
    itemOutcomes: {
      toCarry: 'da portare',
      uploaded: 'caricati ora',
      alreadyPresent: 'già presenti',
      verified: 'verificati',
      setAside: 'messi da parte',
      missing: 'mancanti',
      differs: 'diversi',
      byHand: 'da portare a mano',
    },
    of: 'di',
    messages: 'messaggi',
    timeLeft: 'mancano',
    goesOn: 'Riprova',
    transferred: 'byte trasferiti',
    manifest: 'Impronta dell’archivio (SHA-256 del manifesto)',
    exceptions: 'Da guardare',
    moreExceptions: 'altri casi: usa --json o il rapporto per l’elenco intero',
    openLink: 'Apri questo collegamento nel browser (vale una volta sola; Ctrl-C per chiudere):',
    untouched: 'I messaggi di partenza non sono stati toccati: Travaso li ha soltanto letti.',
    outcomes: {
      complete: 'Rapporto scritto: ogni messaggio è arrivato ed è provato.',
      partial: 'Rapporto scritto: il lavoro è finito, con eccezioni elencate per nome.',
      incomplete: 'Rapporto scritto: il lavoro non è ancora finito o non è ancora verificato.',
    },
  },
  en: {
    phases: {
      connecting: 'Connecting',
      listing: 'Reading the folders',
      counting: 'Counting the messages',
      transferring: 'Transferring',
      sealing: 'Sealing the archive',
      checking: 'Checking',
      waiting: 'Waiting',
    },
    statuses: {
      queued: 'Waiting to start',
      running: 'Working',
      pausing: 'Stopping',
      paused: 'Paused: the same command goes on from here',
      cancelling: 'Being cancelled',
      cancelled: 'Cancelled',
      interrupted: 'Interrupted: the same command goes on from here',
      succeeded: 'Finished: all is well',
      partial: 'Finished, with exceptions',
      failed: 'Failed',
    },
    figures: {
      found: 'found',
      stored: 'saved now',
      alreadyPresent: 'already there',
      uploaded: 'uploaded now',
      verified: 'verified',
      setAside: 'set aside',
    },
    itemOutcomes: {
      toCarry: 'to carry',
      uploaded: 'uploaded now',
      alreadyPresent: 'already there',
      verified: 'verified',
      setAside: 'set aside',
      missing: 'missing',
      differs: 'different',
      byHand: 'to carry by hand',
    },
    of: 'of',
    messages: 'messages',
    timeLeft: 'time left:',
    goesOn: 'Trying again',
    transferred: 'bytes transferred',
    manifest: 'Fingerprint of the archive (SHA-256 of its manifest)',
    exceptions: 'To look at',
    moreExceptions: 'more: use --json or the report for the whole list',
    openLink: 'Open this link in the browser (good once; Ctrl-C to close):',
    untouched: 'The messages it started from were not touched: Travaso only read them.',
    outcomes: {
      complete: 'Report written: every message has arrived and is proved.',
      partial: 'Report written: the work has ended, with exceptions listed by name.',
      incomplete: 'Report written: the work has not ended yet, or is not verified yet.',
    },
  },
};
