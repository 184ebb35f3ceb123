import type { ZimbraMember } from '../../items/zimbra-vcard.ts';
import { decodeBencoding, isDictionary, isList } from './bencoding.ts';

/** What the `metadata` of a contact's `.meta` holds (Contact.encodeMetadata in Zimbra's source: `fld`, `att`). */
export interface ContactMetadata {
  readonly fields: Readonly<Record<string, string>>;
  readonly members: readonly ZimbraMember[];
}

/** Null when it cannot be read. */
export function readContactMetadata(metadata: string): ContactMetadata | null {
  const decoded = decodeBencoding(metadata);
  if (!isDictionary(decoded) || !isDictionary(decoded['fld'])) return null;
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(decoded['fld'])) {
    if (typeof value === 'string' || typeof value === 'number') fields[name] = String(value);
  }
  const written = [...membersOf(fields['groupMember'] ?? ''), ...groupAddresses(fields['dlist'] ?? '')];
  return { fields, members: written };
}

/** ContactGroup: a list `m` of members with type `t` and value `v`, encoded once more. */
function membersOf(text: string): readonly ZimbraMember[] {
  const decoded = decodeBencoding(text);
  const list = isDictionary(decoded) ? decoded['m'] : decoded;
  if (!isList(list)) return [];
  return list.flatMap(member => {
    if (!isDictionary(member)) return [];
    const { t: type, v: value } = member;
    return typeof type === 'string' && typeof value === 'string' ? [{ type, value }] : [];
  });
}

/** Groups of old versions: addresses with commas between them. */
export function groupAddresses(list: string): readonly ZimbraMember[] {
  return list
    .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map(value => value.trim())
    .filter(value => value !== '')
    .map(value => ({ type: 'I', value }));
}
