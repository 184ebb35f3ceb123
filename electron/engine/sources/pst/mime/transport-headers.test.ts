import { expect, test } from 'vitest';
import { parseTransportHeaders } from './transport-headers.ts';

test('fields are kept as stored, in their order, but for those about the body', () => {
  const { fields, replaced } = parseTransportHeaders(
    'Microsoft Mail Internet Headers Version 2.0\r\n' +
      'Received: from a.example by b.example;\r\n\tMon, 1 Jan 2024 10:00:00 +0100\r\n' +
      'Received: second\r\nSubject:  two  spaces\r\nMIME-Version: 1.0\r\n' +
      'Content-Type: multipart/mixed;\r\n boundary="x"\r\nX-Last: 1\r\n\r\n' +
      '--x\r\nContent-Type: text/plain\r\nSubject: of a part\r\n',
  );
  expect(fields.map(field => field.text)).toEqual([
    'Received: from a.example by b.example;\r\n\tMon, 1 Jan 2024 10:00:00 +0100',
    'Received: second',
    'Subject:  two  spaces',
    'X-Last: 1',
  ]);
  expect(replaced).toEqual(['content-type', 'mime-version']);
});

test('what is not ASCII is encoded word by word, addresses stay addresses', () => {
  const { fields } = parseTransportHeaders(
    'Subject: Perché sì oggi\nFrom: "Società, Rossi" <rossi@ente.it>, José Ñandú <j@ente.it>, x@ente.it\n',
  );
  expect(fields.map(field => field.text.replaceAll('\r\n', ''))).toEqual([
    'Subject: =?utf-8?Q?Perch=C3=A9_s=C3=AC?= oggi',
    'From: =?utf-8?Q?Societ=C3=A0=2C_Rossi?= <rossi@ente.it>, =?utf-8?Q?Jos=C3=A9_=C3=91and=C3=BA?= <j@ente.it>, x@ente.it',
  ]);
});

test('an empty or senseless header is no header', () => {
  expect(parseTransportHeaders('').fields).toEqual([]);
  expect(parseTransportHeaders('no colon here\r\n  : neither\r\n').fields).toEqual([]);
});
