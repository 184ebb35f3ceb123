import { isRecord, recordOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';

/** Zimbra's names of tests and actions, in the words of its own Italian pages; what is not here keeps its name. */
const words: Readonly<Record<string, string>> = {
  headerTest: 'intestazione',
  mimeHeaderTest: 'intestazione',
  headerExistsTest: 'c’è l’intestazione',
  addressTest: 'indirizzo',
  bodyTest: 'testo del messaggio',
  sizeTest: 'dimensione',
  dateTest: 'data',
  currentTimeTest: 'ora',
  attachmentTest: 'ha un allegato',
  addressBookTest: 'è nella rubrica',
  contactRankingTest: 'è tra i contatti frequenti',
  meTest: 'è indirizzato a me',
  inviteTest: 'è un invito',
  conversationTest: 'conversazione',
  listTest: 'viene da una lista',
  bulkTest: 'è posta massiva',
  importanceTest: 'importanza',
  flaggedTest: 'contrassegno',
  trueTest: 'ogni messaggio',
  actionKeep: 'tieni nella posta in arrivo',
  actionDiscard: 'elimina',
  actionFileInto: 'metti nella cartella',
  actionFlag: 'segna come',
  actionTag: 'metti l’etichetta',
  actionRedirect: 'inoltra a',
  actionReply: 'rispondi con',
  actionNotify: 'avvisa',
  actionStop: 'non applicare altre regole',
  contains: 'contiene',
  is: 'è',
  matches: 'corrisponde a',
};

/** The rules in their order, for a person who has to write them again somewhere else. */
export function describeRules(title: string, rules: readonly JsonRecord[]): string {
  const parts = rules.map((rule, index) => {
    const isActive = ['1', 'true'].includes(textOf(rule['active']) ?? '');
    const tests = recordOf(rule['filterTests']);
    const condition = textOf(tests['condition']) === 'allof' ? 'tutte vere' : 'almeno una vera';
    return [
      `${index + 1}. ${textOf(rule['name']) ?? ''}${isActive ? '' : ' (non attiva)'}`,
      `   Se (${condition}):`,
      ...elements(tests).map(line => `   - ${line}`),
      '   Allora:',
      ...elements(recordOf(rule['filterActions'])).map(line => `   - ${line}`),
    ].join('\n');
  });
  return `${title}\n\n${parts.join('\n\n')}\n`;
}

/** One line for each test or action, in the order the server numbers them across their kinds. */
function elements(holder: JsonRecord): readonly string[] {
  return Object.entries(holder)
    .filter(([, value]) => typeof value === 'object')
    .flatMap(([name, value]) =>
      recordsOf(value).map(element => ({
        index: Number(textOf(element['index']) ?? 0),
        line: describe(name, element),
      })),
    )
    .sort((a, b) => a.index - b.index)
    .map(({ line }) => line);
}

function describe(name: string, element: JsonRecord): string {
  const isNegative = ['1', 'true'].includes(textOf(element['negative']) ?? '');
  const values = Object.entries(element)
    .filter(([key]) => !['index', 'negative', 'caseSensitive'].includes(key))
    .map(([key, value]) => {
      const text = isRecord(value) || Array.isArray(value) ? (textOf(value) ?? JSON.stringify(value)) : String(value);
      return /Comparison$/.test(key) ? (words[text] ?? text) : `“${text}”`;
    });
  return [isNegative ? 'non:' : '', words[name] ?? name, ...values].filter(part => part !== '').join(' ');
}
