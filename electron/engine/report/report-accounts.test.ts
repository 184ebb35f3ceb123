import { expect, test } from 'vitest';
import { reportAccounts } from './report-accounts.ts';

const upload = (account: string) => ({ kind: 'upload', account }) as const;
const imap = upload('imap://anna@nuova.ente.it');
const dav = upload('dav://anna@cal.ente.it');

test('a server for contacts and calendars takes the place of the mailbox for these alone, in whatever order', () => {
  const both = { mail: imap.account, items: dav.account };
  expect(reportAccounts([imap, dav])).toEqual(both);
  expect(reportAccounts([imap, dav, imap])).toEqual(both);
  expect(reportAccounts([imap])).toEqual({ mail: imap.account, items: imap.account });
  expect(reportAccounts([dav])).toEqual({ mail: dav.account, items: dav.account });
  expect(reportAccounts([{ kind: 'backup', account: 'imap://anna@alt' }])).toEqual({ mail: null, items: null });
});
