import type ICAL from 'ical.js';
import type { ContactCard, ContactEntry } from '../../../../shared/model/item-view.ts';
import { dateOf, listOf, memberOf, phoneField, technicalProperties, typesOf } from '../../items/contact-fields.ts';
import { parseCard } from '../../items/vcard/parse-card.ts';
import { firstText, parameterOf, shortened, valuesOf } from './card-texts.ts';
import { itemLimits } from './item-limits.ts';
import { pictureOf } from './picture-of.ts';

const nameParts = ['family-name', 'given-name', 'middle-name', 'name-prefix', 'name-suffix'] as const;
const plain: Readonly<Record<string, string>> = {
  nickname: 'nickname',
  title: 'job-title',
  url: 'url',
  impp: 'instant-message',
  note: 'note',
  categories: 'category',
};

/** A contact or a list of contacts as a person reads it. Throws when it is no vCard that can be parsed. */
export function contactCard(octets: Buffer): ContactCard {
  const properties = parseCard(octets).getAllProperties();
  // `item1.X-ABLABEL` names what `item1.TEL` is (Apple's form, which others write too).
  const labels = new Map<string | null, string>(
    properties
      .filter(property => nameOf(property) === 'x-ablabel')
      .map(property => [groupOf(property), firstText(property).replace(/^_\$!<(.*)>!\$_$/, '$1')]),
  );
  const entries = properties.flatMap(property => entriesOf(property, labels.get(groupOf(property)) ?? ''));
  const of = (field: string): string => entries.find(each => each.field === field)?.value ?? '';
  const members = properties.filter(property => /member$/.test(nameOf(property))).flatMap(valuesOf);
  const kind = properties.filter(each => nameOf(each) === 'kind').map(firstText)[0] ?? '';
  const photos = properties.filter(property => nameOf(property) === 'photo');
  return {
    kind: 'contact',
    name:
      of('name') || [of('given-name'), of('family-name')].filter(part => part !== '').join(' ') || of('organisation'),
    isGroup: kind.toLowerCase() === 'group' || members.length > 0,
    entries: entries.filter(({ field }) => field !== 'name').slice(0, itemLimits.entries),
    members: members.slice(0, itemLimits.entries).map(value => shortened(memberOf(String(value)))),
    photo: photos.map(photoOf).find(photo => photo !== null) ?? null,
  };
}

/** The library keeps the group of `item1.TEL` as a parameter; what is in none names nothing. */
function groupOf(property: ICAL.Property): string | null {
  return parameterOf(property, 'group') || null;
}

function nameOf({ name }: ICAL.Property): string {
  return name.replace(/^[^.]*\./, '');
}

function entriesOf(property: ICAL.Property, label: string): readonly ContactEntry[] {
  const name = nameOf(property);
  const values = valuesOf(property);
  const entry = (field: string, value: string, own = label): ContactEntry[] => {
    const text = shortened(value);
    return text === '' ? [] : [{ field, label: shortened(own), value: text }];
  };
  const known = plain[name];
  if (known !== undefined) return values.flatMap(value => entry(known, String(value)));
  switch (name) {
    case 'fn':
      return entry('name', firstText(property));
    case 'n': {
      const parts = listOf(values[0] ?? '');
      return nameParts.flatMap((part, index) => entry(part, parts[index] ?? ''));
    }
    case 'org': {
      const [organisation = '', ...departments] = listOf(values[0] ?? '');
      return [...entry('organisation', organisation), ...entry('department', departments.filter(Boolean).join(', '))];
    }
    case 'email':
      return values.flatMap(value =>
        entry('email', String(value).replace(/^mailto:/i, ''), label || usualPlace(property)),
      );
    case 'tel':
      return values.flatMap(value => entry(phoneField(typesOf(property)), String(value).replace(/^tel:/i, '')));
    case 'adr': {
      const place = usualPlace(property) || 'other';
      return entry(
        `address-${place}`,
        listOf(values[0] ?? '')
          .filter(part => part.trim() !== '')
          .join(', '),
      );
    }
    case 'bday':
    case 'anniversary':
    case 'x-anniversary':
      return entry(name === 'bday' ? 'birthday' : 'anniversary', dateOf(firstText(property)));
    case 'member':
    case 'x-addressbookserver-member':
    case 'photo':
      return [];
    default:
      if (technicalProperties.has(name)) return [];
      return values.flatMap(value => entry('other', listOf(value).join('; '), name.toUpperCase()));
  }
}

function usualPlace(property: ICAL.Property): 'work' | 'home' | '' {
  const types = typesOf(property);
  return types.has('work') ? 'work' : types.has('home') ? 'home' : '';
}

/** vCard 4.0 has a `data:` URI, vCard 3.0 an encoded value. A link is not followed: nothing is fetched. */
function photoOf(property: ICAL.Property): ContactCard['photo'] {
  const value = firstText(property);
  const data = /^data:[^,]*;base64,/i.exec(value);
  if (data !== null) return pictureOf(value.slice(data[0].length));
  return /^b(?:ase64)?$/i.test(parameterOf(property, 'encoding')) ? pictureOf(value) : null;
}
