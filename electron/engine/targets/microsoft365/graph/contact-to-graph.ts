import type ICAL from 'ical.js';
import { contactEntries } from '../../../items/contact-fields.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import { parseCard } from '../../../items/vcard/parse-card.ts';
import type { FieldChange } from '../../item-target.ts';
import { survivingText, withTextBlock } from './text-block.ts';
import type { TextLine } from './text-block.ts';

export interface GraphContact {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly photo: { readonly mediaType: string; readonly content: Buffer } | null;
  readonly kept: ItemFields;
  readonly changed: readonly FieldChange[];
}

interface Placed {
  readonly field: FieldName;
  /** As `contactItemFields` writes it. */
  readonly value: string;
}

/** Graph's contact has one place for each of these. */
const single: readonly (readonly [field: FieldName, property: string])[] = [
  ['name', 'displayName'],
  ['family-name', 'surname'],
  ['given-name', 'givenName'],
  ['middle-name', 'middleName'],
  ['name-prefix', 'title'],
  ['name-suffix', 'generation'],
  ['nickname', 'nickName'],
  ['organisation', 'companyName'],
  ['department', 'department'],
  ['job-title', 'jobTitle'],
  ['url', 'businessHomePage'],
  ['phone-mobile', 'mobilePhone'],
];
/** Exchange keeps so many of each. */
const several: readonly (readonly [field: FieldName, property: string, most: number])[] = [
  ['phone-work', 'businessPhones', 2],
  ['phone-home', 'homePhones', 2],
  ['instant-message', 'imAddresses', 1],
];
const mostAddresses = 3;
const places = [
  ['address-work', 'businessAddress'],
  ['address-home', 'homeAddress'],
  ['address-other', 'otherAddress'],
] as const;
/** A request is 4 MB at most, and so is a picture. */
const mostPhotoOctets = 4 * 1024 * 1024 - 1;
const pictures: readonly (readonly [mediaType: string, begin: string])[] = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e47'],
  ['image/gif', '47494638'],
];

/**
 * A vCard as Graph's contact. What is compared later (`contactItemFields`) decides: each of its values either has a place
 * of its own there, or stands as a line in the notes, or is named as left out; nothing falls between. A list of contacts,
 * which Graph does not have, becomes a contact whose notes name the members.
 */
export function contactToGraph(octets: Buffer): GraphContact {
  const entries = contactEntries(octets);
  const fields = fieldsOf(entries);
  const card = parseCard(octets);
  const resource: Record<string, unknown> = {};
  const placed: Placed[] = [];
  const take = (field: FieldName, most: number): readonly string[] => {
    const own = entries.filter(([name]) => name === field);
    const values = own.flatMap(entry => fieldsOf([entry]).get(field) ?? []).slice(0, most);
    placed.push(...values.map(value => ({ field, value })));
    return values;
  };

  for (const [field, property] of single) {
    const [value] = take(field, 1);
    if (value !== undefined) resource[property] = value;
  }
  for (const [field, property, most] of several) {
    const values = take(field, most);
    if (values.length > 0) resource[property] = values;
  }
  const emails = take('email', mostAddresses);
  if (emails.length > 0)
    resource['emailAddresses'] = emails.map(address => ({ address, name: fields.get('name')?.[0] ?? address }));
  const categories = [...new Set(fields.get('category') ?? [])];
  if (categories.length > 0) resource['categories'] = categories;
  placed.push(...categories.map(value => ({ field: 'category' as const, value })));
  for (const [field, property] of places) {
    const address = addressOf(card, field);
    if (address === null) continue;
    resource[property] = address.resource;
    placed.push({ field, value: address.value });
  }
  const birthday = fields.get('birthday')?.[0];
  if (birthday !== undefined && /^\d{4}-\d\d-\d\d$/.test(birthday)) {
    // Outlook's own hour for it: the day is the same one in every zone from -11 to +12.
    resource['birthday'] = `${birthday}T11:59:00Z`;
    placed.push({ field: 'birthday', value: birthday });
  }
  const photo = photoOf(card);
  const left = leftovers(fields, placed);
  const changed = new Map<FieldName, FieldChange['fate']>();
  const lines: TextLine[] = [];
  for (const [field, value] of left) {
    if (field === 'photo' && !/^[a-z][a-z0-9+.-]*:/i.test(value)) {
      if (photo === null) changed.set(field, 'left-out');
      continue;
    }
    if (field === 'note') continue;
    lines.push([field, value]);
    changed.set(field, 'as-text');
  }
  const notes = withTextBlock((fields.get('note') ?? []).join('\n\n'), lines);
  if (notes !== '') resource['personalNotes'] = notes;
  if (resource['displayName'] === undefined)
    resource['displayName'] = fields.get('email')?.[0] ?? fields.get('organisation')?.[0] ?? '?';

  const kept = placed.map(({ field, value }) => [field, value] as const);
  return {
    resource,
    photo,
    kept: fieldsOf([
      ...kept.filter(([field]) => field !== 'name'),
      ['name', String(resource['displayName'])],
      ['note', survivingText(notes)],
      ...(photo === null ? [] : [['photo', 'present'] as const]),
    ]),
    changed: [...changed].map(([field, fate]) => ({ field, fate })),
  };
}

