import type { Sentences } from '../sentences.ts';

const mailApart = 'I messaggi sono in altri file e non sono stati toccati.';

/** Looking into an archive: T-530 to T-534 and T-720 to T-722. */
export const search = {
  SEARCH_INDEX_DAMAGED: {
    happened: 'L’indice per la ricerca è rovinato.',
    safe: mailApart,
    now: 'Non serve fare nulla: Travaso lo rifà da solo. Riprova tra poco.',
    desk: 'search.sqlite non leggibile: si può cancellare, viene ricostruito.',
  },
  SEARCH_INDEX_MISSING: {
    happened: 'Per cercare serve l’indice, e questo archivio non lo ha ancora.',
    safe: mailApart,
    now: 'Prepara l’indice dalla pagina dell’archivio, poi cerca di nuovo.',
    desk: 'search.sqlite manca, non è completo o è stato rifiutato.',
  },
  SEARCH_INDEX_FAILED: {
    happened: 'Travaso non è riuscito a preparare l’indice per la ricerca.',
    safe: mailApart,
    now: 'Riprova. Intanto puoi leggere i messaggi dall’elenco, per data.',
    desk: 'Troppi messaggi hanno fermato l’indicizzazione: inviare la diagnostica.',
  },
  SEARCH_MEANS_NOTHING: {
    happened: 'La ricerca {query|scritta} non dice che cosa cercare.',
    safe: mailApart,
    now: 'Scrivi una parola, un nome o una data, per esempio: da:rossi data:2019.',
    desk: 'Ricerca senza parole né filtri.',
  },
  ARCHIVE_FOLDER_UNKNOWN: {
    happened: 'Questa cartella non c’è più nell’archivio.',
    safe: mailApart,
    now: 'Chiudi l’archivio e riaprilo.',
    desk: 'Numero di cartella sconosciuto al catalogo: archivio sostituito mentre era aperto?',
  },
  ARCHIVE_MESSAGE_UNKNOWN: {
    happened: 'Questo messaggio non c’è più nell’archivio.',
    safe: mailApart,
    now: 'Chiudi l’archivio e riaprilo.',
    desk: 'Numero di messaggio sconosciuto al catalogo: archivio sostituito mentre era aperto?',
  },
} as const satisfies Record<string, Sentences>;
