import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox where it is Microsoft 365: T-614 and following. */
export const microsoft365 = {
  MAILBOX_NOT_CONNECTED: {
    happened: 'Il tuo accesso è valido, ma la casella {user|nuova} è ancora chiusa a Travaso.',
    safe: safe.nothingTouched,
    now: 'Apri la posta nel browser. Se si apre, manda la lettera all’assistenza. Se no, non è ancora stata trasferita.',
    desk: 'IMAP spento, o casella non migrata (12 mesi inattiva): Set-CASMailbox {user|utente} -ImapEnabled $true.',
  },
  TARGET_FOLDER_MERGED: {
    happened: 'Le cartelle {folder|con lo stesso nome} e {name|un’altra} diventano una sola.',
    safe: 'I messaggi ci sono tutti. I veri nomi restano scritti nell’archivio.',
    now: 'Non serve fare nulla. La nuova casella non distingue le maiuscole.',
    desk: 'Nomi di cartella uguali a meno delle maiuscole: unite.',
  },
  TARGET_HEADER_EIGHT_BIT: {
    happened: 'Un messaggio ha oggetto o indirizzi scritti in un modo che la nuova casella non accetta.',
    safe: safe.inArchive,
    now: 'Lo trovi nell’archivio. Travaso non lo cambia: può caricare una copia corretta, se lo chiedi.',
    desk: 'Ottetti sopra 127 nell’intestazione: ammessi solo da RFC 6532.',
  },
  TARGET_MESSAGE_REPAIRED: {
    happened: 'Di un messaggio in {folder|una cartella} è stata caricata una copia corretta.',
    safe: 'L’originale esatto è al sicuro nell’archivio.',
    now: 'Non serve fare nulla. Conserva l’archivio.',
    desk: 'Correzioni fatte, con il consenso della persona: {repairs|non indicate}.',
  },
  TARGET_UNAVAILABLE_OR_FULL: {
    happened: 'La nuova casella non risponde bene: è occupata, oppure è piena.',
    safe: safe.folderInArchive,
    now: 'Travaso aspetta e riprova da solo. Se continua, guarda quanto posto resta.',
    desk: 'Il server dice “Server Unavailable. 15”: disservizio o quota raggiunta.',
  },
  TARGET_TOO_MANY_FOLDERS: {
    happened: 'Le cartelle sono {folders|molte}: la nuova casella ne accetta {limit|di meno}.',
    safe: safe.folderInArchive,
    now: 'Scegli le cartelle che ti servono, oppure uniscine alcune. Poi prepara di nuovo il caricamento.',
    desk: 'Limite di cartelle per casella: {limit|non noto}.',
  },
  TARGET_FOLDER_TOO_FULL: {
    happened: 'La cartella {folder|indicata} ha più messaggi di quanti la nuova casella ne accetti.',
    safe: safe.folderInArchive,
    now: 'Manda una parte dei messaggi in un’altra cartella, o tienili solo nell’archivio.',
    desk: 'Limite di messaggi per cartella: {limit|non noto}.',
  },
} as const satisfies Record<string, Sentences>;
