/**
 * An item as its owner would describe it: fields and their values, the same whatever program keeps it. Two items with
 * equal fields are one item to a person, and so proof compares fields where a server does not keep octets.
 *
 * Values are normalised by `fieldsOf`; dates and times are ISO 8601 (`2026-03-02`, `2026-03-02T08:00:00Z`; a floating
 * time has no `Z`).
 */
export const contactFields = [
  'name',
  'family-name',
  'given-name',
  'middle-name',
  'name-prefix',
  'name-suffix',
  'nickname',
  'organisation',
  'department',
  'job-title',
  'email',
  'phone-work',
  'phone-home',
  'phone-mobile',
  'phone-other',
  'fax',
  'address-work',
  'address-home',
  'address-other',
  'url',
  'instant-message',
  'birthday',
  'anniversary',
  'note',
  'category',
  /** Of a distribution list: one value a member, its address or name. */
  'member',
  /** SHA-256 of the picture's octets; `present` where a server keeps pictures but encodes them anew. */
  'photo',
  /** What no field here is made for, `NAME:value`. */
  'other',
] as const;

export const calendarFields = [
  'title',
  'place',
  'description',
  /**
   * Each time it takes place, `start/end`, in UTC for what happens at one instant everywhere, as dates for whole days.
   * Of a series: all within ten years of the first, exceptions counted in.
   */
  'occurrence',
  /** Occurrences that differ in more than their time, `start|field=value`. */
  'exception',
  /** Of a task. */
  'due',
  'completed',
  'percent-complete',
  'status',
  'priority',
  'show-as',
  'privacy',
  'category',
  /** Minutes before the start; an instant where it rings at one. */
  'reminder',
  'organiser',
  /** `address|answer`. */
  'participant',
  'url',
  /** `name` or link; with the SHA-256 of its octets where they are within. */
  'attachment',
  'other',
] as const;

/** Of rules and signatures, which are compared as their own server writes them. */
export const settingFields = ['name', 'text', 'html', 'rule'] as const;

export type FieldName =
  (typeof contactFields)[number] | (typeof calendarFields)[number] | (typeof settingFields)[number];

export type ItemFields = ReadonlyMap<FieldName, readonly string[]>;

/** Fields in their normal form: text in NFC with plain line ends and no blanks around it, values sorted, none empty. */
export function fieldsOf(entries: Iterable<readonly [field: FieldName, value: string]>): ItemFields {
  const fields = new Map<FieldName, string[]>();
  for (const [field, value] of entries) {
    const text = value.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
    if (text === '') continue;
    const values = fields.get(field);
    if (values === undefined) fields.set(field, [text]);
    else values.push(text);
  }
  return new Map([...fields].map(([field, values]) => [field, values.sort()]));
}

/** Names of fields that are not the same, sorted; empty when nobody could tell the items apart. */
export function differingFields(wanted: ItemFields, found: ItemFields): readonly FieldName[] {
  const names = new Set([...wanted.keys(), ...found.keys()]);
  return [...names].filter(name => !areEqual(wanted.get(name) ?? [], found.get(name) ?? [])).sort();
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((value, index) => value === others[index]);
}
