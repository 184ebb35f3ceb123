import { encodedWords, isPlain } from './encoded-words.ts';

/** RFC 5322 section 2.1.1: lines should stay within 78 characters, and must within 998. */
const preferredLine = 76;
const longestWord = 900;

/** `Name: value` without line end inside words: folded before the words that would make a line too long. */
export function foldField(name: string, words: readonly string[]): string {
  const whole = `${name}: ${words.join(' ')}`;
  // Nearly every field.
  if (whole.length <= preferredLine && words.length > 0) return whole;
  let line = `${name}:`;
  const lines: string[] = [];
  for (const word of words) {
    // A line of white space only would end the header for some readers, so a field never folds before its first word.
    if (line.length + 1 + word.length > preferredLine && line !== `${name}:` && word !== '') {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  lines.push(line);
  return lines.join('\r\n');
}

/** An unstructured field (RFC 5322 section 2.2.1) such as Subject. */
export function unstructuredField(name: string, value: string): string {
  const clean = value.replaceAll(/[\r\n\t]+/g, ' ');
  const plain = isPlain(clean) && clean === clean.trim();
  if (plain && name.length + ': '.length + clean.length <= preferredLine) return `${name}: ${clean}`;
  const words = clean.split(' ');
  // Encoded words swallow the white space between them, so a text that needs one is encoded as a whole.
  const fits = plain && words.every(word => word.length < longestWord);
  return foldField(name, fits ? words : encodedWords(clean));
}

/** A display name (RFC 5322 `phrase`) as words. */
export function phraseWords(name: string): readonly string[] {
  const clean = (hasControls(name) ? name.replaceAll(/\p{Cc}+/gu, ' ') : name).trim();
  if (!isPlain(clean) || clean.length > longestWord) return encodedWords(clean);
  if (/^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*$/.test(clean)) return clean.split(/ +/);
  return [`"${clean.replaceAll(/["\\]/g, '\\$&')}"`];
}

/** Unicode's Cc: C0, DEL and C1. */
function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}

export interface HeaderAddress {
  readonly name: string;
  readonly address: string;
}

/** An address list (RFC 5322 section 3.4). */
export function addressField(name: string, addresses: readonly HeaderAddress[]): string {
  const words: string[] = [];
  for (const [index, one] of addresses.entries()) {
    const comma = index < addresses.length - 1 ? ',' : '';
    if (one.name === '') words.push(`${one.address}${comma}`);
    else words.push(...phraseWords(one.name), `<${one.address}>${comma}`);
  }
  return foldField(name, words);
}

const dayMs = 86_400_000;
/** The day that was last written out: neighbours were sent on the same one. */
let lastDay = { day: Number.NaN, text: '' };

/** RFC 5322 section 3.3, always UTC: the file keeps no offset. */
export function dateField(name: string, ms: number): string {
  const day = Math.floor(ms / dayMs);
  if (day !== lastDay.day) {
    lastDay = { day, text: new Date(ms).toUTCString().slice(0, -'00:00:00 GMT'.length) };
  }
  const seconds = Math.floor((ms - day * dayMs) / 1000);
  return `${name}: ${lastDay.text}${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)} +0000`;
}

function two(number: number): string {
  const whole = Math.floor(number);
  return whole < 10 ? `0${whole}` : `${whole}`;
}
