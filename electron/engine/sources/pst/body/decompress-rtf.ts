import { damaged } from '../damage.ts';
import type { Faults } from '../damage.ts';
import { pstChecksum } from '../ndb/checksum.ts';

/** [MS-OXRTFCP] 2.1.3.1.1: what the dictionary holds before the first octet. */
const initialDictionary = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor ' +
    'MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par ' +
    '\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

const dictionaryBytes = 4096;
const kinds = { compressed: 0x75465a4c, uncompressed: 0x414c454d };
const headerBytes = 16;

/**
 * Compressed RTF ([MS-OXRTFCP]) as RTF. A wrong checksum and a missing end are noted, and what can be unpacked is
 * given. Throws damage when the header is not one of compressed RTF.
 */
export function decompressRtf(packed: Buffer, faults: Faults): Buffer {
  if (packed.length < headerBytes) throw damaged('rtf-malformed');
  const rawBytes = packed.readUInt32LE(4);
  const kind = packed.readUInt32LE(8);
  // COMPSIZE counts the twelve octets of the header behind itself.
  const content = packed.subarray(headerBytes, Math.max(headerBytes, packed.readUInt32LE(0) + 4));
  if (kind === kinds.uncompressed) return content.subarray(0, rawBytes);
  if (kind !== kinds.compressed) throw damaged('rtf-malformed');
  if (pstChecksum(content) !== packed.readUInt32LE(12)) faults.note('rtf-malformed');
  return unpack(content, faults);
}

function unpack(content: Buffer, faults: Faults): Buffer {
  const dictionary = Buffer.alloc(dictionaryBytes);
  initialDictionary.copy(dictionary);
  let write = initialDictionary.length;
  // A reference of two octets gives at most 17, so what comes out is bounded by what goes in.
  const out = Buffer.allocUnsafe(content.length * 9 + 32);
  let length = 0;
  const emit = (octet: number): void => {
    out[length++] = octet;
    dictionary[write] = octet;
    write = (write + 1) % dictionaryBytes;
  };

  let at = 0;
  while (at < content.length) {
    const control = content[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < content.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        emit(content[at++] ?? 0);
        continue;
      }
      if (at + 2 > content.length) break;
      const reference = content.readUInt16BE(at);
      at += 2;
      const offset = reference >> 4;
      // A reference to where the next octet would go marks the end ([MS-OXRTFCP] 2.1.3.1.4).
      if (offset === write) return out.subarray(0, length);
      const count = (reference & 0x0f) + 2;
      for (let index = 0; index < count; index++) emit(dictionary[(offset + index) % dictionaryBytes] ?? 0);
    }
  }
  faults.note('rtf-malformed');
  return out.subarray(0, length);
}
