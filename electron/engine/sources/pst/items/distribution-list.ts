import type { NamedProperties } from '../ltp/named-properties.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { oneOffOfEntryId, unwrapMember } from '../messaging/entry-id.ts';
import { plainSubject, readCategories } from '../messaging/message.ts';
import { basicTime } from './basic-time.ts';
import { contentLines, escapeText, quoteParameter } from '../../../items/content-lines.ts';
import { itemFile, stableId } from './item-file.ts';
import type { ItemFile } from './item-file.ts';

/** PidLidDistributionListOneOffMembers, PidLidDistributionListMembers ([MS-OXOCNTC] 2.2.2.2). */
const oneOffMembers = 0x8054;
const members = 0x8055;

/** A distribution list as a group of vCard 4.0 (RFC 6350 section 6.1.4). */
export function renderDistributionList(properties: Properties, names: NamedProperties): ItemFile {
  const title = plainSubject(properties.text(tag.displayName) ?? properties.text(tag.subject));
  // Both lists run in parallel; the first holds each member's address in full.
  const full = properties.multiple(names.idOf('address', oneOffMembers), propertyTypes.binary);
  const references = properties.multiple(names.idOf('address', members), propertyTypes.binary);
  const lines: string[] = [];
  for (let index = 0; index < Math.max(full.length, references.length); index++) {
    const address =
      oneOffOfEntryId(full[index] ?? null, properties.codePage) ??
      oneOffOfEntryId(unwrapMember(references[index] ?? Buffer.alloc(0)), properties.codePage);
    if (address === null) continue;
    const value = address.address.includes('@')
      ? `mailto:${encodeURI(address.address)}`
      : `urn:x-name:${encodeURIComponent(address.address === '' ? address.name : address.address)}`;
    lines.push(`MEMBER;X-CN=${quoteParameter(address.name)}:${value}`);
  }
  const categories = readCategories(properties, names);
  const changed = properties.time(tag.lastModificationTime);
  const octets = contentLines([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Travaso//PST//EN',
    `UID:urn:uuid:${stableId(properties)}`,
    'KIND:group',
    `FN:${escapeText(title === '' ? '?' : title)}`,
    ...lines,
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escapeText).join(',')}`]),
    ...(changed === null ? [] : [`REV:${basicTime(changed)}`]),
    'END:VCARD',
  ]);
  return itemFile(properties, { title, extension: 'vcf', octets });
}
