import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import type { FieldChange } from '../../item-target.ts';

/**
 * The fields of which something does not arrive as it was. A text that only grew is still there, and a field that the
 * server adds takes nothing away.
 *
 * @param asText what stands readable in the notes or the description instead
 */
export function fieldChanges(
  wanted: ItemFields,
  kept: ItemFields,
  asText: ReadonlySet<FieldName>,
): readonly FieldChange[] {
  const lost = [...wanted].filter(([field, values]) => {
    const arrived = kept.get(field) ?? [];
    const isText = grown.has(field);
    return values.some(value => !arrived.some(each => (isText ? each.includes(value) : each === value)));
  });
  return lost.map(([field]) => ({ field, fate: asText.has(field) ? 'as-text' : 'left-out' }));
}

const grown: ReadonlySet<FieldName> = new Set(['note', 'description', 'exception']);
