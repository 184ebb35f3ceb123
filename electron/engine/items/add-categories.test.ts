import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { addCategories } from './add-categories.ts';

const calendar = (...lines: readonly string[]): Buffer =>
  Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
const series = calendar(
  ...['BEGIN:VEVENT', 'UID:a', 'SUMMARY:Giunta é', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'END:VALARM', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:a', 'RECURRENCE-ID:20260601T090000Z', 'CATEGORIES:Ufficio', 'END:VEVENT'],
);

function categoriesOf(octets: Buffer): readonly string[][] {
  const component = new ICAL.Component(ICAL.parse(octets.toString('utf8')) as unknown[] as never);
  return component
    .getAllSubcomponents('vevent')
    .map(each => each.getAllProperties('categories').flatMap(one => one.getValues().map(String)));
}

test('each appointment of a series gets the words, whatever is in them, and nothing else changes', () => {
  const tagged = addCategories(series, ['Da fare, subito; è', 'x'.repeat(90)]);
  expect(categoriesOf(tagged)).toEqual([
    ['Da fare, subito; è', 'x'.repeat(90)],
    ['Da fare, subito; è', 'x'.repeat(90), 'Ufficio'],
  ]);
  const added = /CATEGORIES:Da fare(?:.*\r\n .*)*\r\n/g;
  expect(tagged.toString().replaceAll(added, '')).toBe(series.toString());
});

test('what is said already is not said again; without words, or broken, it is as it came', () => {
  expect(addCategories(series, ['Ufficio'])).toBe(series);
  expect(addCategories(series, [])).toBe(series);
  const broken = Buffer.from('BEGIN:VEVENT\r\nSUMMARY\r\n');
  expect(addCategories(broken, ['Ufficio'])).toBe(broken);
});
