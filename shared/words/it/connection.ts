import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

const passwordNotSent = 'I tuoi messaggi sono al sicuro. La password non è stata inviata.';

/** The line and the server's identity: T-1xx and T-2xx. */
export const connection = {
  SERVER_UNKNOWN_HOST: {
    happened: 'Travaso non trova il server {host|della posta}.',
    safe: safe.nothingTouched,
    now: 'Controlla che il nome del server sia scritto bene. Controlla anche che il computer sia in rete.',
    desk: 'Il nome del server {host|indicato} non si risolve (DNS).',
  },
  SERVER_REFUSED_CONNECTION: {
    happened: 'Il server {host|della posta} esiste, ma non accetta il collegamento.',
    safe: safe.nothingTouched,
    now: 'Controlla il nome del server nelle istruzioni del tuo ente. Se è giusto, chiama l’assistenza.',
    desk: '{host|Il server} rifiuta la connessione sulla porta {port|indicata}.',
  },
  SERVER_UNREACHABLE: {
    happened: 'Il server {host|della posta} non si raggiunge da questa rete.',
    safe: safe.progressKept,
    now: 'Controlla la rete del computer. Poi avvia di nuovo il lavoro.',
    desk: '{host|Il server} non è raggiungibile: possibile blocco di rete, VPN o firewall.',
  },
  SERVER_SILENT: {
    happened: 'Il server {host|della posta} ha smesso di rispondere.',
    safe: safe.progressKept,
    now: 'Aspetta qualche minuto e avvia di nuovo: Travaso riparte da dove era.',
    desk: '{host|Il server} non risponde entro il tempo massimo (timeout).',
  },
  CONNECTION_LOST: {
    happened: 'Il collegamento con il server {host|della posta} si è interrotto.',
    safe: safe.progressKept,
    now: 'Controlla la rete e avvia di nuovo: Travaso riparte da dove era.',
    desk: 'Connessione con {host|il server} caduta a metà lavoro.',
  },
  SERVER_BUSY: {
    happened: 'Il server {host|della posta} ha troppo da fare in questo momento.',
    safe: safe.progressKept,
    now: 'Avvia di nuovo il lavoro {wait|più tardi}: Travaso riparte da dove era.',
    desk: '{host|Il server} dice di essere occupato o limita le connessioni.',
  },
  SERVER_THROTTLED: {
    happened: 'Il server {host|della posta} chiede di andare più piano.',
    safe: safe.progressKept,
    now: 'Non serve fare nulla: Travaso riprende da solo {wait|appena può}.',
    desk: '{host|Il server} limita la velocità (throttling).',
  },
  SERVER_NOT_IMAP: {
    happened: 'Il server {host|indicato} risponde, ma non è un server di posta adatto.',
    safe: safe.nothingTouched,
    now: 'Controlla nome e porta del server nelle istruzioni del tuo ente.',
    desk: '{host|Il server} sulla porta {port|indicata} non parla IMAP.',
  },
  PROXY_UNREACHABLE: {
    happened: 'Il proxy di questa rete ({proxy|da cui passano i programmi}) non risponde.',
    safe: safe.progressKept,
    now: 'Controlla la rete del computer e la VPN. Poi avvia di nuovo il lavoro.',
    desk: 'Proxy {proxy|impostato} non raggiungibile: impostazioni di sistema, PAC o HTTPS_PROXY.',
  },
  PROXY_REFUSED: {
    happened: 'Il proxy di questa rete non lascia passare Travaso verso {host|il server}.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’assistenza di lasciar passare Travaso, oppure prova da un’altra rete.',
    desk: 'Il proxy {proxy|impostato} risponde {status|un rifiuto} a CONNECT {host|il server}. Con 407: Travaso conosce solo Basic.',
  },
  MAIL_NOT_THROUGH_PROXY: {
    happened: 'Questa rete fa uscire i programmi solo da un proxy, e la posta da lì non passa.',
    safe: safe.nothingTouched,
    now: 'Prova da un’altra rete, per esempio con la VPN dell’ente. Oppure chiama l’assistenza.',
    desk: 'IMAP verso {host|il server}, porta {port|993}, va solo diretto: aprirlo nel firewall. Proxy: {proxy|sì}.',
  },

  TLS_CERTIFICATE_EXPIRED: {
    happened: 'Il certificato che prova l’identità del server {host|della posta} è scaduto.',
    safe: passwordNotSent,
    now: 'Controlla la data del computer. Se è giusta, chiama l’assistenza.',
    desk: 'Certificato TLS di {host|questo server} scaduto.',
  },
  TLS_CERTIFICATE_WRONG_HOST: {
    happened: 'Il server {host|della posta} mostra un certificato con un altro nome.',
    safe: passwordNotSent,
    now: 'Controlla il nome del server nelle istruzioni del tuo ente. Se è giusto, chiama l’assistenza.',
    desk: 'Il certificato TLS non vale per {host|questo nome}.',
  },
  TLS_CERTIFICATE_SELF_SIGNED: {
    happened: 'Il server {host|della posta} garantisce per sé da solo: nessuno conferma chi è.',
    safe: passwordNotSent,
    now: 'Chiedi all’assistenza il file del certificato e indicalo a Travaso.',
    desk: 'Certificato TLS autofirmato su {host|questo server}: serve il file della CA.',
  },
  TLS_CERTIFICATE_UNKNOWN_CA: {
    happened: 'Questo computer non conosce chi garantisce per il server {host|della posta}.',
    safe: passwordNotSent,
    now: 'Chiedi all’assistenza il file del certificato e indicalo a Travaso.',
    desk: 'CA sconosciuta per {host|questo server}: serve il file della CA dell’ente.',
  },
  TLS_TOO_OLD: {
    happened: 'Il server {host|della posta} protegge il collegamento in un modo troppo vecchio.',
    safe: passwordNotSent,
    now: 'Chiama l’assistenza: va aggiornato il server, non il tuo computer.',
    desk: '{host|Il server} offre solo versioni di TLS precedenti alla 1.2.',
  },
  TLS_NOT_OFFERED: {
    happened: 'Il server {host|della posta} non offre un collegamento protetto.',
    safe: passwordNotSent,
    now: 'Chiedi all’assistenza come collegarti in modo protetto.',
    desk: '{host|Il server} non annuncia STARTTLS sulla porta {port|indicata}.',
  },
  TLS_FAILED: {
    happened: 'Il collegamento protetto con il server {host|della posta} non è riuscito.',
    safe: passwordNotSent,
    now: 'Riprova tra poco. Se succede ancora, chiama l’assistenza.',
    desk: 'Negoziazione TLS fallita con {host|il server}, porta {port|indicata}.',
  },
  TLS_REQUIRED: {
    happened: 'Hai chiesto un collegamento senza protezione con il server {host|della posta}.',
    safe: passwordNotSent,
    now: 'Scegli un collegamento protetto: Travaso non manda password in chiaro in rete.',
    desk: 'Connessione senza TLS ammessa solo verso lo stesso computer (loopback).',
  },
  TLS_INTERCEPTED: {
    happened: 'Qualcosa tra questo computer e il server legge il traffico protetto.',
    safe: safe.nothingTouched,
    now: 'Se il tuo ente lo sa, va bene così. Nel dubbio chiedi prima di scrivere la password.',
    desk: 'Ispezione TLS (antivirus o proxy)? Emittente non pubblico: {issuer|non noto}.',
  },
} as const satisfies Record<string, Sentences>;
