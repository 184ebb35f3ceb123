import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Reading one message: T-539 to T-549. */
export const messages = {
  MESSAGE_PART_UNKNOWN: {
    happened: 'Questo allegato non si trova nel messaggio.',
    safe: safe.inArchive,
    now: 'Chiudi il messaggio e riaprilo.',
    desk: 'Numero di parte che il messaggio non contiene.',
  },
  MESSAGE_PART_UNREADABLE: {
    happened: 'Travaso non è riuscito ad aprire questo allegato.',
    safe: safe.inArchive,
    now: 'Salva il messaggio intero e aprilo con il tuo programma di posta.',
    desk: 'Parte troppo grande, o lettura interrotta per tempo o memoria.',
  },
  SAVE_FILE_EXISTS: {
    happened: 'C’è già un file con questo nome: {path|nel posto scelto}.',
    safe: 'Il file che c’era non è stato toccato.',
    now: 'Scegli un altro nome o un’altra cartella.',
    desk: 'Travaso non copre mai un file esistente: {path|questo percorso}.',
  },
} as const satisfies Record<string, Sentences>;
