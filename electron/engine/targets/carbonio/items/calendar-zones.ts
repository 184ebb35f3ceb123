import type ICAL from 'ical.js';
import { clockOf } from '../../../items/zone-time.ts';

/**
 * False for a definition that says something else of a zone than everybody knows. The server would take it at its word,
 * under a new name, and all times would move; without it, it goes by its own list. Looked at in winter and summer.
 */
export function hasTrueZone(definition: ICAL.Component, year: number): boolean {
  const id = String(definition.getFirstPropertyValue('tzid') ?? '');
  const known = clockOf(id, null);
  // Under a name that nobody knows, so that the definition speaks for itself.
  const defined = clockOf(`\u0000${id}`, definition);
  if (known === null || defined === null) return true;
  const noons = [0, 6].flatMap(month => [year - 1, year].map(each => Date.UTC(each, month, 15, 12)));
  return noons.every(wallMs => known(wallMs) === defined(wallMs));
}
