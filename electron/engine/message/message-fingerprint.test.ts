import { expect, test } from 'vitest';
import { messageFingerprint, sameFingerprint } from './message-fingerprint.ts';
import type { MessageFingerprint } from './message-fingerprint.ts';

const head = 'Message-ID: <1@ente.it>\r\nDate: Mon, 4 Mar 2019 09:15:00 +0100\r\nFrom: Anna <anna@ente.it>\r\n';
async function printOf(text: string): Promise<MessageFingerprint> {
  const octets = Buffer.from(head + text, 'latin1');
  const print = await messageFingerprint([octets] as unknown as AsyncIterable<Buffer>, octets.length);
  if (print === null) throw new Error('not parsed');
  return print;
}
const same = async (one: string, other: string): Promise<boolean> =>
  sameFingerprint(await printOf(one), await printOf(other));

const plain = 'Subject: Gita\r\n\r\nSi parte alle 8, da piazza Dante.\r\n';

test('another encoding, another form of the body and another way to fold are the same message', async () => {
  const html =
    'Subject: =?utf-8?q?Gita?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n' +
    '<html><head><title>x</title></head><body><p>Si parte alle <b>8</b>,</p><p>da piazza&nbsp;Dante.</p></body></html>\r\n';
  const quoted =
    'Subject: Gita\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSi parte alle 8, =\r\nda piazza Dante.\r\n';
  expect([await same(plain, html), await same(plain, quoted)]).toEqual([true, true]);
});

test.each([
  ['another word', plain.replace('Dante', 'Roma')],
  ['another subject', plain.replace('Gita', 'Gite')],
  ['a file more', mixed('Si parte alle 8, da piazza Dante.', 'application/pdf', 'AAAA')],
])('%s makes two', async (_name, other) => {
  expect(await same(plain, other)).toBe(false);
});

test('files are compared by their octets, attached messages by what they say', async () => {
  const pdf = (content: string): string => mixed('Vedi.', 'application/pdf', content);
  expect([await same(pdf('QUJD'), pdf('QUJD')), await same(pdf('QUJD'), pdf('QUJE'))]).toEqual([true, false]);
  const attached = (inner: string): string =>
    `Subject: I\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nVedi.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--\r\n`;
  const folded = 'X-Mailer: another\r\nSubject:\r\n Gita\r\n\r\nSi parte alle 8,\r\nda piazza Dante.\r\n';
  expect(await same(attached(plain), attached(folded))).toBe(true);
  expect(await same(attached(plain), attached(plain.replace('8', '9')))).toBe(false);
});

function mixed(text: string, type: string, base64: string): string {
  return `Subject: Gita\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${text}\r\n--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n--b--\r\n`;
}
