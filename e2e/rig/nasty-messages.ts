import { base64Filler } from './base64-filler.ts';
import { sharedFiles } from './shared-fixtures.ts';

/** A message that has broken some mail program. */
export interface NastyMessage {
  readonly name: string;
  /** Built when asked for, so that the large ones cost memory one at a time. */
  readonly octets: () => Buffer;
  /**
   * A server stores it and sends it back unchanged. False where IMAP cannot carry the octets (NUL) or where servers
   * make CRLF of other line ends; then only an independent fetch tells what must come out.
   */
  readonly intactOnServer: boolean;
}

const head =
  'From: anna@esempio.it\r\nTo: marco@esempio.it\r\nSubject: prova\r\nDate: Mon, 4 Mar 2019 09:15:00 +0100\r\n';
const withId = `${head}Message-ID: <nasty@esempio.it>\r\n`;

const crafted: readonly (readonly [name: string, octets: string | (() => string), altered?: 'altered'])[] = [
  ['nul octets', `${withId}\r\nprima\0dopo\0\0\r\n`, 'altered'],
  ['nul in the header', `Subject: a\0b\r\n${withId}\r\nx\r\n`, 'altered'],
  ['8-bit header, latin-1', `Subject: citt\xe0 \xe8 perch\xe9\r\n${withId}\r\nx\r\n`],
  ['8-bit header, utf-8', `Subject: citt\xc3\xa0\r\nX-\xc3\xa8: \xc3\xa9\r\n${withId}\r\nx\r\n`],
  ['8-bit header, invalid utf-8', `Subject: \xff\xfe\xc3(\xa0\r\n${withId}\r\nx\r\n`],
  ['one line of 1 MB', () => `${withId}\r\n${'a'.repeat(1_000_000)}\r\nfine\r\n`],
  ['one line of 1 MB without end', () => `${withId}\r\n${'è'.repeat(1_000_000)}`],
  ['header field of 1 MB', () => `X-Long: ${'b'.repeat(1_000_000)}\r\n${withId}\r\nx\r\n`],
  ['header of 1 MB in short lines', () => `${'Received: by mx.esempio.it\r\n'.repeat(37_000)}${withId}\r\nx\r\n`],
  ['bare CR', `${withId}\r\nuno\rdue\r\rtre\r\n`],
  ['bare CR at the very end', `${withId}\r\nuno\r`, 'altered'],
  ['bare LF', `${withId}\r\nuno\ndue\n\ntre\r\n`, 'altered'],
  ['bare LF throughout', `${withId.replaceAll('\r\n', '\n')}\nuno\ndue\n`, 'altered'],
  ['CR CR LF', `${withId}\r\nuno\r\r\ndue\r\n`, 'altered'],
  ['no header', '\r\nonly a body\r\n'],
  ['no header and no blank line', 'only one line'],
  ['header only', withId],
  ['header only, no final line end', withId.slice(0, -2)],
  ['header and blank line only', `${withId}\r\n`],
  ['one octet', 'x'],
  ['one line end', '\r\n'],
  ['only line ends', '\r\n\r\n\r\n'],
  ['no final line end', `${withId}\r\nnot ended`],
  ['many final line ends', `${withId}\r\nx\r\n\r\n\r\n\r\n`],
  ['From_ as the very first octets', `From anna@esempio.it Mon Mar  4 09:15:00 2019\r\n${withId}\r\nx\r\n`],
  ['quoted From_ as the very first octets', `>From anna@esempio.it Mon Mar  4 09:15:00 2019\r\n${withId}\r\nx\r\n`],
  ['From_ and nothing else', 'From '],
  ['From_ at the start of the body', `${withId}\r\nFrom qui in poi\r\n`],
  ['From_ of every depth', `${withId}\r\nx\r\nFrom a\r\n\r\nFrom b\r\n>From c\r\n\r\n>>From d\r\n>>>From e\r\n> From f\r\n`],
  ['From_ without blank, at the end', `${withId}\r\nx\r\nFrom`],
  ['From_ as the last line', `${withId}\r\nx\r\n\r\nFrom `],
  ['From_ like a Thunderbird separator', `${withId}\r\nx\r\n\r\nFrom - Mon Mar 04 09:15:00 2019\r\n${withId}\r\ny\r\n`],
  ['From_ after a bare CR', `${withId}\r\nx\rFrom y\r\r>From z\r\n`],
  ['From_ after a bare LF', `${withId}\r\nx\nFrom y\n\n>From z\n`, 'altered'],
  ['Content-Length that lies', `Content-Length: 5\r\n${withId}\r\nfar more than five\r\nFrom x\r\n`],
  ['no Message-ID', `${head}\r\nx\r\n`],
  ['empty Message-ID', `${head}Message-ID: \r\n\r\nx\r\n`],
  ['two Message-IDs', `${withId}Message-ID: <other@esempio.it>\r\n\r\nx\r\n`],
  ['lines of dots', `${withId}\r\n.\r\n..\r\n...\r\n.\r\n`],
  ['IMAP in the body', `${withId}\r\n)\r\nA1 OK FETCH completed\r\n* BYE\r\n{5}\r\n`],
  ['binary part', `${withId}Content-Transfer-Encoding: binary\r\n\r\n${allOctetsButLineEndsAndNul()}\r\n`],
  ['base64 that is none', `${withId}Content-Transfer-Encoding: base64\r\n\r\n====è!!\r\n`],
  ['a charset nobody knows', `${withId}Content-Type: text/plain; charset=x-klingon\r\n\r\n\xe0\r\n`],
  ['multipart without its boundary', `${withId}Content-Type: multipart/mixed; boundary=x\r\n\r\nnothing\r\n`],
  ['multipart never closed', `${withId}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nopen`],
  ['forwards nested 200 deep', () => nested(200)],
  ['10,000 parts', () => manyParts(10_000)],
  ['header fields without colon', `From: a@b.it\r\nno colon here\r\n: no name\r\n${withId}\r\nx\r\n`],
  ['folded into nothing', `Subject:\r\n \r\n\t\r\n x\r\n${withId}\r\nx\r\n`],
  ['dates that do not exist', `Date: Tue, 31 Feb 2099 25:61:61 +9999\r\nFrom: a@b.it\r\n\r\nx\r\n`],
  ['encoded word that never ends', `Subject: =?utf-8?B?${'w6'.repeat(500)}\r\n${withId}\r\nx\r\n`],
]; // prettier-ignore

