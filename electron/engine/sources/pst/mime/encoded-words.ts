/** RFC 2047 section 2: an encoded word has at most 75 characters; of these `=?utf-8?B?` and `?=` take twelve. */
const contentLimit = 75 - 12;

/**
 * The text as encoded words, UTF-8, split between characters. Mostly Latin text stays legible in Q, as long as that
 * is not half as long again as B.
 */
export function encodedWords(text: string): readonly string[] {
  const quoted = Array.from(text.toWellFormed(), quotedForm).join('').length;
  const encoding = quoted <= Buffer.byteLength(text) * 2 ? 'Q' : 'B';
  const words: string[] = [];
  let current = '';
  for (const character of text.toWellFormed()) {
    const longer = current + character;
    if (current !== '' && contentOf(longer, encoding).length > contentLimit) {
      words.push(current);
      current = character;
    } else {
      current = longer;
    }
  }
  if (current !== '') words.push(current);
  return words.map(word => `=?utf-8?${encoding}?${contentOf(word, encoding)}?=`);
}

function contentOf(text: string, encoding: 'Q' | 'B'): string {
  return encoding === 'B' ? Buffer.from(text, 'utf8').toString('base64') : Array.from(text, quotedForm).join('');
}

/** RFC 2047 section 5 (3): the characters that may stand for themselves also within a phrase. */
function quotedForm(character: string): string {
  if (character === ' ') return '_';
  if (/^[A-Za-z0-9!*+\-/]$/.test(character)) return character;
  return Array.from(
    Buffer.from(character, 'utf8'),
    octet => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

/** Whether text can stand in a header as it is: printable ASCII that nobody could take for an encoded word. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');
}
