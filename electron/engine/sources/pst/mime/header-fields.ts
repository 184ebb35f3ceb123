import { encodedWords, isPlain } from './encoded-words.ts';

/** RFC 5322 section 2.1.1: lines should stay within 78 characters, and must within 998. */
const preferredLine = 76;
const longestWord = 900;

/** `Name: value` without line end inside words: folded before the words that would make a line too long. */
export function foldField(name: string, words: readonly string[]): string {
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
  const words = clean.split(' ');
  // Encoded words swallow the white space between them, so a text that needs one is encoded as a whole.
  const plain = isPlain(clean) && words.every(word => word.length < longestWord) && clean === clean.trim();
  return foldField(name, plain ? words : encodedWords(clean));
}

/** A display name (RFC 5322 `phrase`) as words. */
export function phraseWords(name: string): readonly string[] {
  const clean = name.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (!isPlain(clean) || clean.length > longestWord) return encodedWords(clean);
  if (/^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*$/.test(clean)) return clean.split(/ +/);
  return [`"${clean.replaceAll(/["\\]/g, '\\$&')}"`];
}

export interface HeaderAddress {
  readonly name: string;
  readonly address: string;
}

/** An address list (RFC 5322 section 3.4). */
export function addressField(name: string, addresses: readonly HeaderAddress[]): string {
  const words = addresses.flatMap((one, index) => {
    const own = one.name === '' ? [one.address] : [...phraseWords(one.name), `<${one.address}>`];
    const last = own.length - 1;
    return own.map((word, at) => (at === last && index < addresses.length - 1 ? `${word},` : word));
  });
  return foldField(name, words);
}

/** RFC 5322 section 3.3, always UTC: the file keeps no offset. */
export function dateField(name: string, ms: number): string {
  return `${name}: ${new Date(ms).toUTCString().slice(0, -'GMT'.length)}+0000`;
}
