/** `dovecot-keywords`: a number and a keyword on each line; the number tells the letter in the file names, 0 is `a`. */
export function parseDovecotKeywords(text: string): readonly (string | undefined)[] {
  const keywords: (string | undefined)[] = [];
  for (const line of text.split('\n')) {
    const match = /^(\d{1,2}) (\S+)$/.exec(line.trim());
    if (match !== null && Number(match[1]) < 26) keywords[Number(match[1])] = match[2];
  }
  return keywords;
}

/**
 * Courier's `courierimapkeywords/:list`: the keywords, one a line; an empty line; then `unique name:0 2`, which message
 * has which of them.
 */
export function parseCourierKeywords(text: string): ReadonlyMap<string, readonly string[]> {
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
  const gap = lines.indexOf('');
  const names = gap < 0 ? [] : lines.slice(0, gap);
  const ofMessage = new Map<string, readonly string[]>();
  for (const line of lines.slice(gap + 1)) {
    const colon = line.lastIndexOf(':');
    if (colon <= 0) continue;
    const numbers = line
      .slice(colon + 1)
      .split(' ')
      .filter(number => /^\d+$/.test(number));
    ofMessage.set(
      line.slice(0, colon),
      numbers.map(number => names[Number(number)]).filter(name => name !== undefined && name !== '') as string[],
    );
  }
  return ofMessage;
}
