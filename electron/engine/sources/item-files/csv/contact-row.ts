import type { ZimbraMember } from '../../../items/zimbra-vcard.ts';
import { groupAddresses } from '../../zimbra-tgz/contact-metadata.ts';
import { besideFields, birthColumns, contactColumn, tagsColumn } from './contact-headings.ts';
import { isUncertain, readDate } from './date-order.ts';
import type { DateOrder } from './date-order.ts';
import { googleColumn, googleFields, googleValues } from './google-columns.ts';

/** What a column of no property holds. */
export interface KeptColumn {
  readonly heading: string;
  readonly value: string;
}

export interface ContactRow {
  /** By Zimbra's names for them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly members: readonly ZimbraMember[];
  readonly kept: readonly KeptColumn[];
  /** A date of it can be read in two ways and stays as it is written. */
  readonly uncertain: boolean;
}

export interface RowReading {
  readonly headings: readonly string[];
  /** The columns are Zimbra's own fields. */
  readonly isZimbra: boolean;
  readonly dateOrder: DateOrder;
}

const numberedFields = /(?:phone|mobile|fax|pager|callback|email|url)$/i;
const joinedFields = /Street$|^notes$/;
const dateFields: ReadonlySet<string> = new Set(['birthday', 'anniversary']);
/** How Outlook writes that there is no date. */
const noDate = /^0[/.-]0[/.-]0{2,4}$/;

/** One line of a list of contacts. Every cell that is not empty is in a field, among the tags, or kept beside. */
export function contactRow(cells: readonly string[], { headings, isZimbra, dateOrder }: RowReading): ContactRow {
  const fields = new Map<string, string>();
  const kept: KeptColumn[] = [];
  const tags: string[] = [];
  const birth = new Map<string, string>();
  const google = new Map<string, { readonly group: string; readonly cells: Map<string, KeptColumn> }>();
  let uncertain = false;

  const keep = (heading: string, value: string): number => kept.push({ heading, value });
  const put = (field: string, value: string, heading: string): void => {
    const known = fields.get(field);
    if (known === undefined) fields.set(field, value);
    else if (numberedFields.test(field)) fields.set(freeNumber(field, fields), value);
    else if (joinedFields.test(field)) fields.set(field, `${known}\n${value}`);
    else if (known !== value) keep(heading, value);
  };
  const putDate = (field: string, value: string, heading: string): void => {
    if (noDate.test(value)) return;
    uncertain ||= isUncertain(value, dateOrder);
    put(field, readDate(value, dateOrder) ?? value, heading);
  };

  for (const [index, cell] of cells.entries()) {
    const value = cell.trim();
    const heading = headings[index] ?? '';
    if (value === '') continue;
    const numbered = googleColumn(heading);
    const column = isZimbra ? heading : contactColumn(heading);
    if (isZimbra && (heading === 'tags' || heading === 'tag')) tags.push(...splitTags(value));
    else if (numbered !== null) {
      const name = `${numbered.group} ${numbered.number}`;
      const group = google.get(name) ?? { group: numbered.group, cells: new Map() };
      google.set(name, group);
      group.cells.set(numbered.part, { heading, value });
    } else if (column === null || column === besideFields || column === '') keep(heading, value);
    else if (column === tagsColumn) tags.push(...splitTags(value));
    else if (Object.values<string>(birthColumns).includes(column)) birth.set(column, value);
    else if (dateFields.has(column)) putDate(column, value, heading);
    else put(column, value, heading);
  }
  for (const { group, cells: own } of google.values()) {
    const values = new Map([...own].map(([part, { value }]) => [part, value]));
    const { fields: given, shown } = googleFields(group, values, new Set(fields.keys()));
    for (const [field, value] of given) {
      if (value === '') continue;
      const heading = own.get('value')?.heading ?? group;
      if (dateFields.has(field)) putDate(field, value, heading);
      else put(field, value, heading);
    }
    for (const [part, column] of own) if (!shown.has(part)) kept.push(column);
  }
  putBirth(birth, fields, keep);
  return {
    fields: Object.fromEntries(fields),
    tags,
    members: groupAddresses(fields.get('dlist') ?? ''),
    kept,
    uncertain,
  };
}

/** `workPhone2`: as Zimbra numbers them. */
function freeNumber(field: string, fields: ReadonlyMap<string, string>): string {
  for (let number = 2; ; number += 1) if (!fields.has(`${field}${number}`)) return `${field}${number}`;
}

function putBirth(
  birth: ReadonlyMap<string, string>,
  fields: Map<string, string>,
  keep: (heading: string, value: string) => number,
): void {
  if (birth.size === 0) return;
  const { year, month, day } = birthColumns;
  const pad = (name: string): string => (birth.get(name) ?? '').padStart(2, '0');
  const date = readDate(`${birth.get(year) ?? '-'}-${pad(month)}-${pad(day)}`, null);
  if (date !== null && !fields.has('birthday')) fields.set('birthday', date);
  else for (const [column, value] of birth) keep(column.replace('#birth-', 'Birth '), value);
}

/** Outlook divides with semicolons, Google with three colons, Zimbra with commas; Google's own group is everybody. */
function splitTags(value: string): readonly string[] {
  const names = value.includes(':::') || value.startsWith('* ') ? googleValues(value) : value.split(/[;,]/);
  return names.map(name => name.replace(/^\* /, '').trim()).filter(name => name !== '' && name !== 'myContacts');
}
