import { expect, test } from 'vitest';
import { ruleContent } from './filter-rules.ts';
import { mergeRules } from './rule-merge.ts';

const rule = (name: string, value: string, more: object = {}) => ({
  name,
  active: true,
  filterTests: [{ condition: 'anyof', headerTest: [{ index: 0, header: 'subject', stringComparison: 'is', value }] }],
  filterActions: [{ actionFileInto: [{ index: 0, folderPath: 'Fatture' }] }],
  ...more,
});

test('the same rule is the same however the server writes it', () => {
  const other = {
    ...{ filterActions: { actionFileInto: { folderPath: '/Fatture', index: '0' } }, name: 'Altro', active: '1' },
    filterTests: {
      headerTest: {
        value: 'x',
        stringComparison: 'is',
        header: 'subject',
        index: '0',
        negative: '0',
        caseSensitive: false,
      },
      condition: 'anyof',
    },
  };
  expect(ruleContent(other)).toBe(ruleContent(rule('Fatture', 'x')));
  expect(ruleContent(rule('Fatture', 'y'))).not.toBe(ruleContent(rule('Fatture', 'x')));
  expect(ruleContent(rule('Fatture', 'x', { active: false }))).not.toBe(ruleContent(rule('Fatture', 'x')));
});

test('theirs stay, what is there is not added, and a name that is taken gets a number', () => {
  const theirs = [rule('Fatture', 'x'), rule('Capo', 'z')];
  const merged = mergeRules(theirs, [rule('Fatture', 'x'), rule('Capo', 'w'), rule('Nuova', 'n')]);
  expect(merged).toEqual({
    added: [rule('Capo (2)', 'w'), rule('Nuova', 'n')],
    names: ['Fatture', 'Capo (2)', 'Nuova'],
  });
  const again = mergeRules([...theirs, ...merged.added], [rule('Fatture', 'x'), rule('Capo', 'w'), rule('Nuova', 'n')]);
  expect(again).toEqual({ added: [], names: ['Fatture', 'Capo (2)', 'Nuova'] });
});
