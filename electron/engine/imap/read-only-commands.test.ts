import { expect, test } from 'vitest';
import { astring } from './command.ts';
import { refuseUnlessReadOnly } from './read-only-commands.ts';

test.each([
  'CAPABILITY',
  'NOOP',
  'UNSELECT',
  'LOGOUT',
  'LIST "" "*" RETURN (SUBSCRIBED)',
  'EXAMINE "INBOX"',
  'STATUS "INBOX" (MESSAGES)',
  'UID FETCH 1:*,7 (UID FLAGS INTERNALDATE RFC822.SIZE)',
  'UID FETCH 1 (UID BODY.PEEK[])',
  'UID FETCH 1 (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)])',
])('%s may be sent to the old mailbox', command => {
  expect(() => refuseUnlessReadOnly([command])).not.toThrow();
});

test.each([
  'SELECT "INBOX"',
  'CLOSE',
  'EXPUNGE',
  'UID EXPUNGE 1',
  'UID STORE 1 +FLAGS (\\Deleted)',
  'UID COPY 1 "Trash"',
  'UID MOVE 1 "Trash"',
  'APPEND "INBOX" {3}',
  'CREATE "x"',
  'UID FETCH 1 (UID BODY[])',
  'UID FETCH 1 (RFC822)',
  'UID FETCH 1 (UID BODY.PEEK[] RFC822.TEXT)',
  'UID FETCH 1 (UID BINARY[])',
  'UID FETCH 1 BODY[]',
  'FETCH 1 (FLAGS)',
  'NOOP\r\nT9 EXPUNGE',
  'SETACL INBOX anyone lrs',
])('%s may not', command => {
  expect(() => refuseUnlessReadOnly([command])).toThrow('command-would-change-source');
});

test('a mailbox name cannot smuggle a command in', () => {
  const name = astring('INBOX"\r\nT9 EXPUNGE');
  expect(typeof name).toBe('object');
  expect(() => refuseUnlessReadOnly(['EXAMINE ', name])).not.toThrow();
});
