/**
 * A header as lines of octets: enough to find dates and what mail programs noted about a message, without decoding
 * anything. Names are matched whatever their case.
 */
export interface RawHeader {
  /** The first value of that name, unfolded and trimmed; null when there is none. */
  first(name: string): string | null;
  /** The fields in order, names in lower case. */
  readonly fields: readonly RawField[];
}

export interface RawField {
  readonly name: string;
  readonly value: string;
  /** Where the field's lines begin and end in the octets that were parsed. */
  readonly start: number;
  readonly end: number;
}

/** Fields behind this many octets are not looked at: the longest honest headers are a tenth of it. */
export const headerLimit = 256 * 1024;

/**
 * Where the header ends (behind its blank line), or null when the blank line is not in `octets`.
 *
 * @param from where to begin looking; everything before it is known to hold no blank line
 */
export function headerEnd(octets: Buffer, from = 0): number | null {
  if (octets[0] === 0x0a) return 1;
  if (octets[0] === 0x0d && octets[1] === 0x0a) return 2;
  for (let at = octets.indexOf(0x0a, Math.max(0, from - 2)); at >= 0; at = octets.indexOf(0x0a, at + 1)) {
    if (octets[at + 1] === 0x0a) return at + 2;
    if (octets[at + 1] === 0x0d && octets[at + 2] === 0x0a) return at + 3;
  }
  return null;
}

/** Latin-1 keeps every octet as one character, so positions in the text are positions in the octets. */
export function parseRawHeader(octets: Buffer): RawHeader {
  const text = octets.toString('latin1');
  const fields: RawField[] = [];
  const field = /^([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|$)/gm;
  for (const match of text.matchAll(field)) {
    const [whole, name = '', value = ''] = match;
    fields.push({
      name: name.toLowerCase(),
      value: value.replaceAll(/\r?\n(?=[ \t])/g, '').trim(),
      start: match.index,
      end: match.index + whole.length,
    });
  }
  return { fields, first: name => fields.find(each => each.name === name)?.value ?? null };
}
