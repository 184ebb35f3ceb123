import { contentLines, escapeText } from '../../items/content-lines.ts';
import { propertyName, unfoldLines, valueOf } from '../../items/unfold-lines.ts';
import type { OutgoingItem } from '../item-target.ts';

/**
 * A vCard as CardDAV wants it (RFC 6352 section 5.1): with the UID that this item is known by, and a name to show. A
 * contact without a name is shown by its organisation or address, as address books do.
 */
export function outgoingCard({ octets, identity }: Pick<OutgoingItem, 'octets' | 'identity'>): Buffer {
  const lines = unfoldLines(octets).filter(line => propertyName(line) !== 'UID');
  const uid = `UID:${escapeText(identity)}`;
  const named = lines.some(line => propertyName(line) === 'FN' && valueOf(line).trim() !== '');
  const kept = named ? lines : lines.filter(line => propertyName(line) !== 'FN');
  // RFC 6350 section 6.7.9: VERSION comes first.
  const at = kept.findIndex(line => propertyName(line) === 'VERSION') + 1;
  return contentLines([...kept.slice(0, at), uid, ...(named ? [] : [`FN:${nameFor(kept)}`]), ...kept.slice(at)]);
}

const standIns = ['N', 'NICKNAME', 'ORG', 'EMAIL', 'TEL'] as const;

/** Still escaped, as it stands in the card. */
function nameFor(lines: readonly string[]): string {
  for (const wanted of standIns) {
    const line = lines.find(each => propertyName(each) === wanted);
    const parts = line === undefined ? [] : valueOf(line).split(/(?<!\\)[;,]/);
    const text = parts.map(part => part.trim()).filter(part => part !== '');
    if (text.length > 0) return (wanted === 'N' ? text.toReversed() : text).join(' ');
  }
  return '-';
}
