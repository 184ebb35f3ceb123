import { expect, test } from 'vitest';
import { freezeProblem } from './freeze-window.ts';
import { sampleProfile } from './testing/sample-profile.ts';

const dates = { ...sampleProfile.dates, freezeFrom: '2026-12-04', freezeUntil: '2026-12-09' };
const at = (year: number, month: number, day: number, hour: number, minute: number): Date =>
  new Date(year, month - 1, day, hour, minute);

test('both days belong to the freeze, by the calendar on the wall and not by UTC', () => {
  const profile = { ...sampleProfile, dates };
  const frozen = { code: 'ORGANISATION_FREEZE', details: { fromDay: '2026-12-04', untilDay: '2026-12-09' } };
  expect(freezeProblem(profile, at(2026, 12, 3, 23, 59))).toBeNull();
  expect(freezeProblem(profile, at(2026, 12, 4, 0, 1))).toEqual(frozen);
  expect(freezeProblem(profile, at(2026, 12, 9, 23, 59))).toEqual(frozen);
  expect(freezeProblem(profile, at(2026, 12, 10, 0, 1))).toBeNull();
});

test('without a profile, or with half a window, nothing is frozen', () => {
  expect(freezeProblem(null, at(2026, 12, 5, 12, 0))).toBeNull();
  const open = { ...sampleProfile, dates: { ...dates, freezeUntil: null } };
  expect(freezeProblem(open, at(2026, 12, 5, 12, 0))).toBeNull();
});
