import { columnLine } from './column-line.ts';
import { contentLines, escapeText, quoteParameter } from './content-lines.ts';

/** A contact by Zimbra's own field names (`firstName`, `workPhone2`, …), as exports and SOAP give it. */
export interface ZimbraContact {
  readonly fields: Readonly<Record<string, string>>;
  /** Unique and the same at each run; becomes the UID. */
  readonly id: string;
  readonly tags: readonly string[];
  /** Of a group. */
  readonly members: readonly ZimbraMember[];
  readonly photo: { readonly mediaType: string; readonly octets: Buffer } | null;
  /** Last change, ISO 8601; null when unknown. */
  readonly changed: string | null;
  /** Of a contact out of a list: what it had under headings that no property is made for. */
  readonly columns?: readonly { readonly heading: string; readonly value: string }[];
}

/** `I`: an address in full. `C` and `G`: the number of a contact, the entry of the directory. */
export interface ZimbraMember {
  readonly type: string;
  readonly value: string;
}

/** RFC 6350 section 6.4.1, by what the field's name begins with. */
const telephones: readonly (readonly [field: string, types: string])[] = [
  ['mobilePhone', 'cell'],
  ['workMobile', 'work,cell'],
  ['homeMobile', 'home,cell'],
  ['workPhone', 'work,voice'],
  ['workAltPhone', 'work,voice'],
  ['companyPhone', 'work,voice'],
  ['assistantPhone', 'work,voice'],
  ['homePhone', 'home,voice'],
  ['workFax', 'work,fax'],
  ['homeFax', 'home,fax'],
  ['otherFax', 'fax'],
  ['pager', 'pager'],
  ['carPhone', 'voice'],
  ['callbackPhone', 'voice'],
  ['otherPhone', 'voice'],
];
const emails: readonly (readonly [field: string, types: string])[] = [
  ['email', ''],
  ['workEmail', 'work'],
  ['homeEmail', 'home'],
];
const urls = ['workURL', 'homeURL', 'otherURL'];
const uri = /^[a-z][a-z\d+.-]*:\S+$/i;
const places = ['work', 'home', 'other'] as const;
const addressParts = ['Street', 'City', 'State', 'PostalCode', 'Country'] as const;
/** What the server keeps for itself: of no meaning anywhere else. */
const ownFields = new Set(['fileAs', 'fullName', 'type', 'dlist', 'groupMember', 'image', 'dn', 'member']);

