/** Property types of [MS-OXCDATA] section 2.11.1 that occur in these files. */
export const propertyTypes = {
  int16: 0x0002,
  int32: 0x0003,
  float32: 0x0004,
  float64: 0x0005,
  currency: 0x0006,
  floatingTime: 0x0007,
  errorCode: 0x000a,
  boolean: 0x000b,
  object: 0x000d,
  int64: 0x0014,
  string8: 0x001e,
  string: 0x001f,
  time: 0x0040,
  guid: 0x0048,
  binary: 0x0102,
} as const;

/** Set in the type of a property that holds several values. */
export const multipleFlag = 0x1000;

/** Octets of a value of fixed size, null for a type whose values vary in size. */
export function fixedSize(type: number): number | null {
  switch (type) {
    case propertyTypes.boolean:
      return 1;
    case propertyTypes.int16:
      return 2;
    case propertyTypes.int32:
    case propertyTypes.float32:
    case propertyTypes.errorCode:
      return 4;
    case propertyTypes.float64:
    case propertyTypes.currency:
    case propertyTypes.floatingTime:
    case propertyTypes.int64:
    case propertyTypes.time:
      return 8;
    case propertyTypes.guid:
      return 16;
    default:
      return null;
  }
}
