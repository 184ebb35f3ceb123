/** RFC 2231 section 3: octets of a value in one piece before it is continued. */
const pieceLength = 60;

/**
 * A parameter of Content-Type or Content-Disposition as words, each beginning the parameter or a piece of it; callers
 * put `;` between. ASCII values are quoted, others encoded by RFC 2231.
 */
export function parameterWords(name: string, value: string): readonly string[] {
  const clean = value.replaceAll(/\p{Cc}+/gu, ' ');
  if (/^[\x20-\x7e]*$/.test(clean) && clean.length <= pieceLength) {
    return [`${name}="${clean.replaceAll(/["\\]/g, '\\$&')}"`];
  }
  const pieces: string[] = [];
  let current = '';
  for (const character of clean.toWellFormed()) {
    const encoded = /^[A-Za-z0-9.\-_]$/.test(character) ? character : percentForm(character);
    if (current.length + encoded.length > pieceLength) {
      pieces.push(current);
      current = '';
    }
    current += encoded;
  }
  pieces.push(current);
  if (pieces.length === 1) return [`${name}*=utf-8''${current}`];
  return pieces.map((piece, index) => `${name}*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`);
}

function percentForm(character: string): string {
  return Array.from(
    Buffer.from(character, 'utf8'),
    octet => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
