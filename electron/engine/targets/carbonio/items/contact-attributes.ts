import type ICAL from 'ical.js';
import type { FieldName } from '../../../items/item-fields.ts';
import { parseCard } from '../../../items/vcard/parse-card.ts';
import { zimbraVcard } from '../../../items/zimbra-vcard.ts';
import type { ZimbraContact, ZimbraMember } from '../../../items/zimbra-vcard.ts';
import { isTagName } from '../tag-names.ts';

/** A contact by the mailbox's own names of fields, as CreateContact takes it. */
export interface OutgoingContact extends Pick<ZimbraContact, 'fields' | 'tags' | 'members' | 'photo'> {
  /** Of these something stands in the notes only. */
  readonly asText: ReadonlySet<FieldName>;
}

type Values = readonly string[];

const bare = { id: '', tags: [], members: [], photo: null, changed: null };

const nameFields = ['lastName', 'firstName', 'middleName', 'namePrefix', 'nameSuffix'] as const;
const addressFields = ['Street', 'City', 'State', 'PostalCode', 'Country'] as const;
/** Of the file, not of the person; and what is read from it in another way. */
const passedOver = new Set(
  ['version', 'prodid', 'uid', 'rev', 'kind', 'source', 'clientpidmap', 'x-ablabel', 'sort-string'].concat(
    'x-addressbookserver-kind',
  ),
);
/** Octets nobody can read as text. */
const binary = new Set(['key', 'logo', 'sound']);
const longestText = 1000;
/** How a note names what the mailbox has no field for. */
const words: Readonly<Record<string, string>> = {
  adr: 'Indirizzo',
  categories: 'Categoria',
  gender: 'Genere',
  geo: 'Posizione',
  lang: 'Lingua',
  member: 'Membro',
  nickname: 'Soprannome',
  photo: 'Foto',
  related: 'Persona collegata',
  role: 'Ruolo',
  title: 'Qualifica',
  tz: 'Fuso orario',
};

/** The archive's vCard 3.0 or 4.0 in the mailbox's own fields: the way back of `zimbraVcard`. Throws where it is none. */
export function outgoingContact(octets: Buffer): OutgoingContact {
  const text = octets.toString('utf8');
  const card = parseCard(octets);
  const writer = new ContactWriter(ownFields(text));
  for (const property of card.getAllProperties()) {
    // `item1.EMAIL`: the group only says which label belongs to which line.
    const name = property.name.replace(/^[^.]*\./, '');
    if (!passedOver.has(name) && !name.startsWith('x-zimbra-')) writer.take(name, property);
  }
  const kind = ['kind', 'x-addressbookserver-kind'].map(name => String(card.getFirstPropertyValue(name) ?? ''));
  return writer.contact(kind.some(each => each.toLowerCase() === 'group'));
}

/**
 * Fields that the old server had and vCard has no property for. The parser makes names small, and the server tells
 * `assistantPhone` from `assistantphone`, so these lines are read as they stand.
 */
function ownFields(text: string): Map<string, string> {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').matchAll(/^X-ZIMBRA-([A-Za-z0-9-]+)(?:;[^:\r\n]*)?:(.*?)\r?$/gm);
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of lines) {
    if (name !== identityAttribute && name !== 'groupMember') fields.set(name, unescapeText(value));
  }
  return fields;
}

/**
 * Where the server keeps the UID of a vCard that it took in (`zimbraContactHiddenAttributes`): no screen shows it, and it
 * finds ours again after an answer was lost.
 */
export const identityAttribute = 'vcardUID';

class ContactWriter {
  private readonly fields: Map<string, string>;
  private readonly texts: string[] = [];
  private readonly notes: string[] = [];
  private readonly tags: string[] = [];
  private readonly members: ZimbraMember[] = [];
  private readonly asText = new Set<FieldName>();
  private photo: ZimbraContact['photo'] = null;

  constructor(fields: Map<string, string>) {
    this.fields = fields;
  }