function addressOf(
  card: ICAL.Component,
  field: FieldName,
): { readonly resource: Readonly<Record<string, string>>; readonly value: string } | null {
  for (const property of card.getAllProperties().filter(({ name }) => /^(?:[^.]*\.)?adr$/.test(name))) {
    const given: unknown = property.getParameter('type');
    const types = new Set(textsOf(given ?? '').flatMap(each => each.toLowerCase().split(',')));
    const own = types.has('work') ? 'address-work' : types.has('home') ? 'address-home' : 'address-other';
    if (own !== field) continue;
    const parts = textsOf(property.getFirstValue()).map(part => part.trim());
    const [box = '', extended = '', street = '', city = '', state = '', postalCode = '', countryOrRegion = ''] = parts;
    const place = { street: joined([box, extended, street]), city, state, postalCode, countryOrRegion };
    const value = joined(Object.values(place));
    if (value !== '') return { resource: place, value };
  }
  return null;
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(', ');
}

function textsOf(value: unknown): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.map(String);
}

/** The picture within the card, if it is of a kind and size that Graph takes. */
function photoOf(card: ICAL.Component): GraphContact['photo'] {
  const property = card.getAllProperties().find(({ name }) => /^(?:[^.]*\.)?photo$/.test(name));
  if (property === undefined) return null;
  const value = String(property.getFirstValue());
  const data = /^data:[^,]*;base64,(.*)$/is.exec(value)?.[1];
  const isEncoded = /^b(?:ase64)?$/i.test(textsOf(property.getParameter('encoding')).join());
  if (data === undefined && !isEncoded) return null;
  const content = Buffer.from(data ?? value, 'base64');
  // What a card says of its picture is often wrong; the first octets are not.
  const mediaType = pictures.find(([, begin]) => content.toString('hex', 0, begin.length / 2) === begin)?.[0];
  return mediaType === undefined || content.length > mostPhotoOctets ? null : { mediaType, content };
}

/** Values without a place, each as often as it occurs. */
function leftovers(fields: ItemFields, placed: readonly Placed[]): readonly TextLine[] {
  const taken = placed.map(({ field, value }) => `${field}\n${value.normalize('NFC').trim()}`);
  return [...fields].flatMap(([field, values]) =>
    values.flatMap((value): readonly TextLine[] => {
      const index = taken.indexOf(`${field}\n${value}`);
      if (index < 0) return field === 'category' ? [] : [[field, value]];
      taken.splice(index, 1);
      return [];
    }),
  );
}
