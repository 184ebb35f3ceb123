import type { Person } from '../../../shared/model/message-view.ts';
import { firstMailbox } from '../search/mime/addresses.ts';
import type { HeaderSection } from '../search/mime/header-section.ts';
import { readingLimits } from './reading-limits.ts';

/** The people that an address field names, in all its occurrences. */
export function people(header: HeaderSection, field: string): Person[] {
  const found: Person[] = [];
  for (const value of header.get(field) ?? []) {
    for (const piece of mailboxes(value)) {
      if (found.length >= readingLimits.people) return found;
      const { name, address } = firstMailbox(piece);
      if (name !== '' || address !== '') found.push({ name, address });
    }
  }
  return found;
}

/**
 * The mailboxes of an address list, still encoded. Commas within quotes, comments and angle brackets do not separate, and
 * the name of a group (RFC 5322 section 3.4: `colleghi: anna@…, bruno@…;`) is no mailbox. One pass, because a hostile field
 * has 256 KiB of quotes that never end.
 */
function mailboxes(field: string): string[] {
  const found: string[] = [];
  let start = 0;
  let quoted = false;
  let comments = 0;
  let angle = false;
  const keep = (end: number): void => {
    const piece = field.slice(start, end).trim();
    if (piece !== '') found.push(piece);
    start = end + 1;
  };
  for (let at = 0; at < field.length; at += 1) {
    const character = field[at];
    if (character === '\\') at += 1;
    else if (character === '"' && comments === 0) quoted = !quoted;
    else if (quoted) continue;
    else if (character === '(') comments += 1;
    else if (character === ')') comments = Math.max(0, comments - 1);
    else if (comments > 0) continue;
    else if (character === '<') angle = true;
    else if (character === '>') angle = false;
    else if (angle) continue;
    else if (character === ',' || character === ';') keep(at);
    else if (character === ':') start = at + 1;
  }
  keep(field.length);
  return found;
}
