import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { OctetScanner } from './octet-scanner.ts';
import { repairedBody, surveyRepair } from './repair-message.ts';

const rules = { maxLineOctets: 10_239 };

async function* inPieces(octets: Buffer, size = 777): AsyncGenerator<Buffer> {
  await Promise.resolve();
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size);
}

async function repaired(message: string | Buffer): Promise<Buffer> {
  const octets = Buffer.isBuffer(message) ? message : Buffer.from(message, 'latin1');
  const pieces: Buffer[] = [];
  for await (const piece of repairedBody(inPieces(octets), rules)) pieces.push(piece);
  const copy = Buffer.concat(pieces);
  const survey = await surveyRepair(inPieces(octets, 4096), rules);
  if (survey !== null) expect(survey.octets).toBe(copy.length);
  return copy;
}

const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

test('a message that needs nothing comes back octet for octet', async () => {
  const message = 'Subject: a\r\nX-Bare: b\n\r\nTesto\nmisto\r\n\r\nsenza fine';
  expect((await repaired(message)).toString('latin1')).toBe(message);
  expect(await surveyRepair(inPieces(Buffer.from(message)), rules)).toMatchObject({ repairs: [], traits: {} });
});

test('NUL octets are left out, and nothing else', async () => {
  expect((await repaired('Subject: a\r\n\r\nuno\0due\0\r\n')).toString('latin1')).toBe('Subject: a\r\n\r\nunodue\r\n');
});

test.each([
  ['base64', Buffer.alloc(40_000, 'dati').toString('base64')],
  ['quoted-printable', 'perch=C3=A9 =3D no'.repeat(2000)],
])('a long line of %s is broken without a change to what it says', async (encoding, line) => {
  const message = `MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${line}\r\n`;
  const copy = await repaired(message);
  expect(
    Math.max(
      ...copy
        .toString('latin1')
        .split('\r\n')
        .map(each => each.length),
    ),
  ).toBeLessThanOrEqual(998);
  expect((await simpleParser(copy)).text).toBe((await simpleParser(message)).text);
});

test('a long line of plain text is broken at blanks, and keeps every word', async () => {
  const words = Array.from({ length: 3000 }, (_, index) => `parola${index}`).join(' ');
  const copy = (await repaired(`Subject: a\r\n\r\n${words}\r\n`)).toString('latin1');
  expect(copy.split('\r\n\r\n')[1]?.split(/\s+/).filter(Boolean)).toEqual(words.split(' '));
  expect((await repaired(utf8(`Subject: a\r\n\r\n${'è'.repeat(9000)}\r\n`))).toString('utf8')).not.toContain('\ufffd');
});

test('raw octets in the header are encoded and read the same; the body stays', async () => {
  const message = utf8(
    'From: "Città di Roma" <urp@ente.it>\r\nSubject: Perché è così: 50€ in città\r\n di più\r\nTo: Niccolò Ugo <n@ente.it>\r\n\r\nPerché no\r\n',
  );
  const copy = await repaired(message);
  const mail = await simpleParser(copy);
  expect(mail.from?.value).toEqual([{ name: 'Città di Roma', address: 'urp@ente.it' }]);
  expect(mail.subject).toBe('Perché è così: 50€ in città di più');
  expect(Array.isArray(mail.to) ? null : mail.to?.value).toEqual([{ name: 'Niccolò Ugo', address: 'n@ente.it' }]);
  expect(copy.toString('utf8')).toContain('\r\n\r\nPerché no\r\n');
});

test.each([
  'Content-Type: multipart/signed; boundary=x',
  'Content-Type: application/pkcs7-mime; smime-type=signed-data',
  'Content-Type: multipart/encrypted; boundary=x',
  'X-Trasporto: posta-certificata',
])('signed or sealed mail is not repaired: %s', async field => {
  expect(await surveyRepair(inPieces(Buffer.from(`${field}\r\nSubject: a\r\n\r\na\0b\r\n`)), rules)).toBeNull();
});

test('a signed message carried inside another one, and inline PGP, are not touched either', async () => {
  const inner = 'Content-Type: multipart/signed; boundary=in\r\n\r\n--in\r\n\r\nx\0\r\n--in--\r\n';
  const forwarded = `Content-Type: multipart/mixed; boundary="o u"\r\n\r\n--o u\r\nContent-Type: message/rfc822\r\n\r\n${inner}--o u--\r\n`;
  expect(await surveyRepair(inPieces(Buffer.from(forwarded)), rules)).toBeNull();
  const inline = 'Subject: a\r\n\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nx\0\r\n';
  expect(await surveyRepair(inPieces(Buffer.from(inline)), rules)).toBeNull();
});

test('whatever the octets, the copy has no NUL, no raw header and no line too long, and repairing it again changes nothing', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '\r\n',
      '\n',
      'Subject: ',
      'Content-Type: text/plain; name="',
      '\0',
      '\xe9',
      '"',
      '=',
      ' ',
      '\r\n ',
    ),
    fc.string({ unit: 'binary-ascii' }),
    fc.integer({ min: 1, max: 15_000 }).map(length => 'x'.repeat(length)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async pieces => {
      const copy = await repaired(pieces.join(''));
      const scanner = new OctetScanner();
      scanner.push(copy);
      const { longestLine = 0, ...rest } = scanner.traits();
      expect(rest).toEqual({});
      expect(longestLine).toBeLessThanOrEqual(rules.maxLineOctets);
      expect(await repaired(copy)).toEqual(copy);
    }),
    { numRuns: 100 },
  );
});

test('file names with raw octets become parameters that every program reads', async () => {
  const message = utf8(
    'Subject: a\r\nContent-Type: application/pdf; name="città.pdf"\r\nContent-Disposition: attachment; filename="città; 1.pdf"\r\n\r\nx\r\n',
  );
  expect((await simpleParser(await repaired(message))).attachments[0]?.filename).toBe('città; 1.pdf');
});

test.each(['"\\"'.repeat(60_000), '<'.repeat(120_000), '=?'.repeat(60_000), 'x'.repeat(120_000), '"'.repeat(120_001)])(
  'a header that is made to cost time costs none (%#)',
  async hostile => {
    const copy = await repaired(`Subject: ${hostile}\xe9\r\n\r\n`);
    expect(copy.every(octet => octet < 0x80)).toBe(true);
  },
  2000,
);
