import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The organisation's profile and the hosts it vouches for: T-36x and T-72x. */
export const organisation = {
  PROFILE_INVALID: {
    happened: 'Questo file non è un profilo dell’organizzazione, o è scritto male.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’assistenza il file del profilo aggiornato.',
    desk: 'Il profilo non rispetta lo schema. Campo: {field|documento intero}.',
  },
  PROFILE_UNSIGNED: {
    happened: 'Nessuno garantisce per questo profilo: non è firmato.',
    safe: safe.nothingTouched,
    now: 'Non usarlo. Chiedi all’assistenza il profilo firmato.',
    desk: 'Manca la firma Ed25519. Firmare con: travaso profile sign.',
  },
  PROFILE_SIGNATURE_WRONG: {
    happened: 'Il profilo è stato cambiato dopo la firma.',
    safe: 'Non è stato usato. La tua posta non è stata toccata.',
    now: 'Non usare questo file e avvisa l’assistenza: qualcuno può averlo alterato.',
    desk: 'La firma Ed25519 non corrisponde al contenuto.',
  },
  PROFILE_EXPIRED: {
    happened: 'Il profilo dell’organizzazione è scaduto il {expired|giorno indicato}.',
    safe: safe.nothingTouched,
    now: 'Chiedi all’assistenza il profilo nuovo.',
    desk: 'Campo expires nel passato: {expired|data non nota}. Emettere e firmare un nuovo profilo.',
  },
  PROFILE_KEY_CHANGED: {
    happened: 'Questo profilo è firmato da qualcun altro rispetto a quello in uso.',
    safe: 'Il profilo di prima resta in uso. La tua posta non è stata toccata.',
    now: 'Telefona all’assistenza e confronta l’impronta: {fingerprint|quella mostrata}.',
    desk: 'Chiave di firma diversa: {fingerprint|impronta non nota}. Per cambiarla, rimuovere prima il profilo attuale.',
  },
  PROFILE_LINK_INVALID: {
    happened: 'A questo indirizzo non c’è un profilo.',
    safe: safe.nothingTouched,
    now: 'Controlla l’indirizzo lettera per lettera con l’assistenza. Deve cominciare con https.',
    desk: 'Risposta {status|assente} da {host|host non valido}; redirect non seguiti.',
  },
  PROFILE_KEY_INVALID: {
    happened: 'Il file indicato non contiene una chiave per firmare.',
    safe: safe.nothingTouched,
    now: 'Usa la chiave creata con «travaso profile key».',
    desk: 'Serve una chiave privata Ed25519 in formato PEM (PKCS#8).',
  },
  HOST_NOT_CONFIRMED: {
    happened: 'Il server {host|indicato} non è tra quelli conosciuti dalla tua organizzazione.',
    safe: 'La password non è stata inviata a nessuno.',
    now: 'Fermati e chiedi all’assistenza se questo server è giusto.',
    desk: 'Host {host|ignoto} non nel profilo né nel dominio dell’indirizzo. Somiglia a: {resembles|nessuno}.',
  },
  ORGANISATION_FREEZE: {
    happened:
      'Dal {fromDay|giorno indicato} al {untilDay|giorno indicato} il tuo ente cambia la posta: le impostazioni sono bloccate.',
    safe: 'La posta arriva lo stesso, e quello che Travaso salva o carica resta.',
    now: 'Puoi continuare. Se la nuova casella non ti fa entrare, riprova dopo il {untilDay|periodo indicato}.',
    desk: 'Blocco del profilo: {fromDay|inizio ignoto} – {untilDay|fine ignota}. Nulla è impedito.',
  },
} as const satisfies Record<string, Sentences>;
