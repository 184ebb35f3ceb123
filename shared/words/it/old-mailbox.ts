import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Reading the old mailbox: T-4xx. */
export const oldMailbox = {
  FOLDER_LIST_INCOMPLETE: {
    happened: 'Il server non ha mostrato tutte le cartelle. Manca {folder|una parte dell’elenco}.',
    safe: 'Le cartelle mostrate sono al sicuro. Le altre restano dove sono.',
    now: 'Avvia di nuovo il salvataggio. Se manca ancora, chiama l’assistenza: può essere una cartella condivisa.',
    desk: 'LIST incompleto: {folder|ramo non indicato}.',
  },
  FOLDER_SKIPPED: {
    happened: 'Alcune cartelle sono state saltate: {folder|cartelle condivise da altri}.',
    safe: 'Le tue cartelle sono al sicuro. Quelle saltate sono di altre persone e restano dove sono.',
    now: 'Non serve fare nulla. Se ti servono quelle cartelle, chiedi a chi le condivide con te.',
    desk: 'Spazio dei nomi condiviso non incluso: {folder|non indicato}.',
  },
  FOLDER_VANISHED: {
    happened: 'La cartella {folder|richiesta} non c’è più: è stata spostata o tolta.',
    safe: 'I messaggi già salvati restano nell’archivio.',
    now: 'Se l’hai spostata o rinominata, avvia di nuovo il salvataggio: Travaso la trova con il nuovo nome.',
    desk: 'La cartella {folder|richiesta} è sparita tra elenco e apertura.',
  },
  FOLDER_UNREADABLE: {
    happened: 'La cartella {folder|richiesta} non si lascia leggere.',
    safe: safe.folderStillInOld,
    now: 'Se è condivisa, chiedi il permesso a chi la gestisce. Se è in un file, chiudi gli altri programmi di posta. Poi avvia di nuovo.',
    desk: 'Apertura in sola lettura (EXAMINE) negata per {folder|una cartella}.',
  },
  MESSAGE_VANISHED: {
    happened: 'Un messaggio è stato tolto dalla cartella {folder|in corso} durante il salvataggio.',
    safe: 'Gli altri messaggi sono al sicuro. Travaso non cancella mai nulla.',
    now: 'Se non l’hai tolto tu, cercalo nel cestino. Poi avvia di nuovo il salvataggio.',
    desk: 'Messaggio annunciato ma non più presente in {folder|una cartella}.',
  },
  MESSAGE_UNREADABLE: {
    happened: 'Un messaggio della cartella {folder|in corso} non si riesce a leggere.',
    safe: safe.stillInOld,
    now: 'Prova ad aprirlo nel programma di posta. Se si apre, inoltralo a te stesso e avvia di nuovo.',
    desk: 'FETCH o lettura del file falliti in {folder|una cartella}: riparare all’origine.',
  },
  MESSAGE_SIZE_DIFFERS: {
    happened: 'Un messaggio della cartella {folder|in corso} è più grande o più piccolo di quanto detto dal server.',
    safe: 'Il messaggio è al sicuro: è salvato così come il server lo ha consegnato, due volte uguale.',
    now: 'Non serve fare nulla.',
    desk: 'RFC822.SIZE diversa dalla lunghezza ricevuta; alcuni server contano male.',
  },
  SOURCE_FILE_DAMAGED: {
    happened: 'Il file {file|scelto} è rovinato o incompleto.',
    safe: 'Il file non è stato toccato. I messaggi già letti sono nell’archivio.',
    now: 'Copia di nuovo il file dal posto di origine e riprova.',
    desk: 'Struttura del file {file|sorgente} non leggibile fino in fondo.',
  },
  FILE_UNREADABLE: {
    happened: 'Il file {file|indicato} è stato saltato: non si può leggere.',
    safe: 'Il file resta dove era. Gli altri sono al sicuro.',
    now: 'Se contiene posta, controlla che si apra e riprova. Un collegamento va sostituito con il file vero.',
    desk: 'Lettura di {file|un file} non riuscita o rifiutata.',
  },
  MBOX_VARIANT_ASSUMED: {
    happened: 'Il file {file|scelto} può segnare in più modi le righe che iniziano con «From».',
    safe: 'I messaggi sono al sicuro, copiati così come stanno nel file.',
    now: 'Non serve fare nulla. In qualche riga può restare un segno «>» in più.',
    desk: 'Variante mbox assunta: {variant|non nota}. Nessun «>» tolto senza prova.',
  },
  DELETED_LEFT_OUT: {
    happened: 'Nel file {file|scelto} ci sono messaggi che avevi già eliminato: sono stati saltati.',
    safe: 'Tutti gli altri messaggi sono al sicuro.',
    now: 'Non serve fare nulla. Il file non è stato toccato.',
    desk: 'Messaggi segnati come eliminati e non ancora compattati: {messages|numero non noto}.',
  },
  MESSAGE_INCOMPLETE: {
    happened: 'Un messaggio della cartella {folder|in corso} è solo una parte: il resto manca già nel file.',
    safe: 'La parte che c’è è al sicuro nell’archivio.',
    now: 'Se il messaggio ti serve, cercalo intero in un’altra copia o nella vecchia casella.',
    desk: 'Messaggio incompleto già nella sorgente, cartella {folder|non indicata}.',
  },
  ITEMS_LEFT_OUT: {
    happened: 'In {file|ciò che hai scelto} ci sono anche cose che Travaso non conosce: non le ha portate.',
    safe: 'Il file non è stato toccato e resta tuo. I messaggi sono al sicuro.',
    now: 'Se ti servono, conserva il file: sono ancora lì dentro.',
    desk: 'Elementi non trasferiti: {items|numero non noto}, tipo {kind|non noto}.',
  },
} as const satisfies Record<string, Sentences>;
