/** RFC 2047 section 2: an encoded word has at most 75 characters, `=?utf-8?Q?` and `?=` included. */
const longestEncodedText = 62;
/** A longer Content-Type or Content-Disposition is no serious one, and taken for plain words. */
const longestStructured = 16 * 1024;

/**
 * A header field with raw octets above 127 (RFC 6532, or none at all) as 7-bit text that reads the same: file names and
 * other parameters by RFC 2231, everything else by RFC 2047 encoded words. Fields without such octets come back as they are.
 *
 * @param field latin1, with its folds and without the last line end
 */
export function encodeHeaderField(field: string): string {
  if (!hasHighOctet(field)) return field;
  const colon = field.indexOf(':');
  const name = field.slice(0, Math.max(0, colon));
  // A name is ASCII by definition; what else stands before the colon is no field that anybody reads.
  if (colon <= 0 || hasHighOctet(name)) return field.replaceAll(/[\x80-\xff]/g, '?');
  const value = field.slice(colon + 1);
  const structured = value.length <= longestStructured && /^content-(?:type|disposition)$/i.test(name.trim());
  return `${name}:${structured ? encodeParameters(value) : encodeWords(value)}`;
}

function hasHighOctet(text: string): boolean {
  return /[\x80-\xff]/.test(text);
}

/**
 * Neighbouring words that need it become one run of encoded words, with the white space between them inside. Goes
 * through the text once, however it is written: a header may be made to cost time.
 */
function encodeWords(value: string): string {
  // Not \s: the octet A0 ends many a letter of UTF-8, and is no blank here.
  const tokens = value.match(/[^ \t\r\n",;()<>]+|[ \t\r\n]+|[",;()<>]/g) ?? [];
  const written: { readonly text: string; readonly encoded: boolean }[] = [];
  let quotesClose = true;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const close: number = token === '"' && quotesClose ? closingQuote(tokens, at) : -1;
    if (token === '"' && close === -1) quotesClose = false;
    if (close !== -1) {
      const text = tokens.slice(at + 1, close).join('');
      const needed = hasHighOctet(text);
      written.push(
        needed ? { text: text.replaceAll(/\\(.)/g, '$1'), encoded: true } : { text: `"${text}"`, encoded: false },
      );
      at = close;
    } else if (tokens[at - 1] === '<' && tokens[at + 1] === '>') {
      // An address cannot be encoded, only lose what was never legal in it.
      written.push({ text: token.replaceAll(/[\x80-\xff]/g, '?'), encoded: false });
    } else written.push({ text: token, encoded: hasHighOctet(token) });
  }
  let result = '';
  for (let at = 0; at < written.length; at += 1) {
    const { text, encoded } = written[at] ?? { text: '', encoded: false };
    if (!encoded) {
      result += text;
      continue;
    }
    let run = text;
    while (written[at + 2]?.encoded === true && /^[ \t\r\n]+$/.test(written[at + 1]?.text ?? '')) {
      run += (written[at + 1]?.text ?? '') + (written[at + 2]?.text ?? '');
      at += 2;
    }
    result += encodedWords(decoded(run.replaceAll(/\r?\n/g, '')));
  }
  return result;
}

/** Where the quoted string that opens at `at` ends; -1 when it does not. */
function closingQuote(tokens: readonly string[], at: number): number {
  for (let close = at + 1; close < tokens.length; close += 1) {
    const before = /\\*$/.exec((tokens[close - 1] ?? '').slice(-64))?.[0].length ?? 0;
    if (tokens[close] === '"' && before % 2 === 0) return close;
  }
  return -1;
}

function encodedWords(text: string): string {
  const words: string[] = [];
  let current = '';
  for (const character of text) {
    const encoded = encodedCharacter(character);
    if (current.length + encoded.length > longestEncodedText) {
      words.push(current);
      current = '';
    }
    current += encoded;
  }
  words.push(current);
  return words.map(each => `=?utf-8?Q?${each}?=`).join('\r\n ');
}

function encodedCharacter(character: string): string {
  if (character === ' ') return '_';
  return /^[\w!*+/-]$/.test(character) && character !== '_' ? character : percented(character, '=');
}

function encodeParameters(value: string): string {
  return value
    .replaceAll(
      /([\w-]+)[ \t\r\n]*=[ \t\r\n]*(?:"((?:[^"\\]|\\.)*)"|([^ \t\r\n;"]+))/g,
      (whole, name: string, quoted: string | undefined, bare: string | undefined) => {
        const text = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '';
        if (!hasHighOctet(text)) return whole;
        const encoded = Array.from(decoded(text), each => (/^[\w.-]$/.test(each) ? each : percented(each, '%'))).join(
          '',
        );
        return `${name}*=UTF-8''${encoded}`;
      },
    )
    .replaceAll(/[\x80-\xff]/g, '?');
}

function percented(character: string, mark: '=' | '%'): string {
  return Array.from(Buffer.from(character), octet => mark + octet.toString(16).toUpperCase().padStart(2, '0')).join('');
}

/** UTF-8 where it is that, else the Windows code page of western mail, which is what undeclared octets mostly are. */
function decoded(latin1: string): string {
  const octets = Buffer.from(latin1, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder('windows-1252').decode(octets);
  }
}
