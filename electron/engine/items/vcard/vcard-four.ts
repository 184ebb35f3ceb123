import { contentLines, escapeText, quoteParameter } from '../content-lines.ts';
import { uuidOf } from '../uuid-of.ts';
import { listValue, plainValue, splitEscaped, structuredValue, textValue } from './escaped-values.ts';
import { mediaUri } from './media-uri.ts';
import { readVcard } from './read-vcard.ts';
import type { CardProperty, VcardVersion } from './read-vcard.ts';
import { vcardDate, vcardTimestamp } from './vcard-dates.ts';

export interface StandardCard {
  /** Of the person or group; empty where the card has none. */
  readonly name: string;
  /** vCard 4.0, or the card as it came where it cannot be read. */
  readonly octets: Buffer;
  /** The line of the card, from 1, at which it stops being one; null where it is whole. */
  readonly malformedLine: number | null;
}

/** Properties that vCard 4.0 does not have any more (RFC 6350 appendix A); they stay as somebody's own. */
const withdrawn: ReadonlySet<string> = new Set(['MAILER', 'CLASS', 'SORT-STRING', 'NAME', 'PROFILE', 'AGENT', 'LABEL']);
/** What they became, and what programs made before there was a name for it. */
const renamed: Readonly<Record<string, string>> = {
  'X-ADDRESSBOOKSERVER-KIND': 'KIND',
  'X-ADDRESSBOOKSERVER-MEMBER': 'MEMBER',
  'X-ANNIVERSARY': 'ANNIVERSARY',
  'X-EVOLUTION-ANNIVERSARY': 'ANNIVERSARY',
};
const texts: ReadonlySet<string> = new Set(['FN', 'NOTE', 'TITLE', 'ROLE', 'EMAIL', 'TEL', 'TZ', 'UID', 'PRODID']);
const uris: ReadonlySet<string> = new Set(['URL', 'IMPP', 'SOURCE', 'MEMBER', 'FBURL', 'CALURI', 'CALADRURI']);
const media: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);
/** What was meant anyway where nothing else was said. */
const silentTypes: ReadonlySet<string> = new Set(['internet', 'intl', 'dom', 'postal', 'parcel']);

/**
 * A vCard of any version as vCard 4.0 (RFC 6350). Nothing of it is dropped: what has no name there any more keeps its own
 * with `X-` in front.
 *
 * @param key what the card is known by where it has no UID
 */
export function vcardFour(octets: Buffer, key: string): StandardCard {
  const card = readVcard(octets);
  if ('malformedLine' in card) return { name: '', octets, malformedLine: card.malformedLine };
  const { version, properties } = card;
  const name = nameOf(properties, version);
  const addresses = properties.filter(property => property.name === 'ADR');
  const labels = properties.filter(property => property.name === 'LABEL');
  const lines: string[] = [];
  const has = (wanted: string): boolean => properties.some(property => property.name === wanted);
  for (const property of properties) {
    if (property.name === 'FN' && plainValue(property.value, version).trim() === '') continue;
    if (property.name === 'LABEL' && addresses.some(address => sameTypes(address, property))) continue;
    const label = property.name === 'ADR' ? labels.find(each => sameTypes(each, property)) : undefined;
    lines.push(lineOf(property, version, label));
  }
  const own = properties.some(each => each.name === 'FN' && plainValue(each.value, version).trim() !== '');
  return {
    name,
    malformedLine: null,
    octets: contentLines([
      ...['BEGIN:VCARD', 'VERSION:4.0'],
      ...(has('PRODID') ? [] : ['PRODID:-//Travaso//vCard//EN']),
      ...(has('UID') ? [] : [`UID:urn:uuid:${uuidOf(key)}`]),
      ...(own ? [] : [`FN:${name === '' ? '?' : escapeText(name)}`]),
      ...lines,
      'END:VCARD',
    ]),
  };
}

/** FN, or what stands for a name: first to last as it is spoken, the nickname, the company, an address, a number. */
function nameOf(properties: readonly CardProperty[], version: VcardVersion): string {
  const first = (wanted: string): string => properties.find(({ name }) => name === wanted)?.value ?? '';
  const plain = (value: string): string => plainValue(value, version).replaceAll(/\s+/g, ' ').trim();
  const [last = '', given = '', middle = '', prefix = '', suffix = ''] = splitEscaped(first('N'), ';').map(plain);
  const spoken = [prefix, given, middle, last, suffix].filter(part => part !== '').join(' ');
  const [company = ''] = splitEscaped(first('ORG'), ';').map(plain);
  const candidates = [plain(first('FN')), spoken, plain(first('NICKNAME')), company];
  return [...candidates, plain(first('EMAIL')), plain(first('TEL'))].find(text => text !== '') ?? '';
}

