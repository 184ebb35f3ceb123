import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const nothingSent = 'I tuoi messaggi sono al sicuro: nulla è stato toccato né inviato.';

/** The doors of Zimbra and Carbonio: T-330 to T-359. */
export const zimbra = {
  SIGNIN_CODE_REFUSED: {
    happened: 'Il server {host|della posta} non accetta questo codice.',
    safe: safe.nothingTouched,
    now: 'Aspetta il codice nuovo nella tua app e scrivilo subito. Controlla che sia quello di questa casella.',
    desk: 'Codice OTP rifiutato da {host|quel server}; la password era giusta.',
  },
  SIGNIN_CODE_USED: {
    happened: 'Questo codice è già stato usato: ogni codice vale una volta sola.',
    safe: safe.nothingTouched,
    now: 'Aspetta che la tua app mostri un codice nuovo, poi scrivi quello.',
    desk: 'Stesso codice OTP digitato due volte: non inviato di nuovo a {host|quel server}.',
  },
  SIGNIN_CODE_EXPIRED: {
    happened: 'È passato troppo tempo: questo codice o questo accesso è scaduto.',
    safe: safe.nothingTouched,
    now: 'Ricomincia l’accesso e scrivi il codice appena appare nella tua app.',
    desk: 'Codice OTP o sessione intermedia scaduti su {host|quel server}.',
  },
  SIGNIN_CLOCK_SKEW: {
    happened: 'Il codice non è stato accettato, e gli orologi non vanno d’accordo.',
    safe: safe.nothingTouched,
    now: 'Metti l’ora automatica sul telefono e sul computer. Poi scrivi un codice nuovo.',
    desk: 'Orologio diverso da quello di {host|quel server}: {skewSeconds|molti} secondi. Possibile causa del codice OTP rifiutato.',
  },
  SIGNIN_LOCKED: {
    happened: 'L’accesso a questa casella è bloccato.',
    safe: safe.nothingTouched,
    now: 'Non provare ancora: il blocco può durare di più. Chiedi all’assistenza di sbloccare la casella.',
    desk: '{host|Il server} dà la casella per bloccata o non attiva, oppure i tentativi sono finiti.',
  },
  SERVER_MAINTENANCE: {
    happened: 'La casella è in manutenzione: per ora nessuno può entrare.',
    safe: safe.progressKept,
    now: 'Riprova più tardi. Se dura più di un giorno, chiama l’assistenza.',
    desk: '{host|Il server} risponde: casella in manutenzione (MAINTENANCE_MODE).',
  },
  SECOND_FACTOR_SETUP_NEEDED: {
    happened: 'Questa casella chiede anche un codice, ma il codice non è ancora attivo.',
    safe: safe.nothingTouched,
    now: 'Entra una volta dal sito della posta: ti guida ad attivare il codice. Poi torna qui.',
    desk: 'Secondo fattore obbligatorio ma non configurato su {host|quel server}.',
  },
  MAILBOX_NOT_THERE: {
    happened: 'Il nome e la password vanno bene, ma la casella non c’è ancora.',
    safe: safe.nothingTouched,
    now: 'Aspetta che il tuo ente crei la casella. Se la data è passata, chiama l’assistenza.',
    desk: 'Accesso riuscito su {host|quel server}, casella assente: non creata, non migrata o ferma da oltre 12 mesi.',
  },
  IMAP_APP_PASSWORD_NEEDED: {
    happened: 'Per leggere la posta, {host|questo server} vuole una password apposta per i programmi.',
    safe: safe.nothingTouched,
    now: 'Entra nel sito della posta, apri le impostazioni di sicurezza, crea una password per le app e scrivila qui.',
    desk: 'Secondo fattore attivo: {host|il server} accetta via IMAP solo password per applicazioni.',
  },
  PASSWORD_CHANGE_DEMANDED: {
    happened: 'Il server {host|della posta} vuole che tu cambi la password adesso.',
    safe: safe.nothingTouched,
    now: 'Scegli una password nuova qui, oppure cambiala dal sito della posta e poi torna.',
    desk: '{host|Il server} chiede il cambio della password (CHANGE_PASSWORD).',
  },
  PASSWORD_CHANGE_TOO_SOON: {
    happened: 'La password è cambiata da poco: il server non permette di cambiarla già di nuovo.',
    safe: safe.nothingTouched,
    now: 'Tieni quella che hai. Se devi cambiarla oggi, chiama l’assistenza.',
    desk: 'Età minima della password non raggiunta su {host|quel server} (PASSWORD_CHANGE_TOO_SOON).',
  },
  PASSWORD_RULES_BROKEN: {
    happened: 'La password nuova non rispetta le regole del server {host|della posta}.',
    safe: safe.nothingTouched,
    now: 'Leggi le regole mostrate qui e scegli un’altra password.',
    desk: 'Regole non rispettate: {rules|non indicate dal server}.',
  },
  PASSWORD_USED_BEFORE: {
    happened: 'Hai già usato questa password in passato.',
    safe: safe.nothingTouched,
    now: 'Scegline una che non hai mai usato per questa casella.',
    desk: 'Password presente nella cronologia di {host|quel server} (PASSWORD_RECENTLY_USED).',
  },
  PASSWORD_CHANGE_NOT_ALLOWED: {
    happened: 'Il server {host|della posta} non ti lascia cambiare la password.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’assistenza una password nuova.',
    desk: 'Cambio della password bloccato per questo utente su {host|quel server} (PASSWORD_LOCKED).',
  },
  SIGNIN_BROWSER_ONLY: {
    happened: 'In questa casella si entra solo dalla pagina web del tuo ente.',
    safe: nothingSent,
    now: 'Usa il programma installato: apre quella pagina in una finestra. Oppure chiedi una password per i programmi di posta.',
    desk: '{host|Il server} offre solo SAML: serve la finestra del programma o una credenziale IMAP.',
  },
  IMAP_NOT_ENABLED: {
    happened: 'La tua casella è chiusa ai programmi di posta.',
    safe: nothingSent,
    now: 'Chiedi all’assistenza di aprirla ai programmi, almeno per il tempo del trasferimento.',
    desk: 'IMAP non abilitato per questo utente su {host|quel server}.',
  },
  SIGNIN_WINDOW_CLOSED: {
    happened: 'La finestra di accesso è stata chiusa prima della fine.',
    safe: nothingSent,
    now: 'Apri di nuovo la pagina e accedi fino in fondo: la finestra si chiude da sola.',
    desk: 'Finestra SAML chiusa dalla persona: nessun cookie di sessione dal server.',
  },
  SIGNIN_POLICY: {
    happened: 'Il tuo ente non permette di entrare da qui.',
    safe: safe.nothingTouched,
    now: 'Prova dalla rete dell’ufficio. Se non basta, chiama l’assistenza.',
    desk: '{host|Il server} rifiuta l’accesso per una regola dell’amministratore (403).',
  },
  SIGNIN_CODE_NEEDED: {
    happened: 'Per entrare in questa casella serve anche il codice della tua app.',
    safe: safe.progressKept,
    now: 'Accedi di nuovo da Travaso e scrivi il codice quando lo chiede.',
    desk: 'Secondo fattore richiesto da {host|quel server} dove nessuno poteva scrivere un codice.',
  },
  SERVER_NOT_ZIMBRA: {
    happened: 'Il server {host|indicato} risponde, ma non è del tipo atteso.',
    safe: nothingSent,
    now: 'Controlla il nome del server nelle istruzioni del tuo ente.',
    desk: '{host|Il server} non risponde in JSON su /service/soap: non è Zimbra né Carbonio.',
  },
  SERVER_FAULT: {
    happened: 'Il server {host|della posta} ha risposto con un errore che Travaso non conosce.',
    safe: safe.progressKept,
    now: 'Riprova tra qualche minuto. Se succede ancora, chiama l’assistenza.',
    desk: 'Errore di {host|quel server}: {fault|senza codice}.',
  },
  SEARCH_FOLDER_SKIPPED: {
    happened: 'La cartella {folder|di ricerca} è una ricerca salvata: mostra messaggi che stanno altrove.',
    safe: 'I messaggi che mostra sono nelle loro cartelle vere.',
    now: 'Non serve fare nulla.',
    desk: 'Cartella di ricerca saltata per non copiare due volte: {folder|non indicata}.',
  },
} as const satisfies Record<string, Sentences>;
