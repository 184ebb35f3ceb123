import type { Sentences } from '../sentences.ts';

/** What is odd about a contact, an appointment or the like that was saved all the same, and what could not be listed. */
export const itemFlaws = {
  ITEM_MALFORMED: {
    happened: 'L’elemento «{name|senza nome}» della cartella {folder|in corso} non è scritto secondo le regole.',
    safe: 'È nell’archivio così com’era, senza cambiare nulla.',
    now: 'Potrebbe non aprirsi in altri programmi. Controllalo nel programma di prima e, se serve, riscrivilo.',
    desk: 'File non valido: tipo {kind|non noto}, chiave {item|non nota}, riga {line|non nota}.',
  },
  ITEMS_NOT_LISTED: {
    happened: 'La vecchia casella non ha detto che cosa contiene oltre alla posta.',
    safe: 'La posta è al sicuro nell’archivio. Nella vecchia casella non è cambiato nulla.',
    now: 'Riprova più tardi. Se succede ancora, chiedi all’assistenza.',
    desk: 'Elenco non dato: {kind|contatti, calendari e simili}, risposta {fault|non nota}.',
  },
  ITEM_ZONE_UNKNOWN: {
    happened: 'L’appuntamento «{name|senza nome}» usa un fuso orario che nessuno conosce.',
    safe: 'È nell’archivio così com’era.',
    now: 'Dopo il passaggio controlla a che ora appare.',
    desk: 'Fuso orario sconosciuto: {zone|non noto}, cartella {folder|non nota}.',
  },
  ITEM_ENDLESS: {
    happened: 'L’appuntamento «{name|senza nome}» si ripete per sempre.',
    safe: 'È nell’archivio con la sua regola di ripetizione.',
    now: 'Non serve fare nulla. Alcuni calendari mostrano solo i prossimi anni.',
    desk: 'Ripetizione senza fine, cartella {folder|non nota}.',
  },
  ITEM_NAMELESS: {
    happened: 'Nella cartella {folder|in corso} c’è un contatto senza nome.',
    safe: 'È nell’archivio con tutti i suoi dati.',
    now: 'Se vuoi ritrovarlo facilmente, dagli un nome.',
    desk: 'Contatto senza nome: chiave {item|non nota}.',
  },
} as const satisfies Record<string, Sentences>;