function lineOf(property: CardProperty, version: VcardVersion, label: CardProperty | undefined): string {
  const { name: given, spelling } = property;
  const name = renamed[given] ?? (withdrawn.has(given) ? `X-${given}` : given);
  const { value, parameters } = valueOf(name, property, version);
  if (label !== undefined) parameters.set('LABEL', [plainValue(label.value, version)]);
  const types = parameters.get('TYPE')?.map(type => type.toLowerCase()) ?? [];
  parameters.delete('TYPE');
  const shown = types.filter(type => type !== 'pref' && !silentTypes.has(type));
  if (shown.length > 0) parameters.set('TYPE', [...new Set(shown)]);
  if (types.includes('pref') && !parameters.has('PREF')) parameters.set('PREF', ['1']);
  const written = [...parameters].map(([key, values]) => `;${key}=${parameterText(values)}`).join('');
  return `${property.group === null ? '' : `${property.group}.`}${name.startsWith('X-') && name === given ? spelling : name}${written}:${value}`;
}

function parameterText(values: readonly string[]): string {
  const [only = ''] = values;
  if (values.length === 1 && /^[\w.+/-]+$/.test(only)) return only;
  return values.every(value => /^[\w.+/-]+$/.test(value))
    ? quoteParameter(values.join(','))
    : values.map(quoteParameter).join(',');
}

interface Written {
  readonly value: string;
  readonly parameters: Map<string, readonly string[]>;
}

function valueOf(name: string, property: CardProperty, version: VcardVersion): Written {
  const { value } = property;
  const parameters = new Map(property.parameters);
  const told = parameters.get('VALUE')?.[0]?.toLowerCase();
  const isUri = told === 'uri' || told === 'url';
  if (media.has(name)) {
    const type = parameters.get('TYPE')?.[0] ?? null;
    if (!property.isBase64) {
      parameters.delete('VALUE');
      return { value: plainValue(value, version), parameters };
    }
    parameters.delete('TYPE');
    return { value: mediaUri(name, value, type), parameters };
  }
  if (property.isBase64) {
    parameters.set('VALUE', ['uri']);
    return { value: `data:application/octet-stream;base64,${value}`, parameters };
  }
  if (name === 'TEL' && !isUri) parameters.set('VALUE', ['text']);
  if (uris.has(name)) return { value: plainValue(value, version).trim(), parameters };
  if (isUri) return { value: value.trim(), parameters };
  if (name === 'BDAY' || name === 'ANNIVERSARY' || name === 'DEATHDATE') {
    const omitted = parameters.get('X-APPLE-OMIT-YEAR')?.[0] ?? null;
    const date = told === 'text' ? null : vcardDate(plainValue(value, version), omitted);
    parameters.delete('VALUE');
    if (date === null) parameters.set('VALUE', ['text']);
    else parameters.delete('X-APPLE-OMIT-YEAR');
    return { value: date ?? textValue(value, version), parameters };
  }
  if (name === 'REV') return { value: vcardTimestamp(value) ?? textValue(value, version), parameters };
  if (name === 'GEO') {
    const place = /^\s*(-?[\d.]+)\s*[;,]\s*(-?[\d.]+)\s*$/.exec(plainValue(value, version));
    return {
      value: place === null ? plainValue(value, version) : `geo:${place[1] ?? ''},${place[2] ?? ''}`,
      parameters,
    };
  }
  if (texts.has(name)) return { value: textValue(value, version), parameters };
  if (name === 'N' || name === 'ADR' || name === 'GENDER')
    return { value: structuredValue(value, version), parameters };
  if (name === 'ORG') {
    return {
      value: splitEscaped(value, ';')
        .map(piece => textValue(piece, version))
        .join(';'),
      parameters,
    };
  }
  if (name === 'NICKNAME' || name === 'CATEGORIES') return { value: listValue(value, version), parameters };
  if (name === 'KIND') return { value: value.trim().toLowerCase(), parameters };
  // Of somebody's own property nobody knows whether a semicolon divides: it stays one.
  if (version !== '2.1') return { value: value.replaceAll(/\r\n?|\n/g, '\\n'), parameters };
  return {
    value: splitEscaped(value, ';')
      .map(piece => textValue(piece, version))
      .join(';'),
    parameters,
  };
}

function sameTypes(one: CardProperty, other: CardProperty): boolean {
  const key = ({ parameters }: CardProperty): string =>
    [...(parameters.get('TYPE') ?? [])]
      .map(type => type.toLowerCase())
      .filter(type => type !== 'pref' && !silentTypes.has(type))
      .sort()
      .join(',');
  return one.group === other.group && key(one) === key(other);
}
