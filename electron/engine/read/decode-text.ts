import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { charsetText } from '../search/mime/charset-text.ts';

export interface DecodedText {
  readonly text: string;
  /** What the sender says of the characters is wrong or unknown, and it was guessed. */
  readonly guessed: boolean;
}

/** Octets as text, as `charsetText`, but doubting what the sender says where the octets speak against it. */
export function decodeText(octets: Buffer, charset: string | null): DecodedText {
  const label = charset?.trim().toLowerCase() ?? '';
  if (label === '' || label === 'us-ascii' || label === 'ascii') {
    const text = charsetText(octets, null);
    return { text, guessed: label !== '' && octets.some(octet => octet > 0x7f) };
  }
  if (label === 'utf-8' || label === 'utf8') {
    const text = octets.toString('utf8');
    if (isUtf8(octets) || isMostlyUtf8(text)) return { text, guessed: false };
    return { text: charsetText(octets, null), guessed: true };
  }
  return { text: charsetText(octets, label), guessed: !isKnown(label) };
}

/** A character cut in half is damage; a text of them is in another character set. */
function isMostlyUtf8(text: string): boolean {
  let damaged = 0;
  let good = 0;
  for (const character of text) {
    if (character === '\uFFFD') damaged += 1;
    else if (character > '\u007F') good += 1;
  }
  return damaged <= good;
}

function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return iconv.encodingExists(label);
  }
}
