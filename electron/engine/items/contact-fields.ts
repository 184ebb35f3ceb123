import { createHash } from 'node:crypto';
import type ICAL from 'ical.js';
import { fieldsOf } from './item-fields.ts';
import type { FieldName, ItemFields } from './item-fields.ts';
import { parseCard } from './vcard/parse-card.ts';

type Entry = readonly [field: FieldName, value: string];

const nameParts = ['family-name', 'given-name', 'middle-name', 'name-prefix', 'name-suffix'] as const;
const texts: Readonly<Record<string, FieldName>> = {
  fn: 'name',
  nickname: 'nickname',
  title: 'job-title',
  url: 'url',
  impp: 'instant-message',
  note: 'note',
  categories: 'category',
};
/** Of the file, not of the person. */
export const technicalProperties = new Set([
  'version',
  'prodid',
  'uid',
  'rev',
  'kind',
  'source',
  'clientpidmap',
  'x-ablabel',
  'x-addressbookserver-kind',
  'sort-string',
]);

/** The fields of a contact or a list of contacts, from its vCard 3.0 or 4.0. Throws when that cannot be parsed. */
export function contactItemFields(octets: Buffer): ItemFields {
  return fieldsOf(contactEntries(octets));
}

/** The same in the order of the card, in which the preferred address stands first. */
export function contactEntries(octets: Buffer): readonly Entry[] {
  return parseCard(octets).getAllProperties().flatMap(entriesOf);
}

function entriesOf(property: ICAL.Property): readonly Entry[] {
  // `item1.EMAIL`: the group only says which label belongs to which line.
  const name = property.name.replace(/^[^.]*\./, '');
  const field = texts[name];
  const values = property.getValues() as unknown[];
  if (field !== undefined) return values.map(value => [field, String(value)]);
  switch (name) {
    case 'n': {
      const parts = listOf(values[0]);
      return nameParts.map((part, index) => [part, parts[index] ?? '']);
    }
    case 'org': {
      const [organisation = '', ...departments] = listOf(values[0]);
      return [
        ['organisation', organisation],
        ['department', departments.filter(each => each !== '').join(', ')],
      ];
    }
    case 'email':
      return values.map(value => [
        'email',
        String(value)
          .replace(/^mailto:/i, '')
          .toLowerCase(),
      ]);
    case 'tel':
      return values.map(value => [phoneField(typesOf(property)), digitsOf(String(value))]);
    case 'adr': {
      const types = typesOf(property);
      const place = types.has('work') ? 'address-work' : types.has('home') ? 'address-home' : 'address-other';
      return [
        [
          place,
          listOf(values[0])
            .filter(part => part.trim() !== '')
            .join(', '),
        ],
      ];
    }
    case 'bday':
    case 'anniversary':
    case 'x-anniversary':
      return [[name === 'bday' ? 'birthday' : 'anniversary', dateOf(String(values[0]))]];
    case 'member':
    case 'x-addressbookserver-member':
      return values.map(value => ['member', memberOf(String(value))]);
    case 'photo':
      return [['photo', photoOf(property)]];
    default:
      if (technicalProperties.has(name)) return [];
      return values.map(value => ['other', `${name.toUpperCase()}:${listOf(value).join(';')}`]);
  }
}

/** A structured value comes as a list, one of its parts perhaps as a list again. */
export function listOf(value: unknown): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.map(String);
}

export function typesOf(property: ICAL.Property): ReadonlySet<string> {
  const given: unknown = property.getParameter('type');
  return new Set(listOf(given ?? '').flatMap(each => each.toLowerCase().split(',')));
}

export function phoneField(types: ReadonlySet<string>): FieldName {
  if (types.has('fax')) return 'fax';
  if (types.has('cell')) return 'phone-mobile';
  if (types.has('work')) return 'phone-work';
  return types.has('home') ? 'phone-home' : 'phone-other';
}

/** Programs write blanks, brackets and hyphens into a number as they please. */
function digitsOf(number: string): string {
  const text = number.replace(/^tel:/i, '').trim();
  const digits = text.replaceAll(/[\s().\-/\u2010-\u2015]/g, '');
  return /^\+?[\d*#]+$/.test(digits) ? digits : text;
}

export function dateOf(text: string): string {
  const match = /^(\d{4}|--)-?(\d\d)-?(\d\d)/.exec(text);
  return match === null ? text : `${match[1] === '--' ? '-' : match[1]}-${match[2]}-${match[3]}`;
}

export function memberOf(value: string): string {
  const bare = value.replace(/^mailto:/i, '');
  try {
    return bare === value ? value : decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare;
  }
}

/** vCard 4.0 has a `data:` URI, vCard 3.0 an encoded value (RFC 2426 section 3.1.4). */
function photoOf(property: ICAL.Property): string {
  const value = String(property.getFirstValue());
  const data = /^data:[^,]*;base64,(.*)$/is.exec(value)?.[1];
  const isEncoded = /^b(?:ase64)?$/i.test(listOf(property.getParameter('encoding')).join());
  if (data === undefined && !isEncoded) return value;
  return createHash('sha256')
    .update(Buffer.from(data ?? value, 'base64'))
    .digest('hex');
}
