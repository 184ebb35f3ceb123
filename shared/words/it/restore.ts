import type { Sentences } from '../sentences.ts';

/** Restoring from an archive: T-650 and T-651. */
export const restore = {
  RESTORE_NOTHING_CHOSEN: {
    happened: 'Non c’è nulla da ripristinare: la scelta non contiene messaggi.',
    safe: 'L’archivio e la casella non sono stati toccati.',
    now: 'Scegli almeno un messaggio o una cartella, oppure cambia la ricerca.',
    desk: 'Selezione vuota: elenco vuoto, ricerca senza risultati o cartelle senza messaggi.',
  },
  RESTORE_PLACE_INVALID: {
    happened: '{name|Questo} non può essere il nome di una cartella.',
    safe: 'L’archivio e la casella non sono stati toccati.',
    now: 'Scrivi un nome semplice, per esempio: Ripristino.',
    desk: 'Cartella di destinazione vuota o con segmenti “.” e “..”.',
  },
} as const satisfies Record<string, Sentences>;
