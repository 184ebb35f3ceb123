/** What Zimbra writes its metadata in: lengths count characters (UTF-16), not octets. */
export type Bencoded = string | number | readonly Bencoded[] | { readonly [key: string]: Bencoded };

/** Deeper than any metadata; a hostile file may nest until the stack ends. */
const deepest = 50;

/** Null when it is not what it should be, to the last character. */
export function decodeBencoding(text: string): Bencoded | null {
  let at = 0;

  function number(end: string): number {
    const stop = text.indexOf(end, at);
    const digits = stop < 0 || stop - at > 20 ? '' : text.slice(at, stop);
    if (!/^-?\d+$/.test(digits)) throw new RangeError('not bencoded');
    at = stop + 1;
    return Number(digits);
  }

  function value(depth: number): Bencoded | null {
    if (depth > deepest) throw new RangeError('nested too deep');
    const kind = text[at];
    if (kind === 'e') {
      at += 1;
      return null;
    }
    if (kind === 'i') {
      at += 1;
      return number('e');
    }
    if (kind === 'l' || kind === 'd') {
      at += 1;
      const list: Bencoded[] = [];
      for (let each = value(depth + 1); each !== null; each = value(depth + 1)) list.push(each);
      return kind === 'l' ? list : dictionary(list);
    }
    const length = number(':');
    if (length < 0 || at + length > text.length) throw new RangeError('not bencoded');
    at += length;
    return text.slice(at - length, at);
  }

  try {
    const decoded = value(0);
    return at === text.length ? decoded : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function dictionary(list: readonly Bencoded[]): Bencoded {
  const entries: [string, Bencoded][] = [];
  for (let index = 0; index + 1 < list.length; index += 2) {
    const [key = '', value = ''] = list.slice(index, index + 2);
    if (typeof key === 'string') entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

export function isDictionary(value: Bencoded | null | undefined): value is { readonly [key: string]: Bencoded } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Bencoded | null | undefined): value is readonly Bencoded[] {
  return Array.isArray(value);
}