/** Zimbra's contact as vCard 4.0 (RFC 6350). A field no property is made for stays under Zimbra's own name for it. */
export function zimbraVcard({ fields, id, tags, members, photo, changed, columns }: ZimbraContact): {
  readonly name: string;
  readonly octets: Buffer;
} {
  const used = new Set<string>();
  const value = (field: string): string => {
    used.add(field);
    return fields[field]?.trim() ?? '';
  };
  /** `email`, `email2`, `email3`: as many as there are, in their order. */
  const numbered = (field: string): readonly string[] =>
    Object.keys(fields)
      .filter(name => name.startsWith(field) && /^\d*$/.test(name.slice(field.length)))
      .sort((a, b) => Number(a.slice(field.length)) - Number(b.slice(field.length)))
      .map(value)
      .filter(text => text !== '');
  const lines: string[] = [];
  const add = (property: string, text: string): void => {
    if (text !== '') lines.push(`${property}:${escapeText(text)}`);
  };
  const typed = (types: string): string => (types === '' ? '' : `;TYPE=${quoteParameter(types)}`);

  const parts = ['lastName', 'firstName', 'middleName', 'namePrefix', 'nameSuffix'].map(value);
  const isGroup = value('type') === 'group' || members.length > 0;
  const addresses = emails.flatMap(([field, types]) => numbered(field).map(address => ({ address, types })));
  const company = [value('company'), value('department')];
  const name =
    [
      value('fullName'),
      isGroup ? value('nickname') : '',
      [parts[3], parts[1], parts[2], parts[0], parts[4]].filter(part => part !== '').join(' '),
      value('nickname'),
      company[0] ?? '',
      addresses[0]?.address ?? '',
      /^8:/.test(value('fileAs')) ? value('fileAs').slice(2) : '',
    ].find(text => text !== '') ?? '';

  if (isGroup) lines.push('KIND:group');
  add('FN', name === '' ? '?' : name);
  if (parts.some(part => part !== '')) lines.push(`N:${parts.map(escapeText).join(';')}`);
  add('NICKNAME', value('nickname'));
  if (company.some(part => part !== '')) lines.push(`ORG:${company.map(escapeText).join(';')}`);
  add('TITLE', value('jobTitle'));
  for (const { address, types } of addresses) lines.push(`EMAIL${typed(types)}:${escapeText(address)}`);
  for (const [field, types] of telephones) {
    for (const number of numbered(field)) lines.push(`TEL;VALUE=text${typed(types)}:${escapeText(number)}`);
  }
  for (const place of places) {
    const [street = '', city = '', region = '', code = '', country = ''] = addressParts.map(part =>
      value(`${place}${part}`),
    );
    const address = [street, city, region, code, country];
    // RFC 6350 section 6.3.1: post office box; extended address; street; locality; region; code; country.
    if (address.some(part => part !== ''))
      lines.push(`ADR${typed(place === 'other' ? '' : place)}:;;${address.map(escapeText).join(';')}`);
  }
  // What is encoded already stays as it is.
  for (const field of urls)
    for (const url of numbered(field)) lines.push(`URL:${encodeURI(url).replaceAll(/%25(?=[\dA-F]{2})/gi, '%')}`);
  for (const [field, address] of Object.entries(fields)) {
    // RFC 6350 section 6.4.3: an address of the kind `xmpp:…`; any other text stays under Zimbra's own name for it.
    if (/^imAddress\d*$/.test(field) && uri.test(address)) lines.push(`IMPP:${value(field)}`);
  }
  addDate('BDAY', value('birthday'));
  addDate('ANNIVERSARY', value('anniversary'));
  add('NOTE', value('notes'));
  if (isGroup) for (const member of members) lines.push(memberLine(member));
  if (tags.length > 0) lines.push(`CATEGORIES:${tags.map(escapeText).join(',')}`);
  if (photo !== null) lines.push(`PHOTO:data:${photo.mediaType};base64,${photo.octets.toString('base64')}`);
  for (const [field, text] of Object.entries(fields)) {
    if (!used.has(field) && !ownFields.has(field)) add(`X-ZIMBRA-${field.replaceAll(/[^A-Za-z0-9]/g, '-')}`, text);
  }
  lines.push(...(columns ?? []).map(columnLine));
  return {
    name,
    octets: contentLines([
      ...[
        'BEGIN:VCARD',
        'VERSION:4.0',
        `PRODID:-//Travaso//${columns === undefined ? 'Zimbra' : 'CSV'}//EN`,
        `UID:${escapeText(id)}`,
      ],
      ...lines,
      ...(changed === null ? [] : [`REV:${changed.replaceAll(/[-:]|\.\d+|\+00:00/g, '').replace(/Z?$/, 'Z')}`]),
      'END:VCARD',
    ]),
  };

  function addDate(property: string, text: string): void {
    const match = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text);
    if (match !== null) lines.push(`${property}:${match.slice(1).join('')}`);
    else if (/^--\d\d-\d\d$/.test(text)) lines.push(`${property}:--${text.slice(2, 4)}${text.slice(5)}`);
    else if (text !== '') lines.push(`${property};VALUE=text:${escapeText(text)}`);
  }
}

function memberLine({ type, value }: ZimbraMember): string {
  const address = /<([^<>\s]+@[^<>\s]+)>/.exec(value)?.[1] ?? value;
  if (type === 'I' && address.includes('@')) return `MEMBER:mailto:${encodeURI(address)}`;
  return `MEMBER:urn:x-zimbra:${encodeURIComponent(`${type}:${value}`)}`;
}
