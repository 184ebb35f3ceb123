import { expect, test } from 'vitest';
import { formatBytes, formatDateTime, formatDuration, formatList, formatNumber, formatWait } from './format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('numbers are grouped the same way whatever their length', () => {
  expect([4321, 25_000, 300_000, 7].map(value => formatNumber(value, 'it'))).toEqual([
    '4.321',
    '25.000',
    '300.000',
    '7',
  ]);
  expect(formatNumber(25_000, 'en')).toBe('25,000');
});

test('sizes are decimal, with one digit after the comma, and never 1000 of a unit', () => {
  const sizes = [0, 1, 999, 1000, 1_500_000_000, 999_949_999, 999_960_000, 25e9, 3.2e15];
  expect(sizes.map(size => plain(formatBytes(size, 'it')))).toEqual([
    '0 byte',
    '1 byte',
    '999 byte',
    '1 kB',
    '1,5 GB',
    '999,9 MB',
    '1 GB',
    '25 GB',
    '3.200 TB',
  ]);
  expect(plain(formatBytes(1_500_000_000, 'en'))).toBe('1.5 GB');
});

test('the number and its unit stay on one line', () => {
  expect(formatBytes(1_500_000_000, 'it')).not.toContain(' ');
  expect(formatDuration(300, 'it')).not.toContain(' ');
});

test('an instant is shown on the clock of the zone, through both changes of the hour', () => {
  const rome = (iso: string) => formatDateTime(iso, 'it', 'Europe/Rome');
  expect(rome('2026-11-22T06:15:00Z')).toBe('22/11/2026 07:15');
  expect(rome('2026-03-29T00:59:00Z')).toBe('29/03/2026 01:59');
  expect(rome('2026-03-29T01:00:00Z')).toBe('29/03/2026 03:00');
  expect(rome('2026-10-25T00:30:00Z')).toBe('25/10/2026 02:30');
  expect(rome('2026-10-25T01:30:00Z')).toBe('25/10/2026 02:30');
  expect(formatDateTime('2026-11-22T00:00:00Z', 'en', 'UTC')).toBe('22/11/2026 00:00');
  expect(rome('2019-03-04T09:15:00+01:00')).toBe('04/03/2019 09:15');
});

test('a date that is none is shown as it was written', () => {
  expect(formatDateTime('ieri mattina', 'it', 'UTC')).toBe('ieri mattina');
});

test('durations name two units at most, in the singular where there is one', () => {
  const said = [1, 45, 60, 725, 3600, 3900, 86_400, 97_200].map(seconds => plain(formatDuration(seconds, 'it')));
  expect(said).toEqual([
    '1 secondo',
    '45 secondi',
    '1 minuto',
    '12 minuti',
    '1 ora',
    '1 ora e 5 minuti',
    '1 giorno',
    '1 giorno e 3 ore',
  ]);
  expect(plain(formatDuration(3900, 'en'))).toBe('1 hour and 5 minutes');
});

test('a wait is never told shorter than it is', () => {
  expect(plain(formatWait(299_961, 'it'))).toBe('tra 5 minuti');
  expect(plain(formatWait(61_000, 'it'))).toBe('tra 2 minuti');
  expect(plain(formatWait(1_200, 'en'))).toBe('in 2 seconds');
  expect(formatWait(0, 'it')).toBe('subito');
});

test('lists are joined as people say them', () => {
  expect(formatList(['Bozze', 'Inviata', 'Progetti'], 'it')).toBe('Bozze, Inviata e Progetti');
});
