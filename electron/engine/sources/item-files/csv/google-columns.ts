import { foldedHeading } from './folded-heading.ts';

/** `Phone 2 - Value`: Google numbers what there may be several of, and has a label for each. */
export interface GoogleColumn {
  readonly group: string;
  readonly number: number;
  readonly part: string;
}

const numbered = /^(e-mail|phone|address|website|organization|event|relation|custom field|im) (\d{1,3}) - (.+)$/;

/** Null for any other heading. */
export function googleColumn(heading: string): GoogleColumn | null {
  const [, group, number = '', part = ''] = numbered.exec(foldedHeading(heading)) ?? [];
  return group === undefined ? null : { group, number: Number(number), part };
}

/** The cells of one numbered thing, by part. */
export type GoogleCells = ReadonlyMap<string, string>;

const phones: Readonly<Record<string, string>> = {
  mobile: 'mobilePhone',
  cellulare: 'mobilePhone',
  work: 'workPhone',
  lavoro: 'workPhone',
  home: 'homePhone',
  casa: 'homePhone',
  'work fax': 'workFax',
  'fax (lavoro)': 'workFax',
  'home fax': 'homeFax',
  'fax (casa)': 'homeFax',
  main: 'companyPhone',
  principale: 'companyPhone',
  pager: 'pager',
  cercapersone: 'pager',
};
const places: Readonly<Record<string, 'work' | 'home'>> = {
  work: 'work',
  lavoro: 'work',
  home: 'home',
  casa: 'home',
};
const addressParts: readonly (readonly [part: string, field: string])[] = [
  ['street', 'Street'],
  ['city', 'City'],
  ['region', 'State'],
  ['postal code', 'PostalCode'],
  ['country', 'Country'],
];

/** Several values of one label share a cell. */
export function googleValues(cell: string): readonly string[] {
  return cell
    .split(' ::: ')
    .map(value => value.trim())
    .filter(value => value !== '');
}

/**
 * Fields by Zimbra's names of one numbered thing; `shown` names the parts that are in them. A label of the person's own
 * is not: it stays beside the fields with its heading.
 */
export function googleFields(
  group: string,
  cells: GoogleCells,
  taken: ReadonlySet<string>,
): { readonly fields: readonly (readonly [field: string, value: string])[]; readonly shown: ReadonlySet<string> } {
  // `* Work`: the first among several.
  const label = (cells.get('label') ?? cells.get('type') ?? '').replace(/^\* ?/, '').trim().toLowerCase();
  const values = googleValues(cells.get('value') ?? '');
  const named = (fields: Readonly<Record<string, string>>, otherwise: string) => {
    const field = fields[label];
    const isSaid = field !== undefined || ['', 'other', 'altro'].includes(label);
    const shown = new Set(isSaid ? ['value', 'label', 'type'] : ['value']);
    return { fields: values.map(value => [field ?? otherwise, value] as const), shown };
  };
  switch (group) {
    case 'phone':
      return named(phones, 'otherPhone');
    case 'e-mail':
      return named({ work: 'workEmail', lavoro: 'workEmail', home: 'homeEmail', casa: 'homeEmail' }, 'email');
    case 'website':
      return named({ work: 'workURL', lavoro: 'workURL', home: 'homeURL', casa: 'homeURL' }, 'otherURL');
    case 'event':
      return label === 'anniversary' || label === 'anniversario'
        ? named({ [label]: 'anniversary' }, 'anniversary')
        : { fields: [], shown: new Set() };
    case 'organization': {
      const parts = [
        ['name', 'company'],
        ['title', 'jobTitle'],
        ['department', 'department'],
      ] as const;
      if (taken.has('company')) return { fields: [], shown: new Set() };
      return {
        fields: parts.map(([part, field]) => [field, cells.get(part) ?? ''] as const),
        shown: new Set(['name', 'title', 'department', 'type']),
      };
    }
    case 'address':
      return addressFields(label, cells, taken);
    default:
      return { fields: [], shown: new Set() };
  }
}

/** A contact has one address of each kind here; a second one goes where there is room, or stays beside. */
function addressFields(label: string, cells: GoogleCells, taken: ReadonlySet<string>): ReturnType<typeof googleFields> {
  const isFree = (place: string): boolean => !addressParts.some(([, field]) => taken.has(`${place}${field}`));
  const wished = places[label] ?? 'other';
  const place = [wished, 'other'].find(isFree);
  if (place === undefined) return { fields: [], shown: new Set() };
  const parts = addressParts.map(([part, field]) => [`${place}${field}`, cells.get(part) ?? ''] as const);
  if (parts.every(([, value]) => value === '')) {
    return {
      fields: [[`${place}Street`, cells.get('formatted') ?? '']],
      shown: new Set(['formatted', 'label', 'type']),
    };
  }
  // The same once more, as it is put on an envelope.
  const shown = new Set([...addressParts.map(([part]) => part), 'formatted']);
  if (wished === place) for (const part of ['label', 'type']) shown.add(part);
  return { fields: parts, shown };
}
