import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';

const decoders = new Map<string, TextDecoder | null>();

/**
 * Octets as text. A charset that is missing, `us-ascii` or unknown is guessed: UTF-8 where the octets are that, else
 * windows-1252, which is what old programs meant. Never throws; what cannot be decoded becomes U+FFFD.
 */
export function charsetText(octets: Buffer, charset: string | null): string {
  const label = charset?.trim().toLowerCase() ?? '';
  if (label === 'utf-8' || label === 'utf8') return octets.toString('utf8');
  if (label === '' || label === 'us-ascii' || label === 'ascii' || label.startsWith('unknown')) return guessed(octets);
  const decoder = decoderOf(label);
  if (decoder !== null) return decoder.decode(octets);
  return iconv.encodingExists(label) ? iconv.decode(octets, label) : guessed(octets);
}

function guessed(octets: Buffer): string {
  if (isAscii(octets)) return octets.toString('latin1');
  if (isUtf8(octets)) return octets.toString('utf8');
  return decoderOf('windows-1252')?.decode(octets) ?? octets.toString('latin1');
}

function decoderOf(label: string): TextDecoder | null {
  let decoder = decoders.get(label);
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(label);
    } catch {
      decoder = null;
    }
    // A hostile mailbox may name a new charset in every part.
    if (decoders.size < 200) decoders.set(label, decoder);
  }
  return decoder;
}
