import { expect, test } from 'vitest';
import { matchExpression } from './match-expression.ts';
import { parseQuery } from './parse-query.ts';

const now = new Date(2024, 4, 15, 12);

function understood(query: string): object {
  const { terms, folders, kinds, since, until, hasAttachment, hint } = parseQuery(query, now);
  return {
    terms: terms.map(
      ({ field, text, prefix, excluded }) => `${excluded ? '-' : ''}${field ?? ''}:${text}${prefix ? '*' : ''}`,
    ),
    ...(folders.length === 0 ? {} : { folders }),
    ...(since === null ? {} : { since: day(since) }),
    ...(until === null ? {} : { until: day(until) }),
    ...(hasAttachment === null ? {} : { hasAttachment }),
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(hint === null ? {} : { hint: hint.kind }),
  };
}

function day(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-');
}

test.each([
  ['verbale riunione', { terms: [':verbale', ':riunione'] }],
  ['"consiglio comunale" deliber*', { terms: [':consiglio comunale', ':deliber*'] }],
  ['“virgolette tipografiche”', { terms: [':virgolette tipografiche'] }],
  ['"non chiusa', { terms: [':non chiusa'] }],
  ['da:rossi a:bianchi oggetto:"nota spese"', { terms: ['sender:rossi', 'recipients:bianchi', 'subject:nota spese'] }],
  [
    'from:rossi to:bianchi subject:x body:y attachment:z',
    { terms: ['sender:rossi', 'recipients:bianchi', 'subject:x', 'body:y', 'attachment:z'] },
  ],
  ['da: rossi', { terms: ['sender:rossi'] }],
  ['Da:Rossi', { terms: ['sender:Rossi'] }],
  ['-bozza verbale', { terms: ['-:bozza', ':verbale'] }],
  ['-da:rossi', { terms: ['-sender:rossi'] }],
  ['il verbale della riunione', { terms: [':verbale', ':riunione'] }],
  ['"il verbale della riunione"', { terms: [':il verbale della riunione'] }],
  ['la', { terms: [':la'] }],
  ["l'ufficio dell’anagrafe", { terms: [':ufficio', ':anagrafe'] }],
  ['ore:15 https://ente.it/a', { terms: [':ore 15', ':https //ente.it/a'] }],
  [
    'cartella:Progetti -cartella:"Posta inviata" x',
    {
      terms: [':x'],
      folders: [
        { text: 'Progetti', excluded: false },
        { text: 'Posta inviata', excluded: true },
      ],
    },
  ],
  ['allegato:* fattura', { terms: [':fattura'], hasAttachment: true }],
  ['-allegato:*', { terms: [], hasAttachment: false }],
  ['dal:2019', { terms: [], since: '2019-1-1' }],
  ['al:2019', { terms: [], until: '2020-1-1' }],
  ['dal:01/03/2019 al:31/03/2019 x', { terms: [':x'], since: '2019-3-1', until: '2019-4-1' }],
  ['data:marzo 2019 verbale', { terms: [':verbale'], since: '2019-3-1', until: '2019-4-1' }],
  ['data:"settimana scorsa"', { terms: [], since: '2024-5-6', until: '2024-5-13' }],
  ['dal:settimana scorsa verbale', { terms: [':verbale'], since: '2024-5-6' }],
  ['data:ieri', { terms: [], since: '2024-5-14', until: '2024-5-15' }],
  ['since:2019-03 until:2019-04-02', { terms: [], since: '2019-3-1', until: '2019-4-3' }],
  ['data:2018..2020', { terms: [], since: '2018-1-1', until: '2021-1-1' }],
  ['bilancio 2019', { terms: [':bilancio', ':2019'] }],
  ['tipo:Attività rossi', { terms: [':rossi'], kinds: [{ kind: 'task', excluded: false }] }],
  ['-type:message', { terms: [], kinds: [{ kind: 'message', excluded: true }] }],
  ['tipo:boh rossi', { terms: [':rossi'], hint: 'kind-not-understood' }],
  ['', { terms: [], hint: 'empty' }],
  ['!!! -', { terms: [], hint: 'no-words' }],
  ['da:', { terms: [], hint: 'field-empty' }],
  ['dal:boh verbale', { terms: [':verbale'], hint: 'date-not-understood' }],
  ['dal:2020 al:2019 x', { terms: [':x'], since: '2020-1-1', until: '2020-1-1', hint: 'range-reversed' }],
])('%s', (query, meant) => {
  expect(understood(query)).toEqual(meant);
});

test('nothing that is typed is taken for an operator of the index', () => {
  const { terms } = parseQuery('OR AND NOT NEAR("a b") ^x {subject}: y" * col:z --', now);
  const { wanted } = matchExpression(terms);
  expect(wanted).not.toBeNull();
  expect((wanted ?? '').replaceAll(/"[^"]*"(?: \*)?/g, 'Q').replaceAll(/Q( AND Q)*/g, 'Q')).toBe('Q');
});
