import type { JobKind } from '../../shared/model/job.ts';
import type { Language } from '../../shared/words/language.ts';

/** Everything the main process says itself. Screens have their own words. No account, folder or subject in any. */
export interface MainWords {
  readonly open: string;
  /** In the title of a page of somebody else's, after its address. */
  readonly signIn: string;
  readonly working: string;
  readonly quit: string;
  readonly edit: string;
  readonly view: string;
  readonly chooseFolder: string;
  readonly chooseFile: string;
  readonly saveFile: string;
  readonly allFiles: string;
  readonly ended: Readonly<Record<JobKind, string>>;
  readonly succeeded: string;
  readonly partial: string;
  readonly failed: string;
  readonly closing: {
    readonly question: string;
    readonly detail: string;
    readonly tray: string;
    readonly pause: string;
    readonly stay: string;
  };
}

const italian: MainWords = {
  open: 'Apri Travaso',
  signIn: 'accesso per Travaso',
  working: 'Travaso è al lavoro',
  quit: 'Esci',
  edit: 'Modifica',
  view: 'Visualizza',
  chooseFolder: 'Scegli una cartella',
  chooseFile: 'Scegli un file',
  saveFile: 'Salva con nome',
  allFiles: 'Tutti i file',
  ended: {
    backup: 'Salvataggio',
    plan: 'Controllo prima del caricamento',
    upload: 'Caricamento',
    verify: 'Verifica',
    export: 'Esportazione',
    rebuild: 'Ricostruzione del catalogo',
    seal: 'Copia cifrata',
    unseal: 'Apertura della copia cifrata',
  },
  succeeded: 'Finito.',
  partial: 'Finito, con qualcosa da guardare.',
  failed: 'Si è fermato. Apri Travaso per sapere perché e come riprendere.',
  closing: {
    question: 'Travaso sta ancora lavorando. Che cosa vuoi fare?',
    detail: 'I messaggi di partenza non vengono toccati. Quello che è già salvato resta salvato.',
    tray: 'Continua senza finestra',
    pause: 'Metti in pausa ed esci',
    stay: 'Torna a Travaso',
  },
};

const english: MainWords = {
  open: 'Open Travaso',
  signIn: 'signing in for Travaso',
  working: 'Travaso is working',
  quit: 'Quit',
  edit: 'Edit',
  view: 'View',
  chooseFolder: 'Choose a folder',
  chooseFile: 'Choose a file',
  saveFile: 'Save as',
  allFiles: 'All files',
  ended: {
    backup: 'Backup',
    plan: 'Check before the upload',
    upload: 'Upload',
    verify: 'Check',
    export: 'Export',
    rebuild: 'Rebuilding the catalogue',
    seal: 'Encrypted copy',
    unseal: 'Opening the encrypted copy',
  },
  succeeded: 'Done.',
  partial: 'Done, with something to look at.',
  failed: 'It stopped. Open Travaso to see why and how to go on.',
  closing: {
    question: 'Travaso is still working. What would you like to do?',
    detail: 'The messages you started from are not touched. What is already saved stays saved.',
    tray: 'Go on without the window',
    pause: 'Pause and quit',
    stay: 'Back to Travaso',
  },
};

export const mainWords: Readonly<Record<Language, MainWords>> = { it: italian, en: english };
