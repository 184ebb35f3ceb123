/** MAPI property types ([MS-OXCDATA] 2.11.1) by how many octets a value takes in a TNEF stream, padding included. */
const fixedOctets: Readonly<Record<number, number>> = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};
export const propertyType = { string8: 0x001e, unicode: 0x001f, object: 0x000d, binary: 0x0102 } as const;
const sized = new Set<number>(Object.values(propertyType));
const multiValued = 0x1000;
const mostProperties = 20_000;
const mostValues = 100_000;

export interface MapiValue {
  readonly type: number;
  /** Of a property of several values the first. */
  readonly octets: Buffer;
}

/**
 * The property list of a TNEF attribute ([MS-OXTNEF] 2.1.3.4) by property number; those with names of their own are passed
 * over, as no body or file is among them. What is behind a broken one is lost, for there is no telling where it begins.
 */
export function mapiProperties(data: Buffer): ReadonlyMap<number, MapiValue> {
  const properties = new Map<number, MapiValue>();
  const cursor = new Cursor(data);
  try {
    const count = Math.min(cursor.uint32(), mostProperties);
    for (let index = 0; index < count; index += 1) {
      const type = cursor.uint16();
      const number = cursor.uint16();
      if (number >= 0x8000) skipName(cursor);
      const octets = readValues(cursor, type);
      if (octets !== null && !properties.has(number)) properties.set(number, { type: type & ~multiValued, octets });
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return properties;
}

/** A property set's GUID, then a number, or a name in UTF-16. */
function skipName(cursor: Cursor): void {
  cursor.take(16);
  if (cursor.uint32() === 0) cursor.take(4);
  else cursor.takePadded(cursor.uint32());
}

function readValues(cursor: Cursor, type: number): Buffer | null {
  const single = type & ~multiValued;
  const fixed = fixedOctets[single];
  const isSized = sized.has(single);
  if (fixed === undefined && !isSized) throw new RangeError('property type');
  const count = isSized || (type & multiValued) !== 0 ? cursor.uint32() : 1;
  if (count > mostValues) throw new RangeError('values');
  let first: Buffer | null = null;
  for (let index = 0; index < count; index += 1) {
    const value = fixed === undefined ? cursor.takePadded(cursor.uint32()) : cursor.take(fixed);
    first ??= value;
  }
  return first;
}

/** Reads forward; throws RangeError behind the end. */
class Cursor {
  private readonly data: Buffer;
  private at = 0;

  constructor(data: Buffer) {
    this.data = data;
  }

  uint16(): number {
    return this.take(2).readUInt16LE();
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  take(length: number): Buffer {
    if (length > this.data.length - this.at) throw new RangeError('end of data');
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }

  /** The value, and past it to the next multiple of four octets. */
  takePadded(length: number): Buffer {
    const value = this.take(length);
    this.at = Math.min(this.data.length, this.at + ((4 - (length % 4)) % 4));
    return value;
  }
}
