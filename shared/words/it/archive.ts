import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const otherFiles = 'Gli altri file dell’archivio non dipendono da questo: il danno resta qui.';

/** The archive and the disk: T-5xx. */
export const archive = {
  ARCHIVE_NOT_FOUND: {
    happened: 'Nella cartella {path|scelta} non c’è nessun archivio.',
    safe: safe.nothingTouched,
    now: 'Controlla di aver scelto la cartella giusta. Se è su una chiavetta, collegala.',
    desk: 'Nessun archivio in {path|quella cartella} (manca travaso.json).',
  },
  ARCHIVE_NOT_AN_ARCHIVE: {
    happened: 'La cartella {path|scelta} contiene già altri file e non è un archivio di Travaso.',
    safe: safe.nothingTouched,
    now: 'Scegli una cartella vuota, oppure quella del tuo archivio.',
    desk: '{path|La cartella} non è vuota e non ha un travaso.json valido.',
  },
  ARCHIVE_NEWER: {
    happened: 'Questo archivio è stato creato con un Travaso più recente.',
    safe: safe.nothingTouched,
    now: 'Installa la versione nuova di Travaso e riapri l’archivio.',
    desk: 'Formato dell’archivio: versione {version|superiore a quella nota}.',
  },
  ARCHIVE_IN_USE: {
    happened: 'Questo archivio è già aperto in un’altra finestra o su un altro computer.',
    safe: safe.progressKept,
    now: 'Chiudi l’altra finestra di Travaso, poi riprova.',
    desk: 'Blocco (lock) dell’archivio tenuto da un altro processo.',
  },
  ARCHIVE_CATALOGUE_DAMAGED: {
    happened: 'L’indice dell’archivio è rovinato. I messaggi sono in altri file.',
    safe: 'I messaggi non dipendono dall’indice: i loro file non sono stati toccati.',
    now: 'Chiedi a Travaso di ricostruire l’indice: può farlo dai messaggi salvati.',
    desk: 'catalogue.sqlite non leggibile: usare travaso rebuild.',
  },
  ARCHIVE_DAMAGED: {
    happened: 'L’archivio non è più com’era: {file|uno o più file} sono cambiati o rovinati.',
    safe: 'Travaso non ha modificato nulla. Finché la casella o il backup di partenza esiste, puoi salvare di nuovo da lì.',
    now: 'Non usare questa copia. Se ne hai un’altra, controlla quella.',
    desk: 'Verifica fallita: vedere il rapporto per i file con SHA-256 diverso.',
  },
  ARCHIVE_FORMAT_FIXED: {
    happened: 'Questo archivio usa già un altro formato, e il formato non si cambia.',
    safe: safe.nothingTouched,
    now: 'Continua con lo stesso formato, oppure crea un archivio nuovo in una cartella vuota.',
    desk: 'L’archivio è stato creato nel formato {format|indicato in travaso.json}.',
  },
  DISK_FULL: {
    happened: 'Il disco è pieno: non c’è più posto per l’archivio.',
    safe: safe.progressKept,
    now: 'Libera spazio sul disco, poi avvia di nuovo: Travaso riparte da dove era.',
    desk: 'Spazio esaurito in {path|quella cartella}.',
  },
  DISK_NOT_WRITABLE: {
    happened: 'Travaso non può scrivere nella cartella {path|scelta}.',
    safe: safe.progressKept,
    now: 'Scegli un’altra cartella. Se è una chiavetta, controlla che non sia bloccata.',
    desk: 'Scrittura negata in {path|quella cartella}: permessi o sola lettura.',
  },
  DISK_FAILED: {
    happened: 'Il disco non riesce a leggere o scrivere in modo affidabile.',
    safe: 'Travaso non ha toccato i messaggi di partenza. Ciò che sta su questo disco è a rischio.',
    now: 'Non staccare nulla. Copia l’archivio su un altro disco e chiama l’assistenza.',
    desk: 'Errore di lettura o scrittura del disco (I/O) su {path|questo percorso}.',
  },
  EXPORT_PLACE_TAKEN: {
    happened: 'Nel posto scelto c’è già qualcosa: {path|un file o una cartella}.',
    safe: 'Nulla è stato cambiato né coperto. L’archivio è intatto.',
    now: 'Scegli una cartella nuova o vuota e riprova.',
    desk: 'Destinazione dell’esportazione già occupata: {path|questo percorso}.',
  },
  ARCHIVE_FILE_MISSING: {
    happened: 'Nell’archivio manca il file {file|di una cartella}.',
    safe: otherFiles,
    now: 'Cerca il file in un’altra copia e rimettilo al suo posto. Oppure salva di nuovo da dove eri partito.',
    desk: 'File elencato nel manifesto ma assente: {file|nome non indicato}.',
  },
  ARCHIVE_FILE_CHANGED: {
    happened: 'Il file {file|di una cartella} dell’archivio è cambiato dopo il salvataggio.',
    safe: otherFiles,
    now: 'Prendi lo stesso file da un’altra copia. Oppure salva di nuovo da dove eri partito.',
    desk: 'SHA-256 di {file|un file} diverso dal manifesto.',
  },
  ARCHIVE_FILE_EXTRA: {
    happened: 'Nell’archivio c’è un file in più: {file|nome non indicato}.',
    safe: 'I messaggi salvati sono tutti al loro posto.',
    now: 'Se l’hai messo tu, spostalo altrove. Poi ripeti il controllo.',
    desk: 'File presente ma non elencato nel manifesto: {file|nome non indicato}.',
  },
  ARCHIVE_FILES_SWAPPED: {
    happened: 'Due file dell’archivio hanno il nome scambiato: {file|uno} e {other|l’altro}.',
    safe: 'I messaggi ci sono tutti, ma sotto il nome sbagliato.',
    now: 'Scambia di nuovo i due nomi, poi ripeti il controllo. Se hai dubbi, chiama l’assistenza.',
    desk: '{file|Un file} e {other|un altro} hanno ciascuno lo SHA-256 dell’altro.',
  },
  ARCHIVE_MESSAGE_CHANGED: {
    happened: 'Un messaggio nel file {file|di una cartella} non è più come era stato salvato.',
    safe: 'Gli altri messaggi non dipendono da questo: il danno resta qui.',
    now: 'Prendi il file da un’altra copia. Oppure salva di nuovo da dove eri partito.',
    desk: 'SHA-256 del messaggio diverso dal valore salvato, in {file|un file}.',
  },
  ARCHIVE_NOT_SEALED: {
    happened: 'L’archivio non è ancora chiuso: il salvataggio non è arrivato in fondo.',
    safe: 'I messaggi già salvati sono nell’archivio. Gli altri restano dove sono.',
    now: 'Avvia di nuovo il salvataggio e lascialo finire.',
    desk: 'Manca manifest-sha256.txt, oppure è più vecchio dei dati.',
  },
} as const satisfies Record<string, Sentences>;
