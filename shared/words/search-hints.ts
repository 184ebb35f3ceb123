import type { SearchHint } from '../model/message-list.ts';
import type { Language } from './language.ts';

type HintWords = Readonly<Record<SearchHint['kind'], string>>;

/** What to say when a search finds nothing, or less than was meant. `{text}` is what was typed. */
const words: Readonly<Record<Language, HintWords>> = {
  it: {
    empty: 'Scrivi che cosa cercare: una parola, un nome, una frase tra virgolette.',
    'no-words': 'In «{text}» non c’è nessuna parola da cercare.',
    'date-not-understood': 'La data «{text}» non è chiara. Prova con 2019, marzo 2019, 01/03/2019 o ieri.',
    'range-reversed': 'La data di fine viene prima di quella di inizio.',
    'folder-not-found': 'Nessuna cartella si chiama «{text}».',
    'kind-not-understood':
      'Non conosco il tipo «{text}». Prova con messaggio, contatto, appuntamento, attività, nota, documento.',
    'field-empty': 'Dopo i due punti manca che cosa cercare.',
    'nothing-found':
      'Non ho trovato nulla. Prova con meno parole, o con l’inizio di una parola e un asterisco: verbal*',
    'date-as-words': 'Nessun messaggio contiene queste parole. Per cercare per data scrivi data:{text}',
  },
  en: {
    empty: 'Type what to look for: a word, a name, a phrase in quotes.',
    'no-words': 'There is no word to look for in “{text}”.',
    'date-not-understood': 'The date “{text}” is not clear. Try 2019, march 2019, 01/03/2019 or yesterday.',
    'range-reversed': 'The end date comes before the start date.',
    'folder-not-found': 'No folder is called “{text}”.',
    'kind-not-understood': 'There is no kind “{text}”. Try message, contact, appointment, task, note, document.',
    'field-empty': 'What to look for is missing after the colon.',
    'nothing-found': 'Nothing found. Try fewer words, or the beginning of a word and an asterisk: minut*',
    'date-as-words': 'No message holds these words. To look by date, type date:{text}',
  },
};

export function describeHint({ kind, text }: SearchHint, language: Language): string {
  return words[language][kind].replaceAll('{text}', () => text);
}
