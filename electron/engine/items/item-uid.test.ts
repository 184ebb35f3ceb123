import { expect, test } from 'vitest';
import { itemUid } from './item-uid.ts';
import { unfoldLines } from './unfold-lines.ts';

test('the UID is read from folded lines, also where a fold cuts a character in two', () => {
  const text = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID;X-A=b:riunione-à@ente.it\r\nSUMMARY:è\r\nEND:VEVENT\r\n';
  const whole = Buffer.from(text);
  const cut = whole.indexOf(Buffer.from('à')) + 1;
  const folded = Buffer.concat([whole.subarray(0, cut), Buffer.from('\r\n '), whole.subarray(cut)]);
  expect(itemUid('event', folded)).toBe('riunione-à@ente.it');
  expect(unfoldLines(folded)).toContain('UID;X-A=b:riunione-à@ente.it');
});

test('what has no UID has none, and files are not looked into', () => {
  expect(itemUid('contact', Buffer.from('BEGIN:VCARD\r\nUID:\r\nFN:UID:no\r\nEND:VCARD'))).toBeNull();
  expect(itemUid('file', Buffer.from('UID:1\r\n'))).toBeNull();
  expect(itemUid('contact', Buffer.from('BEGIN:VCARD\nUID:a\\,b\nEND:VCARD'))).toBe('a,b');
});