/** Messages made by hand, the largest about 1 MB. */
export const nastyMessages: readonly NastyMessage[] = crafted.map(([name, octets, altered]) => ({
  name,
  octets: () => Buffer.from(typeof octets === 'string' ? octets : octets(), 'latin1'),
  intactOnServer: altered === undefined,
}));

/** An empty message. Apart from the others: APPEND of an empty literal is an error to some servers. */
export const emptyMessage: NastyMessage = { name: 'empty', octets: () => Buffer.alloc(0), intactOnServer: true };

/** One attachment of about 60 MB: over the limits of most targets, and more than a program should hold twice. */
export const hugeMessage: NastyMessage = {
  name: '60 MB attachment',
  octets: () =>
    Buffer.concat([
      Buffer.from(`${withId}Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n`),
      base64Filler(17, 60_000_000),
    ]),
  intactOnServer: true,
};

/** The shared corpus of real and malformed mail, line ends as the files have them; empty where it is absent. */
export function* corpusMessages(): Generator<NastyMessage> {
  for (const { name, octets } of sharedFiles('mime')) {
    yield {
      name,
      octets: () => octets,
      intactOnServer: !octets.includes(0) && !/(?<!\r)\n/.test(octets.toString('latin1')),
    };
  }
}

function allOctetsButLineEndsAndNul(): string {
  return Buffer.from(Array.from({ length: 255 }, (_, octet) => octet + 1).filter(o => o !== 10 && o !== 13)).toString(
    'latin1',
  );
}

function nested(depth: number): string {
  return `${'Content-Type: message/rfc822\r\n\r\n'.repeat(depth)}${withId}\r\nat the bottom\r\n`;
}

function manyParts(count: number): string {
  return `${withId}Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\np\r\n'.repeat(count)}--x--\r\n`;
}
