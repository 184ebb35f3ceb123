import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Contacts, calendars and lists in files of their own: how they were read, and what they do not tell. */
export const itemFiles = {
  TEXT_ENCODING_ASSUMED: {
    happened: 'Il file {file|scelto} non dice con quali lettere è scritto: è stato letto come {encoding|Windows-1252}.',
    safe: 'Il file non è stato toccato. Tutto quello che contiene è nell’archivio.',
    now: 'Controlla le lettere accentate di qualche nome. Se sono sbagliate, esporta di nuovo il file in UTF-8.',
    desk: 'Codifica non dichiarata in {file|un file}, non UTF-8: assunta {encoding|Windows-1252}.',
  },
  CSV_READ_AS: {
    happened:
      'Il file {file|scelto} è un elenco di {program|altro tipo}: lettere {encoding|non note}, colonne divise da «{delimiter|,}».',
    safe: 'Il file non è stato toccato.',
    now: 'Non serve fare nulla. Se i dati sembrano sbagliati, fai leggere questa riga all’assistenza.',
    desk: 'CSV {file|scelto}: codifica {encoding|non nota}, separatore {delimiter|non noto}, programma {program|non noto}.',
  },
  CSV_COLUMNS_KEPT: {
    happened: 'Nel file {file|scelto} ci sono colonne che Travaso non conosce: {headings|senza nome}.',
    safe: 'Niente è andato perso: ogni dato resta nel suo contatto o appuntamento, con il nome della colonna.',
    now: 'Non serve fare nulla. Alcuni programmi non mostrano questi dati.',
    desk: 'Colonne senza corrispondenza in {file|un CSV}, salvate come X-TRAVASO-COLUMN: {headings|senza nome}.',
  },
  CSV_DATES_UNCERTAIN: {
    happened: 'Nel file {file|scelto} alcune date si leggono in due modi: giorno e mese possono essere scambiati.',
    safe: 'Le date sono nell’archivio così come sono scritte nel file.',
    now: 'Dopo il passaggio controlla i compleanni e le altre date dei contatti.',
    desk: 'Ordine di giorno e mese non deducibile in {file|un CSV}: {items|alcuni} contatti con data come testo.',
  },
  CSV_MONTH_FIRST_ASSUMED: {
    happened: 'Nel file {file|scelto} le date si leggono in due modi: Travaso ha letto prima il mese, poi il giorno.',
    safe: 'Il file non è stato toccato e resta tuo.',
    now: 'Controlla la data di qualche appuntamento. Se è sbagliata, esporta il calendario in formato ICS.',
    desk: 'Ordine di giorno e mese non deducibile: assunto mese/giorno, elementi {items|alcuni}.',
  },
  CSV_HEADINGS_UNKNOWN: {
    happened: 'Travaso non capisce le colonne del file {file|scelto}: {headings|non hanno un nome}.',
    safe: safe.nothingTouched,
    now: 'Esporta di nuovo i contatti dal programma di prima, con i nomi delle colonne nella prima riga.',
    desk: 'Intestazioni CSV non riconosciute in {file|un file}: {headings|nessuna}.',
  },
} as const satisfies Record<string, Sentences>;
