import { letter, person, topic } from '../rig/italian-text.ts';
import { base64Lines, encodedWords, quotedPrintable } from '../rig/mime-encoding.ts';
import { italianMailbox } from '../rig/mailbox-generator.ts';
import { mailDate, romeOffset } from '../rig/rome-time.ts';
import { seededRandom } from '../rig/seeded-random.ts';
import type { SeededRandom } from '../rig/seeded-random.ts';

/** A message of a mailbox that is to be searched. */
export interface CorpusMessage {
  /** Index in `italianMailbox`. */
  readonly folder: number;
  readonly octets: Buffer;
  readonly date: Date;
}

const syllableText =
  'ra re ri ro ta te ti to na ne ni no la le li lo ca co chi che ma me mi mo sta sti pre pro gra tri zio va ve vi pa pe pi po ssa tto lla à è ù'; // prettier-ignore
const syllables = syllableText.split(' ');

/**
 * Sixty thousand words that sound Italian, the first used most (Zipf): an index of ten sentences said again and again
 * would be quick for reasons no real mailbox has.
 */
export function corpusWords(count = 60_000): string[] {
  const random = seededRandom(77);
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + random.below(3) }, () => syllables[random.below(syllables.length)]).join(''),
  );
}

/** Messages of 2 to 10 KB, each drawn from its own number alone. */
export function* searchCorpus(count: number): Generator<CorpusMessage> {
  const words = corpusWords();
  for (let index = 0; index < count; index += 1) yield messageAt(index, words);
}

function messageAt(index: number, words: readonly string[]): CorpusMessage {
  const random = seededRandom(5, index);
  const folder = italianMailbox.indexOf(random.weighted(italianMailbox));
  const date = new Date(Date.UTC(2005, 0, 1) + random.below(20 * 365 * 86_400) * 1000);
  const from = person(random);
  const to = person(random);
  const threadOf = index > 0 && random.chance(0.4) ? random.below(index) : null;
  const subject = `${topic(random)} ${wordAt(random, words)} ${wordAt(random, words)}`;
  const text = textOf(random, words, from.name);
  const header = [
    `Received: from mx.esempio.it (mx.esempio.it [192.0.2.${random.below(255)}])\r\n\tby posta.esempio.it; ${mailDate(date, romeOffset(date))}`,
    `Date: ${mailDate(date, romeOffset(date))}`,
    `From: ${encodedWords(from.name, 'Q')} <${from.address}>`,
    `To: ${encodedWords(to.name, 'Q')} <${to.address}>`,
    `Subject: ${encodedWords(threadOf === null ? subject : `R: ${subject}`, 'B')}`,
    `Message-ID: <${index}@bench.esempio.it>`,
    ...(threadOf === null ? [] : [`In-Reply-To: <${threadOf}@bench.esempio.it>`]),
    'MIME-Version: 1.0',
    '',
  ].join('\r\n');
  return { folder, date, octets: Buffer.from(header + bodyOf(random, text)) };
}

function wordAt(random: SeededRandom, words: readonly string[]): string {
  return words[Math.floor(random.next() ** 4 * words.length)] ?? '';
}

function textOf(random: SeededRandom, words: readonly string[], signedBy: string): string {
  const length = 1200 + random.below(4500);
  const lines: string[] = [letter(random, 200, signedBy)];
  for (let total = 0; total < length;) {
    const line = Array.from({ length: 12 }, () => wordAt(random, words)).join(' ');
    lines.push(line);
    total += line.length;
  }
  return lines.join('\r\n');
}

/** Half as they are, the rest encoded in the ways mail programs do; a fifth with an HTML alternative. */
function bodyOf(random: SeededRandom, text: string): string {
  const kind = random.next();
  if (kind < 0.5)
    return `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;
  if (kind < 0.7) {
    return `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text, 'utf8')}\r\n`;
  }
  if (kind < 0.8) {
    return `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(Buffer.from(html(text)))}\r\n`;
  }
  return [
    'Content-Type: multipart/alternative; boundary="=-confine"',
    '',
    '--=-confine',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--=-confine',
    'Content-Type: text/html; charset=utf-8',
    '',
    html(text),
    '--=-confine--',
    '',
  ].join('\r\n');
}

function html(text: string): string {
  return `<html><body>${text
    .split('\r\n')
    .map(line => `<p class="MsoNormal">${line}</p>`)
    .join('\r\n')}</body></html>`;
}
