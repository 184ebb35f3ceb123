/** A line of a vCard as it is meant: folds and soft breaks undone, octets as latin1 characters. */
export interface CardLine {
  readonly text: string;
  /** Where it begins in the card, from 1. */
  readonly number: number;
}

/**
 * The logical lines of a vCard. Three ways to go on in the next line: a space in front (RFC 6350 section 3.2), a `=` at
 * the end of quoted-printable text (vCard 2.1), and, in old telephones' cards, base64 without any sign up to a blank line.
 *
 * @param octets folds may cut a character in two, so that nothing may be decoded before they are undone
 */
export function cardLines(octets: Buffer): readonly CardLine[] {
  const lines: { text: string[]; number: number }[] = [];
  let state: 'none' | 'quoted-printable' | 'base64' = 'none';
  for (const [index, raw] of octets.toString('latin1').split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const last = lines.at(-1);
    if (last !== undefined && state === 'quoted-printable') {
      last.text.push(line.replace(/=\s*$/, ''));
      if (!/=\s*$/.test(line)) state = 'none';
    } else if (last !== undefined && state === 'base64' && /^\s*[A-Za-z0-9+/=]+\s*$/.test(line)) {
      last.text.push(line.trim());
    } else if (line.trim() === '') {
      state = 'none';
    } else if (last !== undefined && /^[ \t]/.test(line)) {
      last.text.push(line.slice(1));
    } else {
      const colon = line.indexOf(':');
      const head = colon < 0 ? '' : line.slice(0, colon);
      const isQuoted = /;(?:ENCODING=)?"?QUOTED-PRINTABLE/i.test(head) && /=\s*$/.test(line);
      state = isQuoted ? 'quoted-printable' : /;(?:ENCODING=)?"?(?:BASE64|B)"?(?:;|$)/i.test(head) ? 'base64' : 'none';
      lines.push({ text: [isQuoted ? line.replace(/=\s*$/, '') : line], number: index + 1 });
    }
  }
  return lines.map(({ text, number }) => ({ text: text.join(''), number }));
}