  take(name: string, property: ICAL.Property): void {
    const values = property.getValues() as unknown[];
    const texts = values.map(String);
    const types = typesOf(property);
    switch (name) {
      case 'fn':
        this.put('fullName', texts[0] ?? '');
        return;
      case 'n':
        for (const [index, part] of listOf(values[0]).entries()) this.put(nameFields[index] ?? '', part);
        return;
      case 'org': {
        const [company = '', ...departments] = listOf(values[0]);
        if (this.put('company', company)) this.put('department', departments.filter(each => each !== '').join(', '));
        else this.write('organisation', name, listOf(values[0]).join(', '));
        return;
      }
      case 'nickname':
        if (texts.length > 1) this.asText.add('nickname');
        this.putOr('nickname', name, 'nickname', texts.join(', '));
        return;
      case 'title':
        this.putOr('job-title', name, 'jobTitle', texts.join(', '));
        return;
      case 'email':
        for (const value of texts) this.add('email', value.replace(/^mailto:/i, ''));
        return;
      case 'tel':
        for (const value of texts) this.add(phoneField(types), value.replace(/^tel:/i, ''));
        return;
      case 'adr':
        this.address(types, listOf(values[0]));
        return;
      case 'url':
        for (const value of texts) this.add(types.has('home') ? 'homeURL' : 'workURL', value);
        return;
      case 'impp':
        for (const value of texts) this.add('imAddress', value);
        return;
      case 'bday':
        this.put('birthday', dayOf(texts[0] ?? ''));
        return;
      case 'anniversary':
      case 'x-anniversary':
        this.put('anniversary', dayOf(texts[0] ?? ''));
        return;
      case 'note':
        this.notes.push(...texts);
        return;
      case 'categories':
        for (const value of texts) {
          if (isTagName(value.trim())) this.tags.push(value.trim());
          else this.write('category', name, value);
        }
        return;
      case 'photo':
        this.picture(property);
        return;
      case 'member':
      case 'x-addressbookserver-member':
        for (const value of texts) this.member(value);
        return;
      default:
        if (!binary.has(name)) this.other(name, property);
    }
  }

  contact(isGroup: boolean): OutgoingContact {
    const name = this.fields.get('fullName') ?? '';
    if (isGroup || this.members.length > 0) {
      this.fields.set('type', 'group');
      this.put('nickname', name);
      // Eight: shown by the name that follows (ContactConstants.FA_EXPLICIT).
      this.fields.set('fileAs', `8:${name}`);
    }
    // Made of the parts by the server, as by everybody who reads it.
    const derived = zimbraVcard({ ...bare, fields: { ...Object.fromEntries(this.fields), fullName: '' } }).name;
    if (name === derived || name === '?') this.fields.delete('fullName');
    const notes = [...this.notes, ...(this.texts.length === 0 ? [] : [this.texts.join('\n')])];
    if (notes.length > 0) this.fields.set('notes', notes.join('\n\n'));
    const fields = Object.fromEntries([...this.fields].filter(([, value]) => value.trim() !== ''));
    const { tags, members, photo, asText } = this;
    return { fields, tags: [...new Set(tags)], members, photo, asText };
  }

  /** False where the field is taken already. */
  private put(field: string, value: string): boolean {
    if (field === '' || value.trim() === '') return true;
    if ((this.fields.get(field) ?? value) !== value) return false;
    this.fields.set(field, value);
    return true;
  }

  private putOr(name: FieldName, property: string, field: string, value: string): void {
    if (!this.put(field, value)) this.write(name, property, value);
  }

  /** `email`, `email2`, `email3`: the next that is free. */
  private add(base: string, value: string): void {
    if (value.trim() === '') return;
    let field = base;
    for (let number = 2; this.fields.has(field); number += 1) field = `${base}${number}`;
    this.fields.set(field, value);
  }

