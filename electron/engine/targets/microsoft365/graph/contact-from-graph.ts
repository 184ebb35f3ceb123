import * as z from 'zod';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import { survivingText } from './text-block.ts';

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const address = z.object({ street: text, city: text, state: text, postalCode: text, countryOrRegion: text }).nullish();

/** As far as it is compared. */
const contact = z.object({
  displayName: text,
  surname: text,
  givenName: text,
  middleName: text,
  title: text,
  generation: text,
  nickName: text,
  companyName: text,
  department: text,
  jobTitle: text,
  businessHomePage: text,
  emailAddresses: z.array(z.object({ address: text })).nullish(),
  businessPhones: texts,
  homePhones: texts,
  mobilePhone: text,
  imAddresses: texts,
  businessAddress: address,
  homeAddress: address,
  otherAddress: address,
  birthday: text,
  personalNotes: text,
  categories: texts,
});

export const contactSelect = `$select=${['id', ...Object.keys(contact.shape)].join(',')}`;

/** What Graph says of a contact, in the fields that every server's contacts are compared by. Throws on other shapes. */
export function contactFromGraph(answer: unknown, hasPhoto: boolean): ItemFields {
  const said = contact.parse(answer);
  const entries: (readonly [FieldName, string | null | undefined])[] = [
    ['name', said.displayName],
    ['family-name', said.surname],
    ['given-name', said.givenName],
    ['middle-name', said.middleName],
    ['name-prefix', said.title],
    ['name-suffix', said.generation],
    ['nickname', said.nickName],
    ['organisation', said.companyName],
    ['department', said.department],
    ['job-title', said.jobTitle],
    ['url', said.businessHomePage],
    ['phone-mobile', number(said.mobilePhone ?? '')],
    ['address-work', line(said.businessAddress)],
    ['address-home', line(said.homeAddress)],
    ['address-other', line(said.otherAddress)],
    ['birthday', said.birthday?.slice(0, 10)],
    ['note', survivingText(said.personalNotes ?? '')],
    ['photo', hasPhoto ? 'present' : ''],
    ...(said.emailAddresses ?? []).map(each => ['email', each.address?.toLowerCase()] as const),
    ...(said.businessPhones ?? []).map(each => ['phone-work', number(each)] as const),
    ...(said.homePhones ?? []).map(each => ['phone-home', number(each)] as const),
    ...(said.imAddresses ?? []).map(each => ['instant-message', each] as const),
    ...(said.categories ?? []).map(each => ['category', each] as const),
  ];
  return fieldsOf(entries.map(([field, value]) => [field, value ?? '']));
}

function line(place: z.output<typeof address>): string {
  if (place === null || place === undefined) return '';
  const { street, city, state, postalCode, countryOrRegion } = place;
  return [street, city, state, postalCode, countryOrRegion]
    .map(part => part?.trim() ?? '')
    .filter(part => part !== '')
    .join(', ');
}

/** Without the blanks, brackets and hyphens that everybody writes differently. */
function number(written: string): string {
  const digits = written.replaceAll(/[\s().\-/\u2010-\u2015]/g, '');
  return /^\+?[\d*#]+$/.test(digits) ? digits : written;
}
