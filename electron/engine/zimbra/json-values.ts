/**
 * Reading Zimbra's JSON. The same element comes as an object, as an array of one, or as a bare string, depending on the
 * edition and on how often it may occur; and `_content` holds its text. Nothing here throws: what is not there is empty.
 */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The element itself, or the first of several; empty when there is none. */
export function recordOf(value: unknown): JsonRecord {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return isRecord(one) ? one : {};
}

export function recordsOf(value: unknown): readonly JsonRecord[] {
  if (Array.isArray(value)) return value.filter(isRecord);
  return isRecord(value) ? [value] : [];
}

/** An element's text, or null. Numbers and booleans read as they are written. */
export function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return textOf(value[0]);
  if (isRecord(value)) return textOf(value['_content']);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function numberOf(value: unknown): number | null {
  const text = textOf(value);
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** The values of one name in a list of attributes: `{_attrs: {name: value | [values]}}`. */
export function attributeValues(value: unknown, name: string): readonly string[] {
  const given = recordOf(recordOf(value)['_attrs'])[name];
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  return all.flatMap(each => textOf(each) ?? []);
}

/** Text that may be JSON of the kind wanted here, or a page of HTML. */
export function parseRecord(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
