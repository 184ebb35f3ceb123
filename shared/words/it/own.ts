import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The person's own input, stopping, and our own faults: T-7xx, T-8xx, T-9xx. */
export const own = {
  USAGE_INVALID: {
    happened: 'Travaso non capisce il comando: {argument|manca o avanza qualcosa}.',
    safe: safe.nothingTouched,
    now: 'Scrivi travaso --help per vedere i comandi, poi riprova.',
    desk: 'Argomenti della riga di comando non validi: {argument|non indicati}.',
  },
  ACCOUNT_ADDRESS_INVALID: {
    happened: 'L’indirizzo della casella non è scritto bene.',
    safe: safe.nothingTouched,
    now: 'Scrivilo così: imaps://nome@server. Nome e server sono nelle istruzioni del tuo ente.',
    desk: 'Indirizzo della casella non valido (RFC 5092).',
  },
  ACCOUNT_KIND_UNSUPPORTED: {
    happened: 'Questo Travaso non sa ancora usare caselle di tipo {scheme|diverso}.',
    safe: safe.nothingTouched,
    now: 'Controlla se esiste una versione più nuova, o chiedi all’assistenza un’altra via.',
    desk: 'Tipo di casella non gestito: {scheme|non indicato}.',
  },
  PASSWORD_MISSING: {
    happened: 'Manca la password della casella {address|indicata}.',
    safe: safe.nothingTouched,
    now: 'Scrivi la password quando Travaso la chiede. Negli script, usa --password-env o --password-stdin.',
    desk: 'Nessuna password fornita dall’ospite (ambiente, stdin o portachiavi).',
  },
  FOLDER_PATTERN_MATCHES_NOTHING: {
    happened: 'Nessuna cartella corrisponde a {pattern|quanto richiesto}.',
    safe: safe.nothingTouched,
    now: 'Controlla come è scritto il nome della cartella, poi riprova.',
    desk: 'Il filtro {pattern|delle cartelle} non trova nulla.',
  },
  FOLDER_MAP_INVALID: {
    happened: 'Il file che abbina le cartelle non è scritto bene, alla riga {line|non indicata}.',
    safe: safe.nothingTouched,
    now: 'Correggi la riga, poi riprova.',
    desk: 'File di abbinamento {file|--map} non valido.',
  },
  CA_FILE_INVALID: {
    happened: 'Il file {path|del certificato} non contiene un certificato che Travaso sa leggere.',
    safe: safe.nothingTouched,
    now: 'Chiedi di nuovo il file all’assistenza, poi indicalo a Travaso.',
    desk: 'Atteso un file PEM con uno o più certificati di CA.',
  },
  INPUT_FILE_INVALID: {
    happened: 'Travaso non riesce a leggere il file {file|scelto}.',
    safe: safe.nothingTouched,
    now: 'Controlla di aver scelto il file giusto e che si apra, poi riprova.',
    desk: '{file|Il file} manca, non è leggibile o non è del tipo atteso.',
  },

  INPUT_FILE_WRONG_KIND: {
    happened: 'Il file {file|scelto} non è del tipo indicato.',
    safe: safe.nothingTouched,
    now: 'Scegli il file o la cartella che contiene la posta, poi riprova.',
    desk: 'Il contenuto di {file|un file} non corrisponde al tipo richiesto.',
  },
  INPUT_FILE_EMPTY: {
    happened: 'Il file {file|scelto} è vuoto: non contiene nulla.',
    safe: safe.nothingTouched,
    now: 'Copia di nuovo il file dal posto di origine. Può essere una copia non finita.',
    desk: '{file|Il file} ha lunghezza zero.',
  },
  INPUT_FILE_IN_USE: {
    happened: 'Il file {file|scelto} è aperto in un altro programma.',
    safe: safe.nothingTouched,
    now: 'Chiudi il programma di posta, per esempio Outlook, poi riprova.',
    desk: 'Violazione di condivisione su {file|un file}: un altro processo lo tiene aperto.',
  },
  INPUT_FILE_ENCRYPTED: {
    happened: 'Il file {file|scelto} è protetto da una password.',
    safe: safe.nothingTouched,
    now: 'Aprilo con la password, estrai il contenuto in una cartella e scegli quella.',
    desk: '{file|Il file} contiene voci cifrate.',
  },
  INPUT_FILE_NOT_DOWNLOADED: {
    happened: 'Il file {file|scelto} non è ancora su questo computer: è solo nel cloud.',
    safe: safe.nothingTouched,
    now: 'Apri la cartella del cloud, chiedi di tenere il file sul computer e riprova.',
    desk: '{file|Il file} è un segnaposto del cloud non scaricato, oppure il disco non risponde.',
  },

  PATH_NOT_GRANTED: {
    happened: 'Travaso può usare solo file e cartelle che hai scelto tu, e {path|questa} non è tra quelle.',
    safe: safe.nothingTouched,
    now: 'Scegli di nuovo la cartella o il file con il pulsante, poi riprova.',
    desk: 'Percorso non concesso dalla finestra di scelta.',
  },

  INTERRUPTED: {
    happened: 'Il lavoro è stato fermato prima della fine.',
    safe: safe.progressKept,
    now: 'Quando vuoi, avvia di nuovo: Travaso riparte da dove era.',
    desk: 'Lavoro interrotto dalla persona o dal sistema.',
  },

  INTERNAL: {
    happened: 'Travaso ha incontrato un errore che non si aspettava. La colpa è nostra.',
    safe: 'I messaggi di partenza sono intatti. Il lavoro già fatto resta valido.',
    now: 'Chiudi Travaso e avvia di nuovo il lavoro. Se succede ancora, chiama l’assistenza.',
    desk: 'Errore interno di tipo {kind|non noto}.',
  },
  JOB_UNKNOWN: {
    happened: 'Travaso non trova il lavoro richiesto in questo archivio.',
    safe: safe.nothingTouched,
    now: 'Torna all’elenco dei lavori e scegli da lì.',
    desk: 'Identificativo del lavoro sconosciuto.',
  },
  JOB_STATE_CONFLICT: {
    happened: 'Questo comando non si può dare al lavoro nello stato in cui è ora.',
    safe: safe.progressKept,
    now: 'Aspetta un momento e guarda di nuovo lo stato del lavoro.',
    desk: 'Transizione di stato non ammessa da {from|quello attuale}.',
  },
  CALL_INVALID: {
    happened: 'Una parte di Travaso ha chiesto qualcosa che l’altra non capisce. La colpa è nostra.',
    safe: safe.progressKept,
    now: 'Chiudi Travaso e aprilo di nuovo. Se succede ancora, chiama l’assistenza.',
    desk: 'Chiamata fuori dal contratto tra finestra e motore.',
  },
  ENGINE_STOPPED: {
    happened: 'La parte di Travaso che fa il lavoro si è fermata da sola. La colpa è nostra.',
    safe: safe.progressKept,
    now: 'Chiudi Travaso, aprilo di nuovo e riprendi il lavoro da dove era.',
    desk: 'Il processo del motore è terminato in modo imprevisto.',
  },
} as const satisfies Record<string, Sentences>;