  /** The mailbox shows one address of each place. */
  private address(types: ReadonlySet<string>, given: Values): void {
    const place = types.has('work') ? 'work' : types.has('home') ? 'home' : 'other';
    const [box = '', extended = '', street = '', ...rest] = given;
    const lines = [box, extended, street].filter(part => part.trim() !== '').join(', ');
    const isFree = addressFields.every(part => !this.fields.has(`${place}${part}`));
    if (isFree)
      for (const [index, part] of addressFields.entries()) this.put(`${place}${part}`, [lines, ...rest][index] ?? '');
    else this.write(`address-${place}`, 'adr', given.filter(part => part.trim() !== '').join(', '));
  }

  /** The server refuses what is no picture, and shows none from the open web. */
  private picture(property: ICAL.Property): void {
    const value = String(property.getFirstValue());
    const data = /^data:[^,]*;base64,(.*)$/is.exec(value)?.[1];
    const isEncoded = /^b(?:ase64)?$/i.test(listOf(parameterOf(property, 'encoding')).join(''));
    if (data === undefined && !isEncoded) {
      this.write('photo', 'photo', value);
      return;
    }
    const octets = Buffer.from(data ?? value, 'base64');
    const mediaType = pictureType(octets);
    if (mediaType !== null) this.photo ??= { mediaType, octets };
  }

  private member(value: string): void {
    const address = /^mailto:(.*)$/i.exec(value)?.[1] ?? (/^[^\s:@]+@[^\s:@]+$/.test(value) ? value : undefined);
    const directory = /^urn:x-zimbra:(G%3A.*)$/i.exec(value)?.[1];
    if (address !== undefined) this.members.push({ type: 'I', value: decoded(address) });
    else if (directory !== undefined) this.members.push({ type: 'G', value: decoded(directory).slice(2) });
    // The number of a contact in the old mailbox is another contact in this one, or none.
    else this.write('member', 'member', value);
  }

  private other(name: string, property: ICAL.Property): void {
    const values = (property.getValues() as unknown[]).map(value => listOf(value).join('; '));
    // Of properties that are not its own the parser gives the text as it stands in the file.
    const text = name.startsWith('x-') ? values.map(unescapeText).join(', ') : values.join(', ');
    // A column of a list that somebody exported is known by its heading.
    const heading = parameterOf(property, 'x-heading');
    this.write('other', name, text, typeof heading === 'string' && heading !== '' ? heading : undefined);
  }

  private write(field: FieldName, property: string, value: string, label = words[property]): void {
    if (value.trim() === '' || value.length > longestText) return;
    this.texts.push(`${label ?? property.toUpperCase()}: ${value}`);
    this.asText.add(field);
  }
}

function phoneField(types: ReadonlySet<string>): string {
  if (types.has('fax')) return types.has('work') ? 'workFax' : types.has('home') ? 'homeFax' : 'otherFax';
  if (types.has('cell')) return 'mobilePhone';
  if (types.has('pager') && !types.has('work') && !types.has('home')) return 'pager';
  return types.has('work') ? 'workPhone' : types.has('home') ? 'homePhone' : 'otherPhone';
}

function dayOf(text: string): string {
  return /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text)?.slice(1).join('-') ?? text;
}

function pictureType(octets: Buffer): string | null {
  const head = octets.subarray(0, 12).toString('latin1');
  if (head.startsWith('\xff\xd8')) return 'image/jpeg';
  if (head.startsWith('\x89PNG')) return 'image/png';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('BM')) return 'image/bmp';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unescapeText(value: string): string {
  return value.replaceAll(/\\(.)/gs, (_, character: string) => (/n/i.test(character) ? '\n' : character));
}

/** A structured value comes as a list, one of its parts perhaps as a list again. */
function listOf(value: unknown): Values {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.map(String);
}

function typesOf(property: ICAL.Property): ReadonlySet<string> {
  return new Set(listOf(parameterOf(property, 'type')).flatMap(each => each.toLowerCase().split(',')));
}

function parameterOf(property: ICAL.Property, name: string): unknown {
  const given: unknown = property.getParameter(name);
  return given ?? '';
}
