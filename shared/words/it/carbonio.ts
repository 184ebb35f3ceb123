import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The new mailbox where it is Carbonio: T-635 and following. */
export const carbonio = {
  TARGET_BY_IMAP: {
    happened: 'La nuova casella non accetta il caricamento usuale. Travaso usa un’altra strada, che funziona.',
    safe: safe.folderInArchive,
    now: 'Non serve fare nulla.',
    desk: 'Upload o AddMsg bloccati su {host|un server}: i messaggi vanno per IMAP.',
  },
  TARGET_UPLOAD_BLOCKED: {
    happened: 'La nuova casella si apre, ma non lascia caricare messaggi.',
    safe: safe.folderInArchive,
    now: 'Chiedi all’assistenza di permettere il caricamento, e mandale la riga qui sotto. Poi riprova.',
    desk: 'Su {host|il server} /service/upload o AddMsgRequest sono bloccati, e IMAP non risponde.',
  },
} as const satisfies Record<string, Sentences>;
