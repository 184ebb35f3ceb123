import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * Graph names its items itself, so ours is kept beside: in a named property of the item (contacts and events), or, for To
 * Do, which has no such properties, in an open extension. Both are invisible to people.
 *
 * Several requests make one item where Graph takes only parts at a time (picture, attachments, exceptions of a series).
 * Until the last of them the property says that the item is begun; a later run goes on with it instead of making another.
 */
const propertyId = 'String {7b1f2c9e-52c4-4d0e-9b63-3f6a8f0d4c21} Name TravasoItem';
/** Of the further events that one archived appointment may need. */
const partPropertyId = 'String {7b1f2c9e-52c4-4d0e-9b63-3f6a8f0d4c21} Name TravasoPart';
export const extensionName = 'org.travaso.item';

/** What an item says of itself: whose it is, and whether all of it has arrived. */
export interface ItemMark {
  readonly identity: string;
  readonly state: 'begun' | 'whole';
  /** How many further events belong to it. */
  readonly parts: number;
}

/** The `part`-th further event of an appointment, counted from 1. */
export interface PartMark {
  readonly of: string;
  readonly part: number;
}

export function markProperty({ identity, state, parts }: ItemMark): { readonly id: string; readonly value: string } {
  return { id: propertyId, value: `${state === 'whole' ? '+' : '-'}${parts} ${identity}` };
}

/** Names the appointment by a hash: filters compare short values only, and not the case of letters. */
export function partProperty(identity: string, part: number): { readonly id: string; readonly value: string } {
  return { id: partPropertyId, value: `${hashOf(identity)}.${part}` };
}

/** The items that say to be this one, whole or not. */
export function markFilter(mark: ItemMark): string {
  const values = (['begun', 'whole'] as const).map(state =>
    markProperty({ ...mark, state }).value.replaceAll("'", "''"),
  );
  const equal = values.map(value => `ep/value eq '${value}'`).join(' or ');
  return `$filter=${encodeURIComponent(`singleValueExtendedProperties/any(ep: ep/id eq '${propertyId}' and (${equal}))`)}`;
}

/** Asks for the two properties of each item of a list; `$filter` within is how Graph wants to be asked. */
export const expandMarks = `$expand=${encodeURIComponent(
  `singleValueExtendedProperties($filter=id eq '${propertyId}' or id eq '${partPropertyId}')`,
)}`;

/** The items of a mailbox that are further events of this one. */
export function partFilter(identity: string): string {
  const any = `singleValueExtendedProperties/any(ep: ep/id eq '${partPropertyId}' and startswith(ep/value, '${hashOf(identity)}.'))`;
  return `$filter=${encodeURIComponent(any)}`;
}

const marked = z.object({
  singleValueExtendedProperties: z
    .array(z.object({ id: z.string(), value: z.string() }))
    .optional()
    .catch([]),
});

export function readMark(item: unknown): ItemMark | null {
  const value = propertyOf(item, propertyId);
  const match = /^([+-])(\d+) (.+)$/s.exec(value ?? '');
  return match === null
    ? null
    : { identity: match[3] ?? '', state: match[1] === '+' ? 'whole' : 'begun', parts: Number(match[2]) };
}

export function readPart(item: unknown): PartMark | null {
  const match = /^([0-9a-f]{32})\.(\d+)$/.exec(propertyOf(item, partPropertyId) ?? '');
  return match === null ? null : { of: match[1] ?? '', part: Number(match[2]) };
}

export function isPartOf(mark: PartMark, identity: string): boolean {
  return mark.of === hashOf(identity);
}

function propertyOf(item: unknown, id: string): string | null {
  const properties = marked.safeParse(item).data?.singleValueExtendedProperties ?? [];
  // Graph writes the letters of a GUID as it likes.
  return properties.find(each => each.id.toLowerCase() === id.toLowerCase())?.value ?? null;
}

/**
 * By this the server itself knows a second POST of the same event for what it is. Stable for the item and for the folder,
 * so that the same appointment may lie in two calendars.
 */
export function transactionId(folder: string, identity: string, part: number): string {
  return hashOf(`${folder}\n${identity}\n${part}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
