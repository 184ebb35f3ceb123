const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The octets of a part without their Content-Transfer-Encoding (RFC 2045 section 6). Unknown encodings are taken as they
 * are; broken ones give what can be read of them.
 */
export function transferDecoded(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedPrintable(body);
    default:
      return body;
  }
}

/** RFC 2045 section 6.7. Octets that are no valid escape stand for themselves. */
export function quotedPrintable(body: Buffer): Buffer {
  if (!body.includes(EQUALS)) return body;
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const octet = body[at] ?? 0;
    if (octet !== EQUALS) {
      out[length] = octet;
      length += 1;
      continue;
    }
    const high = hexDigit(body[at + 1]);
    const low = hexDigit(body[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length] = high * 16 + low;
      length += 1;
      at += 2;
      continue;
    }
    const lineEnd = softBreakEnd(body, at + 1);
    if (lineEnd > 0) at = lineEnd;
    else {
      out[length] = octet;
      length += 1;
    }
  }
  return out.subarray(0, length);
}

/** Offset of the LF of a soft line break whose `=` is just before `at`; -1 when it is none. */
function softBreakEnd(body: Buffer, at: number): number {
  let position = at;
  while (body[position] === 0x20 || body[position] === 0x09) position += 1;
  if (body[position] === CR) position += 1;
  return body[position] === LF ? position : -1;
}

function hexDigit(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
