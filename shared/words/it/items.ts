import type { Sentences } from '../sentences.ts';

/** Contacts, appointments and the like, and what is particular to the files they come from. */
export const items = {
  ITEM_UNREADABLE: {
    happened: 'Un elemento della cartella {folder|in corso} non si lascia leggere (contatto, appuntamento o simile).',
    safe: 'Tutti gli altri elementi e i messaggi sono al sicuro nell’archivio.',
    now: 'Se ti serve, aprilo nel programma di prima e salvalo a mano.',
    desk: 'Elemento non letto: tipo {kind|non noto}, chiave {item|non nota}, motivo {reason|non noto}.',
  },
  ITEM_INCOMPLETE: {
    happened: 'Di un elemento della cartella {folder|in corso} si è potuta salvare solo una parte.',
    safe: 'La parte letta è al sicuro nell’archivio. Il resto è ancora dov’era.',
    now: 'Controlla l’elemento «{name|senza nome}» nel programma di prima.',
    desk: 'Elemento incompleto: tipo {kind|non noto}, chiave {item|non nota}, motivo {reason|non noto}.',
  },
  PST_PASSWORD_IGNORED: {
    happened: 'Il file {file|scelto} è protetto da una password di Outlook, che però non cifra nulla.',
    safe: 'Il file è stato letto per intero e non è stato toccato.',
    now: 'Non serve fare nulla. Conserva l’archivio in un posto sicuro: non ha quella password.',
    desk: 'Segno di password nel file PST ignorato (MS-PST 4.2).',
  },
} as const satisfies Record<string, Sentences>;
