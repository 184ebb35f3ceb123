import { tolerating } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';
import { openProperties } from './property-context.ts';
import { decodeUtf16 } from './property-values.ts';

/** Property sets of [MS-OXPROPS] section 1.3.2. */
export const propertySets = {
  publicStrings: '00020329-0000-0000-c000-000000000046',
  common: '00062008-0000-0000-c000-000000000046',
  address: '00062004-0000-0000-c000-000000000046',
  appointment: '00062002-0000-0000-c000-000000000046',
  meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
  task: '00062003-0000-0000-c000-000000000046',
  note: '0006200e-0000-0000-c000-000000000046',
  log: '0006200a-0000-0000-c000-000000000046',
  internetHeaders: '00020386-0000-0000-c000-000000000046',
} as const;
export type PropertySet = keyof typeof propertySets;

/** Name-to-ID map ([MS-PST] 2.4.7): under which property id this file keeps a named property. */
export interface NamedProperties {
  /** The id, or 0 (which no object has) where the file does not know the name. */
  idOf(set: PropertySet, name: number | string): number;
}

const streamIds = { guids: 0x0002, entries: 0x0003, strings: 0x0004 };
const mapiSet = '00020328-0000-0000-c000-000000000046';

/** Of a map that cannot be read nothing is known; the damage is noted with the node. */
export function readNamedProperties(node: PstNode | null): NamedProperties {
  const ids = new Map<string, number>();
  if (node !== null) {
    tolerating(node.faults, undefined, () => {
      const map = openProperties(node);
      const empty = Buffer.alloc(0);
      const guids = map.octets(streamIds.guids) ?? empty;
      const entries = map.octets(streamIds.entries) ?? empty;
      const strings = map.octets(streamIds.strings) ?? empty;
      for (let at = 0; at + 8 <= entries.length; at += 8) {
        const name = entries.readUInt32LE(at);
        const kind = entries.readUInt16LE(at + 4);
        const set = guidOf(guids, kind >> 1);
        const key = (kind & 1) === 1 ? stringAt(strings, name) : name;
        if (set !== null && key !== null) ids.set(keyOf(set, key), 0x8000 + entries.readUInt16LE(at + 6));
      }
    });
  }
  return { idOf: (set, name) => ids.get(keyOf(propertySets[set], name)) ?? 0 };
}

/** Names are compared without regard to case, as Exchange does for public strings. */
function keyOf(set: string, name: number | string): string {
  return typeof name === 'number' ? `${set}#${name}` : `${set}:${name.toLowerCase()}`;
}

/** NAMEID.wGuid: 1 and 2 are sets that every file has, from 3 on the GUID stream counts. */
function guidOf(guids: Buffer, index: number): string | null {
  if (index === 1) return mapiSet;
  if (index === 2) return propertySets.publicStrings;
  const at = (index - 3) * 16;
  return index < 3 || at + 16 > guids.length ? null : formatGuid(guids.subarray(at, at + 16));
}

function formatGuid(octets: Buffer): string {
  const hex = (from: number, to: number): string => octets.toString('hex', from, to);
  const first = octets.readUInt32LE(0).toString(16).padStart(8, '0');
  const second = octets.readUInt16LE(4).toString(16).padStart(4, '0');
  const third = octets.readUInt16LE(6).toString(16).padStart(4, '0');
  return `${first}-${second}-${third}-${hex(8, 10)}-${hex(10, 16)}`;
}

function stringAt(strings: Buffer, offset: number): string | null {
  if (offset + 4 > strings.length) return null;
  const end = offset + 4 + strings.readUInt32LE(offset);
  return end > strings.length ? null : decodeUtf16(strings.subarray(offset + 4, end));
}
