import type { Sentences } from '../sentences.ts';

/** Contacts, appointments and the like on their way to the new account. */
export const itemUpload = {
  ITEM_REFUSED: {
    happened: 'La nuova casella non ha preso l’elemento «{name|senza nome}» della cartella {folder|in corso}.',
    safe: 'È al sicuro nell’archivio, in un file che si apre con altri programmi.',
    now: 'Avvia di nuovo il caricamento. Se lo rifiuta ancora, inseriscilo a mano.',
    desk: 'Elemento rifiutato: tipo {kind|non noto}, chiave {item|non nota}, motivo {reason|non noto}.',
  },
  ITEM_FIELDS_CHANGED: {
    happened: 'L’elemento «{name|senza nome}» è arrivato, ma alcuni dati hanno cambiato posto.',
    safe: 'Nell’archivio è intero, con tutti i suoi dati.',
    now: 'Non serve fare nulla. Per i partecipanti e altri dati guarda nelle note.',
    desk: 'Campi ora nelle note: {texts|nessuno}. Campi rimasti nell’archivio: {left|nessuno}. Cartella {folder|non nota}.',
  },
  ITEM_MISSING: {
    happened: 'L’elemento «{name|senza nome}» era arrivato nella nuova casella e ora non c’è più.',
    safe: 'È al sicuro nell’archivio.',
    now: 'Se non l’hai tolto tu, avvia di nuovo il caricamento.',
    desk: 'Elemento mancante alla verifica: tipo {kind|non noto}, chiave {item|non nota}, cartella {folder|non nota}.',
  },
  ITEM_DIFFERS: {
    happened: 'L’elemento «{name|senza nome}» della nuova casella non è uguale a quello dell’archivio.',
    safe: 'Quello dell’archivio è intero. Nella nuova casella non è stato sovrascritto nulla.',
    now: 'Confronta i due e tieni quello giusto.',
    desk: 'Campi diversi: {fields|non noti}. Cartella {folder|non nota}, chiave {item|non nota}.',
  },
  ITEMS_BY_HAND: {
    happened: 'La nuova casella non prende da sola ciò che è nella cartella {folder|in corso}.',
    safe: 'È tutto nell’archivio, in file che si aprono con altri programmi.',
    now: 'Apri la pagina «A mano»: spiega passo per passo come portarlo di là.',
    desk: 'Tipo {kind|non noto}, elementi {items|non noti}: nessuna strada automatica per questo account.',
  },
  ITEM_FOLDER_REFUSED: {
    happened: 'La nuova casella non lascia creare la cartella {folder|richiesta} per contatti o appuntamenti.',
    safe: 'Ciò che contiene è al sicuro nell’archivio.',
    now: 'Crea tu una cartella con questo nome nella nuova casella, poi avvia di nuovo il caricamento.',
    desk: 'Cartella rifiutata: tipo {kind|non noto}, motivo {reason|non noto}.',
  },
  SETTINGS_NOT_SET: {
    happened: 'Le regole e le firme non sono state cambiate nella nuova casella: serve il tuo consenso.',
    safe: 'Sono al sicuro nell’archivio. Quelle della nuova casella sono come prima.',
    now: 'Leggi che cosa verrebbe aggiunto, dai il consenso e avvia di nuovo il caricamento.',
    desk: 'Tipo {kind|non noto}, elementi {items|non noti}: caricamento senza consenso alle impostazioni.',
  },
  MICROSOFT_ITEMS_NOT_APPROVED: {
    happened:
      'Il tuo ente ha approvato Travaso per la posta, ma non per tutto il resto (contatti, calendari, attività).',
    safe: 'La posta passa lo stesso, il resto è nell’archivio.',
    now: 'Manda all’ufficio informatico la lettera già pronta, poi avvia di nuovo il caricamento. Oppure usa la pagina «A mano».',
    desk: 'Manca il consenso per Microsoft Graph: {permissions|Contacts.ReadWrite, Calendars.ReadWrite, Tasks.ReadWrite}.',
  },
  SERVER_NOT_DAV: {
    happened: 'Il server {host|indicato} non offre rubriche né calendari.',
    safe: 'Contatti e appuntamenti sono al sicuro nell’archivio.',
    now: 'Controlla il nome del server. Se è giusto, chiedi all’assistenza quale server tiene i calendari.',
    desk: 'Nessun servizio CardDAV o CalDAV trovato: {reason|motivo non noto}.',
  },
} as const satisfies Record<string, Sentences>;
