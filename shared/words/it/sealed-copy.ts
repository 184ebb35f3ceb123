import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The encrypted copy of an archive: T-535 to T-538. */
export const sealedCopy = {
  SEALED_COPY_INVALID: {
    happened: 'Il file {file|scelto} non è una copia cifrata di Travaso.',
    safe: safe.nothingTouched,
    now: 'Scegli il file della copia: il nome finisce di solito in .age.',
    desk: 'Manca l’intestazione age-encryption.org/v1.',
  },
  SEALED_KEY_WRONG: {
    happened: 'Con questa frase segreta la copia non si apre.',
    safe: 'La copia non è stata toccata e su disco non è stato scritto nulla.',
    now: 'Riprova con calma: contano maiuscole, spazi e accenti. Senza la frase giusta nessuno può aprirla.',
    desk: 'age: nessuna chiave corrisponde, o l’inizio del file {file|scelto} è alterato.',
  },
  SEALED_COPY_DAMAGED: {
    happened: 'La copia cifrata è rovinata o incompleta.',
    safe: 'L’archivio da cui è stata fatta non è stato toccato. Ciò che era stato estratto è stato tolto.',
    now: 'Copia di nuovo il file dal disco originale, o rifai la copia cifrata.',
    desk: 'age: autenticazione fallita o fine prematura di {file|quel file}.',
  },
  RECIPIENT_INVALID: {
    happened: 'Una delle chiavi indicate non è valida.',
    safe: safe.nothingTouched,
    now: 'Controlla la chiave con chi te l’ha data: comincia con age1.',
    desk: 'Chiave age non valida: {recipient|non indicata}.',
  },
} as const satisfies Record<string, Sentences>;
