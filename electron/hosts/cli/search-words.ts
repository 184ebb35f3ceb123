import type { ItemKind } from '../../../shared/model/item.ts';
import type { Language } from '../../../shared/words/language.ts';

/** The words of `travaso search`. */
export const searchWords: Readonly<
  Record<
    Language,
    {
      readonly preparing: string;
      readonly of: string;
      readonly found: (total: string) => string;
      /** Where there is more than mail. */
      readonly foundSome: (total: string) => string;
      readonly more: string;
      readonly noSubject: string;
      readonly kinds: Readonly<Record<ItemKind, string>>;
      readonly rebuilt: string;
      readonly incomplete: string;
    }
  >
> = {
  it: {
    preparing: 'Preparo l’indice:',
    of: 'di',
    found: total => (total === '1' ? '1 messaggio trovato' : `${total} messaggi trovati`),
    foundSome: total => (total === '1' ? '1 risultato' : `${total} risultati`),
    more: 'Ce ne sono altri: usa --limit',
    noSubject: '(senza oggetto)',
    kinds: {
      contact: '[contatto]',
      event: '[appuntamento]',
      task: '[attività]',
      note: '[nota]',
      file: '[documento]',
      rule: '[regole]',
      signature: '[firma]',
      settings: '[impostazioni]',
    },
    rebuilt: 'L’indice era rovinato ed è stato rifatto.',
    incomplete: 'messaggi con allegati che non si possono leggere: si trovano dal resto',
  },
  en: {
    preparing: 'Preparing the index:',
    of: 'of',
    found: total => (total === '1' ? '1 message found' : `${total} messages found`),
    foundSome: total => (total === '1' ? '1 result' : `${total} results`),
    more: 'There are more: use --limit',
    noSubject: '(no subject)',
    kinds: {
      contact: '[contact]',
      event: '[appointment]',
      task: '[task]',
      note: '[note]',
      file: '[document]',
      rule: '[rules]',
      signature: '[signature]',
      settings: '[settings]',
    },
    rebuilt: 'The index was damaged and was made again.',
    incomplete: 'messages with attachments that cannot be read: they can be found by the rest',
  },
};
