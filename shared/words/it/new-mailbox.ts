import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox: T-6xx. */
export const newMailbox = {
  TARGET_QUOTA: {
    happened: 'Nella nuova casella non c’è più posto.',
    safe: safe.folderInArchive,
    now: 'Libera spazio nella nuova casella, o chiedi più posto all’assistenza. Poi avvia di nuovo il caricamento.',
    desk: 'Quota raggiunta: {usedBytes|occupato non noto} su {limitBytes|limite non noto}.',
  },
  TARGET_MESSAGE_TOO_LARGE: {
    happened: 'Un messaggio è troppo grande per la nuova casella.',
    safe: safe.inArchive,
    now: 'Lo trovi nell’archivio: aprilo da lì e conserva gli allegati. Gli altri messaggi continuano.',
    desk: 'Messaggio di {sizeBytes|misura non nota}, limite {limitBytes|non dichiarato}. L’amministratore può alzarlo.',
  },
  TARGET_LINE_TOO_LONG: {
    happened: 'Un messaggio contiene una riga troppo lunga per la nuova casella.',
    safe: safe.inArchive,
    now: 'Lo trovi nell’archivio. Travaso non lo cambia: può caricare una copia corretta, se lo chiedi.',
    desk: 'Riga di {octets|troppi} ottetti: oltre il limite del server.',
  },
  TARGET_NUL_OCTET: {
    happened: 'Un messaggio contiene un carattere che la nuova casella non accetta.',
    safe: safe.inArchive,
    now: 'Lo trovi nell’archivio. Travaso non lo cambia: può caricare una copia corretta, se lo chiedi.',
    desk: 'Ottetto NUL nel messaggio: IMAP non può trasportarlo.',
  },
  TARGET_MESSAGE_REFUSED: {
    happened: 'La nuova casella ha rifiutato un messaggio della cartella {folder|in corso}.',
    safe: safe.inArchive,
    now: 'Avvia di nuovo il caricamento. Se lo rifiuta ancora, leggilo dall’archivio e avvisa l’assistenza.',
    desk: 'APPEND rifiutato dal server in {folder|una cartella}.',
  },
  TARGET_FOLDER_REFUSED: {
    happened: 'La nuova casella non lascia creare la cartella {folder|richiesta}.',
    safe: safe.folderInArchive,
    now: 'Scegli un altro nome per questa cartella, poi avvia di nuovo il caricamento.',
    desk: 'CREATE rifiutato per {folder|la cartella}: nome riservato, permessi o limite.',
  },
  TARGET_FOLDER_RENAMED: {
    happened: 'La cartella {folder|indicata} si chiama {name|in altro modo} nella nuova casella.',
    safe: 'I messaggi ci sono tutti. Il vero nome resta scritto nell’archivio.',
    now: 'Non serve fare nulla. Cerca la cartella con il nuovo nome.',
    desk: 'Il server non ammette il nome originale della cartella.',
  },
  TARGET_KEYWORD_REFUSED: {
    happened: 'La nuova casella non conserva l’etichetta {keyword|di alcuni messaggi}.',
    safe: 'I messaggi ci sono tutti. L’etichetta resta scritta nell’archivio.',
    now: 'Non serve fare nulla. Se l’etichetta ti serve, rimettila a mano.',
    desk: 'Keyword {keyword|non indicata} non ammessa da PERMANENTFLAGS.',
  },
  TARGET_MESSAGE_MISSING: {
    happened: 'Un messaggio caricato non si trova più nella cartella {folder|di arrivo}.',
    safe: safe.inArchive,
    now: 'Controlla se è stato spostato. Se manca, avvia di nuovo il caricamento.',
    desk: 'Messaggio confermato dal server ma assente alla verifica.',
  },
  TARGET_MESSAGE_DIFFERS: {
    happened: 'Un messaggio nella nuova casella non è uguale a quello dell’archivio.',
    safe: 'L’originale è al sicuro nell’archivio.',
    now: 'Confronta i due messaggi. Se manca qualcosa, avvisa l’assistenza e tieni l’archivio.',
    desk: 'Verifica fallita in {folder|una cartella}: contenuto diverso da quello caricato.',
  },
  TARGET_ATTRIBUTES_DIFFER: {
    happened: 'Un messaggio è arrivato, ma con data o segni diversi, per esempio “letto”.',
    safe: 'Il testo e gli allegati sono uguali. Data e segni veri sono nell’archivio.',
    now: 'Di solito non serve fare nulla. Se la data conta, tieni l’archivio.',
    desk: 'INTERNALDATE o flag diversi in {folder|una cartella}.',
  },
  TARGET_FOLDER_VANISHED: {
    happened: 'La cartella {folder|di arrivo} non c’è più nella nuova casella.',
    safe: safe.folderInArchive,
    now: 'Se l’hai tolta tu, va bene così. Altrimenti avvia di nuovo il caricamento.',
    desk: 'La cartella {folder|di arrivo} è sparita durante il lavoro.',
  },
  TARGET_BYTES_REWRITTEN: {
    happened: 'La nuova casella riscrive i messaggi a modo suo.',
    safe: 'Testo, allegati e dati del messaggio sono uguali. L’originale esatto è nell’archivio.',
    now: 'Non serve fare nulla. Conserva l’archivio.',
    desk: 'Il server ricompone il MIME: verifica fatta sulle parti decodificate, non sugli ottetti.',
  },
} as const satisfies Record<string, Sentences>;
