import { expect, test } from 'vitest';
import { parseDateRange } from './natural-date.ts';

/** A Wednesday. */
const now = new Date(2024, 4, 15, 23, 30);

test.each([
  ['oggi', '2024-5-15', '2024-5-16'],
  ['ieri', '2024-5-14', '2024-5-15'],
  ['l’altro ieri', '2024-5-13', '2024-5-14'],
  ['this week', '2024-5-13', '2024-5-20'],
  ['settimana scorsa', '2024-5-6', '2024-5-13'],
  ['mese scorso', '2024-4-1', '2024-5-1'],
  ["l'anno scorso", '2023-1-1', '2024-1-1'],
  ['ultimi 7 giorni', '2024-5-9', '2024-5-16'],
  ['last 2 weeks', '2024-5-2', '2024-5-16'],
  ['2019', '2019-1-1', '2020-1-1'],
  ['2019-03', '2019-3-1', '2019-4-1'],
  ['2019-03-31', '2019-3-31', '2019-4-1'],
  ['03/2019', '2019-3-1', '2019-4-1'],
  ['1/3/2019', '2019-3-1', '2019-3-2'],
  ['01.03.19', '2019-3-1', '2019-3-2'],
  ['Marzo 2019', '2019-3-1', '2019-4-1'],
  ['4 marzo 2019', '2019-3-4', '2019-3-5'],
  ['1° mar 2019', '2019-3-1', '2019-3-2'],
  ['march 4, 2019', '2019-3-4', '2019-3-5'],
  ['marzo', '2024-3-1', '2024-4-1'],
  ['dicembre', '2023-12-1', '2024-1-1'],
  ['29/02/2024', '2024-2-29', '2024-3-1'],
  ['2018..marzo 2019', '2018-1-1', '2019-4-1'],
])('%s', (text, start, end) => {
  const range = parseDateRange(text, now);
  const day = (date: Date | undefined): string =>
    date === undefined ? '' : [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-');
  expect([day(range?.start), day(range?.end)]).toEqual([start, end]);
});

test.each(['boh', '', '31/02/2019', '2019-13', '12345', 'marzo marzo', 'ultimi giorni', '0/3/2019'])(
  'not a date: %s',
  text => {
    expect(parseDateRange(text, now)).toBeNull();
  },
);
