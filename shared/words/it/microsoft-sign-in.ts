import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** What the help desk looks up: Microsoft's number, and the identifier under which its log has the attempt. */
const trace = 'Microsoft {number|senza numero}, {correlation|senza identificativo}.';

/** Signing in at Microsoft 365, and at any page in the browser: T-305 to T-329. */
export const microsoftSignIn = {
  MICROSOFT_NOT_CONFIGURED: {
    happened: 'Questo computer non sa ancora come entrare in Microsoft 365 per {domain|il tuo ente}.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’ufficio informatico il profilo del tuo ente. Puoi preparare qui la lettera con i passi esatti.',
    desk: 'Mancano tenant e client id: vanno nel profilo dell’organizzazione.',
  },
  SIGNIN_WRONG_ACCOUNT: {
    happened: 'Nella pagina di accesso hai scelto un altro account: {identity|non il tuo}.',
    safe: 'I tuoi messaggi sono al sicuro. Non abbiamo letto né scritto nulla in quell’account.',
    now: 'Accedi di nuovo e scegli {address|il tuo indirizzo}. La pagina ti chiederà quale account usare.',
    desk: 'preferred_username (Microsoft) o GetInfo (Zimbra, Carbonio) diverso dall’indirizzo chiesto; le caselle condivise non valgono.',
  },
  SIGNIN_CANCELLED: {
    happened: 'L’accesso è stato annullato.',
    safe: safe.nothingTouched,
    now: 'Quando vuoi, premi «Accedi» e ricomincia.',
    desk: 'La persona ha chiuso o annullato l’accesso.',
  },
  SIGNIN_TIMED_OUT: {
    happened: 'Non è arrivata risposta dalla pagina di accesso.',
    safe: safe.nothingTouched,
    now: 'Forse la pagina è stata chiusa o dimenticata. Accedi di nuovo e arriva fino in fondo.',
    desk: 'Tempo scaduto: nessun ritorno su http://localhost (Microsoft) o nessun cookie di sessione (SAML). Un programma di sicurezza può bloccarlo.',
  },
  MICROSOFT_CONSENT_REFUSED: {
    happened: 'Il permesso di aggiungere la posta non è stato dato.',
    safe: safe.nothingTouched,
    now: 'Accedi di nuovo e premi «Accetta». Se la pagina vuole un amministratore, manda la lettera all’ufficio informatico.',
    desk: `Consenso rifiutato. ${trace}`,
  },
  MICROSOFT_APPROVAL_NEEDED: {
    happened: 'Il tuo ente non ha ancora approvato questo programma.',
    safe: safe.nothingTouched,
    now: 'Manda all’ufficio informatico la lettera già pronta. Poi accedi di nuovo.',
    desk: `Serve il consenso di un amministratore (IMAP.AccessAsUser.All). ${trace}`,
  },
  MICROSOFT_SECOND_FACTOR_NEEDED: {
    happened: 'Microsoft vuole di nuovo la tua seconda prova: il codice o l’app sul telefono.',
    safe: safe.progressKept,
    now: 'Accedi di nuovo nel browser e conferma sul telefono.',
    desk: `Richiesta MFA. ${trace}`,
  },
  MICROSOFT_SECOND_FACTOR_MISSING: {
    happened: 'Per entrare serve un’app di conferma sul telefono, e il tuo account non ce l’ha ancora.',
    safe: safe.nothingTouched,
    now: 'Entra nella posta dal browser e segui i passi per registrarla. Poi torna qui.',
    desk: `Registrazione MFA mancante (aka.ms/mfasetup). ${trace}`,
  },
  MICROSOFT_ACCOUNT_LOCKED: {
    happened: 'Il tuo account è bloccato per troppi tentativi.',
    safe: safe.nothingTouched,
    now: 'Aspetta mezz’ora senza riprovare. Se non basta, chiama l’assistenza.',
    desk: `Account bloccato o indirizzo di rete a rischio. ${trace}`,
  },
  MICROSOFT_PASSWORD_EXPIRED: {
    happened: 'La tua password è scaduta.',
    safe: safe.nothingTouched,
    now: 'Cambiala entrando nella posta dal browser. Poi accedi di nuovo qui.',
    desk: `Password scaduta. ${trace}`,
  },
  MICROSOFT_FOREIGN_ACCOUNT: {
    happened: 'Questo account non è del tuo ente.',
    safe: safe.nothingTouched,
    now: 'Accedi di nuovo con l’indirizzo di lavoro, non con quello personale.',
    desk: `Utente di un altro tenant o personale. ${trace}`,
  },
  MICROSOFT_REGISTRATION_UNKNOWN: {
    happened: 'Microsoft non riconosce i dati del tuo ente.',
    safe: safe.nothingTouched,
    now: 'Non dipende da te. Leggi il codice all’assistenza e chiedi un profilo aggiornato.',
    desk: `Tenant o client id sbagliato nel profilo. ${trace}`,
  },
  MICROSOFT_NOT_ASSIGNED: {
    happened: 'Il tuo ente ha aperto questo programma solo ad alcune persone, e tu non ci sei ancora.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’ufficio informatico di aggiungerti. Poi accedi di nuovo.',
    desk: `Utente non assegnato all’applicazione. ${trace}`,
  },
  MICROSOFT_DEVICE_NOT_MANAGED: {
    happened: 'Il tuo ente vuole che tu entri da un computer di lavoro registrato.',
    safe: safe.nothingTouched,
    now: 'Usa il computer dell’ufficio, o chiedi all’ufficio informatico.',
    desk: `Accesso condizionale: dispositivo non conforme o non registrato. ${trace}`,
  },
  MICROSOFT_BLOCKED_BY_POLICY: {
    happened: 'Una regola del tuo ente non permette questo modo di entrare.',
    safe: safe.nothingTouched,
    now: 'Se usavi il codice, prova con il browser. Altrimenti chiedi all’ufficio informatico.',
    desk: `Accesso condizionale o impostazioni di sicurezza. ${trace}`,
  },
  MICROSOFT_REGISTRATION_WRONG: {
    happened: 'Questo programma non è ancora registrato bene per il tuo ente.',
    safe: safe.nothingTouched,
    now: 'Non dipende da te. Leggi il codice all’assistenza.',
    desk: `Controllare: client pubblico, http://localhost, permessi delegati. ${trace}`,
  },
  MICROSOFT_DEVICE_CODE_EXPIRED: {
    happened: 'Il codice mostrato qui è scaduto prima che tu lo scrivessi nella pagina.',
    safe: safe.nothingTouched,
    now: 'Chiedi un codice nuovo e scrivilo entro un quarto d’ora.',
    desk: 'Device code scaduto.',
  },
  MICROSOFT_SIGNIN_FAILED: {
    happened: 'L’accesso a Microsoft 365 non è riuscito.',
    safe: safe.nothingTouched,
    now: 'Riprova una volta. Se non va, leggi il codice all’assistenza.',
    desk: `Risposta non prevista. ${trace}`,
  },
} as const satisfies Record<string, Sentences>;
