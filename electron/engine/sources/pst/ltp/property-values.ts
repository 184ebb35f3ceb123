import { damaged } from '../damage.ts';
import { decodeText } from './code-page.ts';
import { fixedSize, propertyTypes } from './property-types.ts';

export function decodeInteger(type: number, octets: Buffer): number | null {
  switch (type) {
    case propertyTypes.int16:
      return octets.length < 2 ? null : octets.readInt16LE(0);
    case propertyTypes.int32:
    case propertyTypes.errorCode:
      return octets.length < 4 ? null : octets.readInt32LE(0);
    case propertyTypes.boolean:
      return octets.length < 1 ? null : octets[0] === 0 ? 0 : 1;
    case propertyTypes.float32:
      return octets.length < 4 ? null : octets.readFloatLE(0);
    case propertyTypes.float64:
      return octets.length < 8 ? null : octets.readDoubleLE(0);
    case propertyTypes.int64:
      return octets.length < 8 ? null : Number(octets.readBigInt64LE(0));
    default:
      return null;
  }
}

/** A string property as text; null for any other type. `codePage` is for 8-bit strings only. */
export function decodeString(
  type: number,
  octets: Buffer,
  codePage: number,
  otherwise?: number,
  start = 0,
  end = octets.length,
): string | null {
  if (type === propertyTypes.string) return untilNul(decodeUtf16(octets, start, end));
  if (type === propertyTypes.string8) return untilNul(decodeText(octets.subarray(start, end), codePage, otherwise));
  return null;
}

export function decodeUtf16(octets: Buffer, start = 0, end = octets.length): string {
  return octets.toString('utf16le', start, end - ((end - start) % 2));
}

/** Values end where their size says; programs that counted a terminating NUL in are common. */
function untilNul(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Between 1601 and 1970, in milliseconds. */
const filetimeEpochMs = 11_644_473_600_000;
const beginningOfNever = Date.UTC(4500, 0, 1);

/**
 * FILETIME (100 ns since 1601, UTC) as milliseconds since 1970; null for 0 and for what no calendar holds. Outlook
 * writes the year 4501 for "none".
 */
export function decodeFiletime(octets: Buffer, start = 0, end = octets.length): number | null {
  if (end - start < 8) return null;
  const low = octets.readUInt32LE(start);
  const high = octets.readUInt32LE(start + 4);
  if (low === 0 && high === 0) return null;
  // 2^32 is 429,496 × 10,000 + 7,296: divided like this, nothing leaves the range of exact numbers.
  const ms = high * 429_496 + Math.floor((high * 7296 + low) / 10_000) - filetimeEpochMs;
  return ms >= beginningOfNever ? null : ms;
}

/** The values of a multi-valued property ([MS-PST] 2.3.3.4.1), undecoded. Throws damage. */
export function splitMultiple(baseType: number, octets: Buffer): readonly Buffer[] {
  const size = fixedSize(baseType);
  if (size !== null) {
    const count = Math.floor(octets.length / size);
    return Array.from({ length: count }, (_, index) => octets.subarray(index * size, (index + 1) * size));
  }
  if (octets.length < 4) return [];
  const count = octets.readUInt32LE(0);
  if (4 + 4 * count > octets.length) throw damaged('property-malformed');
  const offsets = Array.from({ length: count }, (_, index) => octets.readUInt32LE(4 + 4 * index));
  return offsets.map((from, index) => {
    const to = offsets[index + 1] ?? octets.length;
    if (from > to || to > octets.length) throw damaged('property-malformed');
    return octets.subarray(from, to);
  });
}
