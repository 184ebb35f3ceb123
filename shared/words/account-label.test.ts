import { expect, test } from 'vitest';
import { accountLabel } from './account-label.ts';

test.each([
  ['imap://anna%40ente.it@old.ente.it', 'anna@ente.it su old.ente.it'],
  ['imaps://anna@ente.it@old.ente.it:993', 'anna@ente.it su old.ente.it:993'],
  ['imap://old.ente.it', 'old.ente.it'],
  ['microsoft365:anna@ente.it', 'anna@ente.it'],
  ['pst:C:\\Users\\anna\\Posta%202019.pst', 'Posta 2019.pst'],
  ['mbox:/home/anna/Mail/', 'Mail'],
  ['imap://100%@old.ente.it', '100% su old.ente.it'],
  ['something else', 'something else'],
])('%s is shown as %s', (account, label) => {
  expect(accountLabel(account, 'it')).toBe(label);
});
