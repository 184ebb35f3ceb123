import { expect, test } from 'vitest';
import { canonicalAddress, parseAccountAddress } from './account-address.ts';
import { problemOf } from './errors.ts';

test.each([
  ['imap://anna%40ente.it@old.ente.it', { user: 'anna@ente.it', host: 'old.ente.it', port: 143, tls: 'starttls' }],
  ['imap://anna@ente.it@old.ente.it:1143', { user: 'anna@ente.it', host: 'old.ente.it', port: 1143, tls: 'starttls' }],
  ['imaps://ANNA@Old.Ente.IT/', { user: 'ANNA', host: 'old.ente.it', port: 993, tls: 'implicit' }],
  ['imap://anna;AUTH=*@[::1]:143', { user: 'anna', host: '::1', port: 143, tls: 'starttls' }],
  ['IMAPS://nicol%C3%B2@h', { user: 'nicolò', host: 'h', port: 993, tls: 'implicit' }],
])('%s', (text, expected) => {
  expect(parseAccountAddress(text)).toEqual({ kind: 'imap', ...expected });
});

test.each([
  ['zimbra://anna@ente.it@old.ente.it', { kind: 'zimbra', user: 'anna@ente.it', host: 'old.ente.it', port: 443 }],
  ['carbonio://anna@new.it:6071', { kind: 'carbonio', user: 'anna', host: 'new.it', port: 6071 }],
  [
    'dav://anna%40ente.it@cal.ente.it',
    { kind: 'dav', user: 'anna@ente.it', host: 'cal.ente.it', port: 443, service: null, tls: 'implicit' },
  ],
  [
    'dav://anna@cal.ente.it:8443/dav/anna@ente.it/',
    { kind: 'dav', user: 'anna', host: 'cal.ente.it', port: 8443, service: '/dav/anna@ente.it/', tls: 'implicit' },
  ],
  ['microsoft365:Anna@Ente.it', { kind: 'microsoft365', user: 'Anna@Ente.it' }],
  ['pst:C:\\Posta\\archivio 2019.pst', { kind: 'pst', path: 'C:\\Posta\\archivio 2019.pst' }],
  ['mbox:./a@b:c', { kind: 'mbox', path: './a@b:c' }],
  ['eml:/posta', { kind: 'eml', path: '/posta' }],
  ['maildir:Maildir', { kind: 'maildir', path: 'Maildir' }],
  ['tgz:Inbox.tgz', { kind: 'tgz', path: 'Inbox.tgz' }],
  ['items:Rubrica.vcf', { kind: 'items', path: 'Rubrica.vcf' }],
])('%s', (text, expected) => {
  expect(parseAccountAddress(text)).toEqual(expected);
});

test('what the person says about TLS wins over the scheme, and the usual port follows it', () => {
  expect(parseAccountAddress('imap://a@localhost', { tls: 'implicit' })).toMatchObject({ port: 993, tls: 'implicit' });
  expect(parseAccountAddress('imaps://a@localhost:1', { tls: 'none-on-loopback' })).toMatchObject({
    port: 1,
    tls: 'none-on-loopback',
  });
});

test.each([
  ['imap://anna:segreta@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'password-in-address'],
  ['imap://anna@ente.it:segreta@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'password-in-address'],
  ['old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'no-scheme'],
  ['imap:anna@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'no-host'],
  ['imap://old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'no-user'],
  ['imap://@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'no-user'],
  ['imap://anna@', 'ACCOUNT_ADDRESS_INVALID', 'no-host'],
  ['imap://anna@old.ente.it/INBOX', 'ACCOUNT_ADDRESS_INVALID', 'path-not-allowed'],
  ['imap://anna@old.ente.it:99999', 'ACCOUNT_ADDRESS_INVALID', 'port'],
  ['imap://an%zz@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'percent-encoding'],
  ['imap://an%0Ana@old.ente.it', 'ACCOUNT_ADDRESS_INVALID', 'user'],
  ['dav://anna@cal.ente.it/dav?user=1', 'ACCOUNT_ADDRESS_INVALID', 'path'],
  ['dav://anna:segreta@cal.ente.it/', 'ACCOUNT_ADDRESS_INVALID', 'password-in-address'],
  ['pst:', 'ACCOUNT_ADDRESS_INVALID', 'no-path'],
  ['microsoft365:anna', 'ACCOUNT_ADDRESS_INVALID', 'no-domain'],
  ['pop3://anna@old.ente.it', 'ACCOUNT_KIND_UNSUPPORTED', undefined],
])('%s is refused, and what was typed is not repeated', (text, code, reason) => {
  const refuse = () => {
    try {
      return parseAccountAddress(text);
    } catch (error) {
      return problemOf(error);
    }
  };
  const problem = refuse();
  expect(problem).toMatchObject({ code, details: reason === undefined ? { scheme: 'pop3' } : { reason } });
  expect(JSON.stringify(problem)).not.toContain('segreta');
});

test('one mailbox has one name, however it was typed', () => {
  const names = [
    'imap://anna@ente.it@Old.ente.it',
    'imaps://anna%40ente.it@old.ente.it:993',
    'imap://anna%40ente.it@old.ente.it:143/',
  ];
  expect(new Set(names.map(name => canonicalAddress(parseAccountAddress(name))))).toEqual(
    new Set(['imap://anna%40ente.it@old.ente.it']),
  );
  for (const text of ['imap://a@[::1]:1143', 'carbonio://a@new.it', 'microsoft365:a@ente.it', 'pst:a b.pst']) {
    expect(canonicalAddress(parseAccountAddress(text))).toBe(text);
  }
});
