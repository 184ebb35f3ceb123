import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Signing in: T-3xx. */
export const signIn = {
  SIGNIN_REFUSED: {
    happened: 'Il server {host|della posta} non accetta questo nome o questa password.',
    safe: safe.nothingTouched,
    now: 'Scrivi di nuovo la password con calma. Dopo due tentativi fermati: troppi errori possono bloccare l’accesso.',
    desk: 'Accesso rifiutato da {host|quel server}: password errata, scaduta, o accesso IMAP chiuso.',
  },
  SIGNIN_UNAVAILABLE: {
    happened: 'Il server {host|della posta} non permette di entrare con nome e password.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’assistenza di abilitare il tuo accesso, o un altro modo per entrare.',
    desk: '{host|Il server} non offre un metodo di accesso con password (LOGIN, AUTH=PLAIN).',
  },
  SIGNIN_EXPIRED: {
    happened: 'L’accesso a {host|quella casella} è scaduto o è stato revocato.',
    safe: 'Tutto ciò che è già stato copiato o caricato è al sicuro. Il lavoro è fermo e aspetta.',
    now: 'Accedi di nuovo: il lavoro riprende da dove era.',
    desk: 'Sessione o token scaduto per {host|il server}: serve un nuovo accesso.',
  },
  SIGNIN_STEP_CONFLICT: {
    happened: 'L’accesso era già passato a un altro punto.',
    safe: safe.nothingTouched,
    now: 'Ricomincia l’accesso.',
    desk: 'signIn.answer non corrisponde al passo corrente.',
  },
} as const satisfies Record<string, Sentences>;
