import type { Problem, ProblemDetails } from '../../../../shared/errors.ts';
import type { FieldChange } from '../../targets/item-target.ts';

/** ITEM_FIELDS_CHANGED with the names of what became text and of what is only in the archive; null when nothing did. */
export function fieldsChanged(changed: readonly FieldChange[], details: ProblemDetails): Problem | null {
  if (changed.length === 0) return null;
  const named = (fate: FieldChange['fate']): string =>
    [...new Set(changed.filter(each => each.fate === fate).map(({ field }) => field))].sort().join(', ');
  const texts = named('as-text');
  const left = named('left-out');
  return {
    code: 'ITEM_FIELDS_CHANGED',
    details: { ...details, ...(texts === '' ? {} : { texts }), ...(left === '' ? {} : { left }) },
  };
}
