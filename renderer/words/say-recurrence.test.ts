import { expect, test } from 'vitest';
import type { Recurrence } from '../../shared/model/item-view.ts';
import { sayRecurrence } from './say-recurrence.ts';

const once: Recurrence = {
  ...{ frequency: 'weekly', interval: 1, days: [], monthDays: [], months: [], positions: [] },
  ...{ count: null, until: null, rule: null },
};
const each = (...weekdays: readonly Recurrence['days'][number]['weekday'][]): Recurrence['days'] =>
  weekdays.map(weekday => ({ weekday, nth: null }));

test.each<readonly [Partial<Recurrence>, it: string, en: string]>([
  [{}, 'Ogni settimana.', 'Every week.'],
  [
    { interval: 2, days: each('MO', 'SU'), until: '2026-12-31' },
    'Ogni 2 settimane, di lunedì e domenica, fino al 31 dicembre 2026.',
    'Every 2 weeks, on Monday and Sunday, until 31 December 2026.',
  ],
  [
    { days: each('MO', 'TU', 'WE', 'TH', 'FR'), count: 10 },
    'Ogni settimana, dal lunedì al venerdì, 10 volte in tutto.',
    'Every week, from Monday to Friday, 10 times in all.',
  ],
  [
    { frequency: 'monthly', days: [{ weekday: 'SU', nth: 2 }] },
    'Ogni mese, la seconda domenica.',
    'Every month, on the second Sunday.',
  ],
  [
    { frequency: 'yearly', days: [{ weekday: 'FR', nth: -1 }], months: [3] },
    'Ogni anno, l’ultimo venerdì, a marzo.',
    'Every year, on the last Friday, in March.',
  ],
  [{ frequency: 'monthly', monthDays: [-1] }, 'Ogni mese, l’ultimo giorno.', 'Every month, on the last day.'],
  [
    { frequency: 'monthly', days: each('MO', 'TU', 'WE', 'TH', 'FR'), positions: [-1] },
    'Ogni mese, l’ultimo giorno dal lunedì al venerdì.',
    'Every month, on the last day from Monday to Friday.',
  ],
])('%j', (part, italian, english) => {
  const recurrence = { ...once, ...part };
  expect([sayRecurrence(recurrence, 'it'), sayRecurrence(recurrence, 'en')]).toEqual([italian, english]);
});
