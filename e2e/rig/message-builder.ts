import { base64Filler } from './base64-filler.ts';
import { fileName, letter, type Person } from './italian-text.ts';
import { base64Lines, encodedWords, parameter, quotedPrintable } from './mime-encoding.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Everything the header of a generated message says. */
export interface MessageHead {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly subject: string;
  /** RFC 5322 date. */
  readonly date: string;
  /** With angle brackets; absent for mail that never got one. */
  readonly messageId?: string;
  /** Message-IDs of the thread, oldest first. */
  readonly references: readonly string[];
}

/**
 * A complete message of about `size` octets, lines ended by CRLF: one text part when small, with an alternative, an
 * inline image, attachments or a forwarded message as the size allows.
 */
export function buildMessage(head: MessageHead, size: number, random: SeededRandom): Buffer {
  const header = headerOf(head, random);
  if (size < 3_000) return Buffer.concat([header, textPart(letter(random, size / 2, head.from.name), random)]);

  const text = letter(random, Math.min(size / 4, 1_500), head.from.name);
  const left = size - text.length * 2;
  const kind = random.next();
  const parts =
    kind < 0.3 && left < largestHtml
      ? alternative(text, left, random)
      : kind < 0.45
        ? related(text, left, random)
        : mixed(text, left, random, head);
  return Buffer.concat([header, parts]);
}

/** Real mail gets large by its attachments; text beyond this is also slow to encode octet by octet. */
const largestHtml = 40_000;

function headerOf(head: MessageHead, random: SeededRandom): Buffer {
  const words = random.chance(0.5) ? 'B' : 'Q';
  const mailbox = ({ name, address }: Person): string =>
    /^[A-Za-z ]+$/.test(name) ? `${name} <${address}>` : `${phrase(name, words)} <${address}>`;
  const lines = [
    `Return-Path: <${head.from.address}>`,
    `Received: from mx.esempio.it (mx.esempio.it [192.0.2.${random.below(255)}])\r\n\tby posta.esempio.it; ${head.date}`,
    `Date: ${head.date}`,
    `From: ${mailbox(head.from)}`,
    `To: ${head.to.map(mailbox).join(',\r\n ')}`,
    `Subject: ${encodedWords(head.subject, words)}`,
    ...(head.messageId === undefined ? [] : [`Message-ID: ${head.messageId}`]),
    ...(head.references.length === 0
      ? []
      : [`In-Reply-To: ${head.references.at(-1) ?? ''}`, `References: ${head.references.join('\r\n ')}`]),
    'MIME-Version: 1.0',
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function phrase(name: string, words: 'B' | 'Q'): string {
  return /^[\x20-\x7e]*$/.test(name) ? `"${name}"` : encodedWords(name, words);
}

/** Header fields and body of one text part, in one of the five ways mail programs write Italian. */
function textPart(text: string, random: SeededRandom, subtype: 'plain' | 'html' = 'plain'): Buffer {
  const head = (charset: string, encoding: string): string =>
    `Content-Type: text/${subtype}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  switch (random.below(5)) {
    case 0:
      return Buffer.from(head('utf-8', 'quoted-printable') + quotedPrintable(text, 'utf8'), 'latin1');
    case 1:
      return Buffer.from(head('utf-8', 'base64') + base64Lines(Buffer.from(text)), 'latin1');
    case 2:
      return Buffer.from(head('utf-8', '8bit') + text, 'utf8');
    case 3:
      return Buffer.from(head('iso-8859-1', '8bit') + latin1(text), 'latin1');
    default:
      return Buffer.from(head('iso-8859-15', 'quoted-printable') + quotedPrintable(latin1(text), 'latin1'), 'latin1');
  }
}

/** What an old mail program made of characters its charset lacked. */
function latin1(text: string): string {
  return text
    .replaceAll('’', "'")
    .replaceAll('€', '\u00a4')
    .replaceAll(/[^\0-\u00ff]/gu, '?');
}

function alternative(text: string, left: number, random: SeededRandom): Buffer {
  const padding = '<p class="MsoNormal" style="margin:0cm">&nbsp;</p>\r\n'.repeat(Math.ceil(Math.max(0, left) / 52));
  const html = `<html><body><p>${text.replaceAll('\r\n', '<br>\r\n')}</p>\r\n${padding}</body></html>\r\n`;
  return multipart('alternative', [textPart(text, random), textPart(html, random, 'html')], random);
}

function related(text: string, left: number, random: SeededRandom): Buffer {
  const cid = `image${random.below(1e9)}@esempio.it`;
  const html = `<html><body><p>${text}</p><img src="cid:${cid}"></body></html>\r\n`;
  const image = attachment('logo.png', 'image/png', left, random, `Content-ID: <${cid}>\r\n`);
  return multipart('related', [textPart(html, random, 'html'), image], random);
}

function mixed(text: string, left: number, random: SeededRandom, head: MessageHead): Buffer {
  const parts = [textPart(text, random)];
  const count = left > 20_000 ? 1 + random.below(3) : 1;
  for (let n = 0; n < count; n += 1) {
    if (random.chance(0.1)) parts.push(forwarded(left / count, random, head));
    else parts.push(attachment(fileName(random), 'application/octet-stream', left / count, random));
  }
  return multipart('mixed', parts, random);
}

function forwarded(size: number, random: SeededRandom, head: MessageHead): Buffer {
  const inner = buildMessage({ ...head, subject: `I: ${head.subject}`, references: [] }, Math.min(size, 2_900), random);
  return Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n'), inner]);
}

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  xml: 'application/xml',
  txt: 'text/plain',
};
/** Base64 of the first 57 octets of such a file, so that a type can be guessed from its start. */
const pdfStart = base64Lines(
  Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%%%%\n', 'latin1'),
);

function attachment(name: string, fallback: string, size: number, random: SeededRandom, extra = ''): Buffer {
  const type = types[name.split('.').at(-1) ?? ''] ?? fallback;
  const head =
    `Content-Type: ${type};\r\n ${parameter('name', name)}\r\n` +
    `Content-Disposition: ${extra === '' ? 'attachment' : 'inline'};\r\n ${parameter('filename', name)}\r\n` +
    `${extra}Content-Transfer-Encoding: base64\r\n\r\n`;
  const start = type === 'application/pdf' ? pdfStart : '';
  return Buffer.concat([Buffer.from(head + start, 'latin1'), base64Filler(random.below(2 ** 31), size)]);
}

function multipart(subtype: string, parts: readonly Buffer[], random: SeededRandom): Buffer {
  const boundary = `----=_Part_${random.below(1e9)}_${random.below(1e9)}`;
  const open = Buffer.from(`--${boundary}\r\n`);
  const lineEnd = Buffer.from('\r\n');
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${subtype};\r\n boundary="${boundary}"\r\n\r\n`),
    Buffer.from('This is a multi-part message in MIME format.\r\n'),
    ...parts.flatMap(part => [open, part, lineEnd]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}
