import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { readAttachments } from '../messaging/attachments.ts';
import { addressFrom } from '../messaging/address.ts';
import { readBody } from '../body/message-body.ts';
import { plainSubject, readCategories } from '../messaging/message.ts';
import { basicTime } from './basic-time.ts';
import { contentLines, escapeText, quoteParameter } from '../../../items/content-lines.ts';
import { itemFile, stableId } from './item-file.ts';
import type { ItemFile } from './item-file.ts';

/** Telephone numbers of [MS-OXOCNTC] 2.2.1.4 with their vCard types (RFC 6350 section 6.4.1). */
const telephones: readonly (readonly [id: number, types: string])[] = [
  [0x3a08, 'work,voice'],
  [0x3a1b, 'work,voice'],
  [0x3a57, 'work,voice'],
  [0x3a09, 'home,voice'],
  [0x3a2f, 'home,voice'],
  [0x3a1c, 'cell'],
  [0x3a1e, 'voice'],
  [0x3a1a, 'voice'],
  [0x3a1f, 'voice'],
  [0x3a02, 'voice'],
  [0x3a1d, 'voice'],
  [0x3a2e, 'work,voice'],
  [0x3a21, 'pager'],
  [0x3a24, 'work,fax'],
  [0x3a25, 'home,fax'],
  [0x3a23, 'fax'],
  [0x3a2d, 'voice'],
  [0x3a2c, 'text'],
  [0x3a4b, 'textphone'],
];

/** Street, city, region, code, country, post office box; ids within the address property set for the work address. */
const homeAddress = [0x3a5d, 0x3a59, 0x3a5c, 0x3a5b, 0x3a5a, 0x3a5e] as const;
const otherAddress = [0x3a63, 0x3a5f, 0x3a62, 0x3a61, 0x3a60, 0x3a64] as const;
const workAddress = [0x8045, 0x8046, 0x8047, 0x8048, 0x8049, 0x804a] as const;
const postalAddress = [0x3a29, 0x3a27, 0x3a28, 0x3a2a, 0x3a26, 0x3a2b] as const;

/** First ids of the three e-mail addresses ([MS-OXOCNTC] 2.2.1.2): display name, type, address, original name. */
const emailSlots = [0x8080, 0x8090, 0x80a0];

/** A picture larger than this is no portrait; vCard readers choke on it. */
const largestPhoto = 8 * 1024 * 1024;

