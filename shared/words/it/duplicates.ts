import type { Sentences } from '../sentences.ts';

/** Messages that came into the archive by two ways. */
export const duplicates = {
  MESSAGE_REPRESENTED: {
    happened: 'Un messaggio era due volte nell’archivio: ne è stata caricata una copia.',
    safe: 'L’archivio le conserva tutte. Quella caricata è in {folder|un’altra cartella}.',
    now: 'Non serve fare nulla. Per avere anche l’altra, carica di nuovo chiedendo tutte le copie.',
    desk: 'Rappresentato da {folder|un’altra cartella} n. {number|non noto}; --duplicates all lo invia.',
  },
} as const satisfies Record<string, Sentences>;
