import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** Files and folders with mail that people already have: T-715 to T-719. The rest of T-71x stands in `own.ts`. */
export const inputFile = {
  INPUT_FILE_NOT_MAIL: {
    happened: 'In {file|quello che hai scelto} Travaso non trova posta, né contatti o calendari.',
    safe: safe.nothingTouched,
    now: 'Scegli il file di Outlook, la cartella di Thunderbird o di Mail, i file EML, il file di Zimbra, o file VCF, ICS, CSV.',
    desk: 'Nessun tipo riconosciuto dal contenuto di {file|un percorso}.',
  },
  INPUT_FOLDER_TOO_LARGE: {
    happened: 'Nella cartella {file|scelta} ci sono troppe cose: Travaso non finisce di guardarle.',
    safe: safe.nothingTouched,
    now: 'Scegli solo la cartella che contiene la posta, non tutto il disco.',
    desk: 'Riconoscimento di {file|una cartella} oltre il tempo concesso.',
  },
  INPUT_NEEDS_UNPACKING: {
    happened: 'La posta è dentro il file compresso {file|scelto} e da lì Travaso non può leggerla.',
    safe: safe.nothingTouched,
    now: 'Estrai il contenuto in una cartella, poi scegli quella.',
    desk: '{file|Un file} ZIP contiene un PST o un altro archivio: va estratto prima.',
  },
  SOURCE_KIND_AMBIGUOUS: {
    happened: 'In {file|questo posto} c’è posta di più tipi.',
    safe: safe.nothingTouched,
    now: 'Scrivi davanti al nome quale vuoi: {kinds|per esempio mbox:}.',
    desk: '--source senza schema e più tipi riconosciuti in {file|un percorso}.',
  },
  ARCHIVE_INSIDE_SOURCE: {
    happened: 'Il posto scelto per l’archivio è dentro il tuo backup {file|di partenza}.',
    safe: 'Il backup non è stato toccato: Travaso non ci scrive mai.',
    now: 'Scegli per l’archivio una cartella fuori dal backup.',
    desk: 'Cartella dell’archivio sotto la sorgente {file|indicata}.',
  },
} as const satisfies Record<string, Sentences>;
