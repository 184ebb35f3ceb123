import papa from 'papaparse';
import { contactItemFields } from '../items/contact-fields.ts';
import type { FieldName, ItemFields } from '../items/item-fields.ts';
import { parseCard } from '../items/vcard/parse-card.ts';

const addressColumns = ['Street', 'City', 'State', 'Postal Code', 'Country/Region'] as const;
const places = ['Business', 'Home', 'Other'] as const;
type Place = (typeof places)[number];

/** Outlook's own English headings: every Outlook knows them whatever its language, and so do webmail and phones. */
const plainColumns: readonly (readonly [heading: string, field: FieldName, values: number])[] = [
  ['Title', 'name-prefix', 1],
  ['First Name', 'given-name', 1],
  ['Middle Name', 'middle-name', 1],
  ['Last Name', 'family-name', 1],
  ['Suffix', 'name-suffix', 1],
  ['Nickname', 'nickname', 1],
  ['Company', 'organisation', 1],
  ['Department', 'department', 1],
  ['Job Title', 'job-title', 1],
  ['E-mail Address', 'email', 3],
  ['Business Phone', 'phone-work', 2],
  ['Home Phone', 'phone-home', 2],
  ['Mobile Phone', 'phone-mobile', 1],
  ['Other Phone', 'phone-other', 1],
  ['Business Fax', 'fax', 1],
  ['Web Page', 'url', 1],
  ['Birthday', 'birthday', 1],
  ['Anniversary', 'anniversary', 1],
];
/** Said in another column already, or nothing that a cell can hold. */
const said = new Set<FieldName>(['name', 'note', 'category', 'photo', 'address-work', 'address-home', 'address-other']);

export interface ContactSheet {
  /** The file, as UTF-8 with the mark that makes Excel and Outlook read it so. */
  readonly octets: Buffer;
  readonly contacts: number;
}

/** Contacts as CSV. What has no column stands in the notes, under its name. */
export function contactSheet(cards: readonly Buffer[]): ContactSheet {
  const rows = cards.map(rowOf);
  const headings = Object.keys(rowOf(emptyCard));
  const text = papa.unparse({ fields: headings, data: rows }, { escapeFormulae: true, newline: '\r\n' });
  return { octets: Buffer.from(`\uFEFF${text}\r\n`), contacts: rows.length };
}

const emptyCard = Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n');

function rowOf(card: Buffer): Record<string, string> {
  const fields = contactItemFields(card);
  const row: Record<string, string> = {};
  const rest: string[] = [];
  for (const [heading, field, most] of plainColumns) {
    const values = fields.get(field) ?? [];
    for (let index = 0; index < most; index += 1) row[headingOf(heading, index)] = values[index] ?? '';
    rest.push(...values.slice(most).map(value => `${heading}: ${value}`));
  }
  // Programs put a contact in its place by first and last name, which a card need not have.
  if (row['First Name'] === '' && row['Last Name'] === '') row['First Name'] = fields.get('name')?.[0] ?? '';
  const addresses = addressesOf(card);
  for (const place of places) {
    const [first = [], ...others] = addresses.filter(each => each.place === place).map(each => each.parts);
    for (const [index, part] of addressColumns.entries()) row[`${place} ${part}`] = first[index] ?? '';
    rest.push(...others.map(parts => `${place} Address: ${parts.filter(part => part !== '').join(', ')}`));
  }
  row['Categories'] = (fields.get('category') ?? []).join(';');
  row['Notes'] = [...(fields.get('note') ?? []), ...rest, ...withoutColumn(fields)].join('\n');
  return row;
}

/** `E-mail Address`, `E-mail 2 Address`; `Home Phone`, `Home Phone 2`. */
function headingOf(heading: string, index: number): string {
  if (index === 0) return heading;
  return heading === 'E-mail Address' ? `E-mail ${index + 1} Address` : `${heading} ${index + 1}`;
}

function withoutColumn(fields: ItemFields): readonly string[] {
  const columns = new Set(plainColumns.map(([, field]) => field));
  return [...fields]
    .filter(([field]) => !columns.has(field) && !said.has(field))
    .flatMap(([field, values]) => values.map(value => (field === 'other' ? value : `${field}: ${value}`)));
}

interface PostalAddress {
  readonly place: Place;
  readonly parts: readonly string[];
}

/** RFC 6350 section 6.3.1: post office box, extended address, street, locality, region, code, country. */
function addressesOf(card: Buffer): readonly PostalAddress[] {
  return parseCard(card)
    .getAllProperties('adr')
    .map(property => {
      const types = String(property.getParameter('type')).toLowerCase();
      const [box = '', extended = '', street = '', ...rest] = [property.getFirstValue() as unknown].flat().map(String);
      const lines = [box, extended, street].filter(part => part !== '').join(', ');
      const place = types.includes('work') ? 'Business' : types.includes('home') ? 'Home' : 'Other';
      return { place, parts: [lines, ...rest] };
    });
}
