/** The pieces of an RTF document, in order (RTF 1.9.1, "RTF syntax"). */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'word'; readonly name: string; readonly value: number | null }
  /** `\` and one character that is no letter. */
  | { readonly kind: 'symbol'; readonly symbol: string }
  /** An octet of text, written out or as `\'hh`. */
  | { readonly kind: 'octet'; readonly octet: number };

const open: RtfToken = { kind: 'open' };
const close: RtfToken = { kind: 'close' };

export function* rtfTokens(rtf: Buffer): Generator<RtfToken> {
  const at = (index: number): number => rtf[index] ?? -1;
  let i = 0;
  while (i < rtf.length) {
    const octet = at(i);
    if (octet === 0x7b) {
      yield open;
      i++;
    } else if (octet === 0x7d) {
      yield close;
      i++;
    } else if (octet === 0x0d || octet === 0x0a || octet === 0) {
      // Line ends in the source mean nothing; NUL is padding.
      i++;
    } else if (octet !== 0x5c) {
      yield { kind: 'octet', octet };
      i++;
    } else if (isLetter(at(i + 1))) {
      let end = i + 1;
      while (isLetter(at(end)) && end - i <= 32) end++;
      const name = rtf.toString('latin1', i + 1, end);
      let digits = end;
      if (at(digits) === 0x2d && isDigit(at(digits + 1))) digits++;
      while (isDigit(at(digits)) && digits - end <= 10) digits++;
      const value = digits > end ? Number(rtf.toString('latin1', end, digits)) : null;
      // One space after a control word belongs to it.
      i = at(digits) === 0x20 ? digits + 1 : digits;
      if (name === 'bin') i += Math.max(0, value ?? 0);
      else yield { kind: 'word', name, value };
    } else if (at(i + 1) === 0x27) {
      const value = Number.parseInt(rtf.toString('latin1', i + 2, i + 4), 16);
      if (!Number.isNaN(value)) yield { kind: 'octet', octet: value };
      i += 4;
    } else {
      const symbol = at(i + 1);
      // A backslash before a line end is the same as \par.
      if (symbol === 0x0a || symbol === 0x0d) yield { kind: 'word', name: 'par', value: null };
      else if (symbol >= 0) yield { kind: 'symbol', symbol: String.fromCharCode(symbol) };
      i += 2;
    }
  }
}

function isLetter(octet: number): boolean {
  return (octet >= 0x61 && octet <= 0x7a) || (octet >= 0x41 && octet <= 0x5a);
}

function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}
