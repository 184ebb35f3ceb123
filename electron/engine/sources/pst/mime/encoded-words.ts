/** RFC 2047 section 2: an encoded word has at most 75 characters; of these `=?utf-8?B?` and `?=` take twelve. */
const contentLimit = 75 - 12;

/** RFC 2047 section 5 (3), by octet: the characters that may stand for themselves also within a phrase do. */
const quotedForms = Array.from({ length: 256 }, (_, octet) => {
  if (octet === 0x20) return '_';
  const character = String.fromCharCode(octet);
  if (/^[A-Za-z0-9!*+\-/]$/.test(character)) return character;
  return `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
});

/**
 * The text as encoded words, UTF-8, split between characters. Mostly Latin text stays legible in Q, as long as that
 * is not half as long again as B.
 */
export function encodedWords(text: string): readonly string[] {
  const octets = Buffer.from(text.toWellFormed(), 'utf8');
  let quoted = 0;
  for (const octet of octets) quoted += quotedLength(octet);
  const encoding = quoted <= octets.length * 2 ? 'Q' : 'B';
  const words: string[] = [];
  let start = 0;
  let length = 0;
  for (let at = 0; at < octets.length;) {
    const next = nextCharacter(octets, at);
    let more = 0;
    for (let index = at; index < next; index++) more += quotedLength(octets[index] ?? 0);
    const longer = encoding === 'Q' ? length + more : Math.ceil((next - start) / 3) * 4;
    if (longer > contentLimit && at > start) {
      words.push(wordOf(octets, start, at, encoding));
      start = at;
      length = more;
    } else {
      length += more;
    }
    at = next;
  }
  if (start < octets.length) words.push(wordOf(octets, start, octets.length, encoding));
  return words;
}

function quotedLength(octet: number): number {
  return quotedForms[octet]?.length ?? 0;
}

/** RFC 3629 section 3: octets of the form 10xxxxxx go on with a character. */
function nextCharacter(octets: Buffer, at: number): number {
  let next = at + 1;
  while (((octets[next] ?? 0) & 0xc0) === 0x80) next++;
  return next;
}

function wordOf(octets: Buffer, start: number, end: number, encoding: 'Q' | 'B'): string {
  if (encoding === 'B') return `=?utf-8?B?${octets.toString('base64', start, end)}?=`;
  let content = '';
  for (let at = start; at < end; at++) content += quotedForms[octets[at] ?? 0] ?? '';
  return `=?utf-8?Q?${content}?=`;
}

/** Whether text can stand in a header as it is: printable ASCII that nobody could take for an encoded word. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?');
}