/** A contact as vCard 4.0 (RFC 6350). */
export function renderContact(properties: Properties, names: NamedProperties): ItemFile {
  const named = (id: number): number => names.idOf('address', id);
  const text = (id: number): string => properties.text(id)?.trim() ?? '';
  const lines: string[] = [];
  const add = (name: string, value: string): void => {
    if (value !== '') lines.push(`${name}:${escapeText(value)}`);
  };

  const name = [0x3a11, 0x3a06, 0x3a44, 0x3a45, 0x3a05].map(text);
  const company = text(0x3a16);
  const emails = readEmails(properties, names);
  const fullName = [
    text(tag.displayName),
    plainSubject(properties.text(tag.subject)),
    [name[1], name[0]].filter(part => part !== '').join(' '),
    company,
    emails[0]?.address ?? '',
  ].find(candidate => candidate !== '');
  add('FN', fullName ?? '?');
  if (name.some(part => part !== '')) lines.push(`N:${name.map(escapeText).join(';')}`);
  add('NICKNAME', text(0x3a4f));
  const org = [company, text(0x3a18)];
  if (org.some(part => part !== '')) lines.push(`ORG:${org.map(escapeText).join(';')}`);
  add('TITLE', text(0x3a17));
  add('ROLE', text(0x3a46));
  for (const { address, label } of emails) {
    lines.push(`EMAIL${label === '' ? '' : `;X-DISPLAY=${quoteParameter(label)}`}:${escapeText(address)}`);
  }
  for (const [id, types] of telephones) {
    const number = text(id);
    if (number !== '') lines.push(`TEL;VALUE=text;TYPE=${quoteParameter(types)}:${escapeText(number)}`);
  }
  const work = addressLine(
    'work',
    workAddress.map(id => text(named(id))),
  );
  const home = addressLine('home', homeAddress.map(text));
  const other = addressLine('', otherAddress.map(text));
  const postal = addressLine('', postalAddress.map(text));
  const addresses = [work, home, other].filter(line => line !== null);
  lines.push(...addresses, ...(addresses.length === 0 && postal !== null ? [postal] : []));
  for (const id of [0x3a51, 0x3a50, named(0x802b)]) addUrl(text(id));
  const chat = text(named(0x8062));
  // Which service it is of, the file does not say, so it can be no URI; this is Outlook's own name for it.
  add('X-MS-IMADDRESS', chat);
  addDate('BDAY', properties.time(0x3a42));
  addDate('ANNIVERSARY', properties.time(0x3a41));
  const spouse = text(0x3a48);
  if (spouse !== '') lines.push(`RELATED;VALUE=text;TYPE=spouse:${escapeText(spouse)}`);
  for (const child of properties.texts(0x3a58)) lines.push(`RELATED;VALUE=text;TYPE=child:${escapeText(child)}`);
  const categories = readCategories(properties, names);
  if (categories.length > 0) lines.push(`CATEGORIES:${categories.map(escapeText).join(',')}`);
  add('NOTE', readBody(properties).plain?.octets.toString('utf8').trim() ?? '');
  const photo = readPhoto(properties);
  if (photo !== null) lines.push(`PHOTO:${photo}`);
  const changed = properties.time(tag.lastModificationTime);

  const octets = contentLines([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Travaso//PST//EN',
    `UID:urn:uuid:${stableId(properties)}`,
    ...lines,
    ...(changed === null ? [] : [`REV:${basicTime(changed)}`]),
    'END:VCARD',
  ]);
  return itemFile(properties, { title: fullName ?? '', extension: 'vcf', octets });

  function addUrl(url: string): void {
    const line = `URL:${encodeURI(url)}`;
    if (url !== '' && !lines.includes(line)) lines.push(line);
  }

  /** Outlook stores midnight of the day; some versions in local time of the writer, within half a day of UTC. */
  function addDate(field: string, ms: number | null): void {
    if (ms !== null) lines.push(`${field}:${basicTime(ms + 12 * 3_600_000).slice(0, 8)}`);
  }
}

function readEmails(
  properties: Properties,
  names: NamedProperties,
): readonly { readonly address: string; readonly label: string }[] {
  const found: { address: string; label: string }[] = [];
  for (const slot of emailSlots) {
    const at = (offset: number): number => names.idOf('address', slot + offset);
    const address = addressFrom(
      {
        name: properties.text(at(4)),
        type: properties.text(at(2)),
        address: properties.text(at(3)),
        smtp: null,
        entryId: properties.octets(at(5)),
      },
      properties.codePage,
    );
    const value = address?.smtp ?? address?.directoryName ?? null;
    if (value !== null) found.push({ address: value, label: properties.text(at(0)) ?? '' });
  }
  return found;
}

/** RFC 6350 section 6.3.1: post office box; extended address; street; locality; region; code; country. */
function addressLine(type: string, parts: readonly string[]): string | null {
  const [street = '', city = '', region = '', code = '', country = '', box = ''] = parts;
  if (parts.every(part => part === '')) return null;
  const value = [box, '', street, city, region, code, country].map(escapeText).join(';');
  return `ADR${type === '' ? '' : `;TYPE=${type}`}:${value}`;
}

/** PidTagAttachmentContactPhoto marks it, or the name that Outlook always gives it. */
function readPhoto(properties: Properties): string | null {
  for (const attachment of readAttachments(properties)) {
    if (attachment.content.kind !== 'octets' || !/^contactp(icture|hoto)\./i.test(attachment.fileName ?? '')) continue;
    const pieces: Buffer[] = [];
    let bytes = 0;
    for (const piece of attachment.content.stream()) {
      bytes += piece.length;
      if (bytes > largestPhoto) return null;
      pieces.push(piece);
    }
    const octets = Buffer.concat(pieces);
    const type = octets[0] === 0x89 ? 'png' : octets[0] === 0x47 ? 'gif' : 'jpeg';
    if (octets.length > 0) return `data:image/${type};base64,${octets.toString('base64')}`;
  }
  return null;
}
