import type { FolderPath } from '../../shared/model/folder.ts';
import { displayPath } from '../../shared/model/folder.ts';
import type { SystemFlag } from '../../shared/model/message.ts';

/** One message as an oracle knows it: what must survive the whole journey. */
export interface MailFact {
  readonly folder: FolderPath;
  /** Hex, over the exact octets of `BODY.PEEK[]`. */
  readonly sha256: string;
  /** Octets. */
  readonly size: number;
  /** INTERNALDATE, milliseconds since 1970; whole seconds. */
  readonly internalDate: number;
  /** Sorted; without `\Recent`. */
  readonly flags: readonly SystemFlag[];
  /** Sorted. */
  readonly keywords: readonly string[];
}

export type FactField = 'internalDate' | 'flags' | 'keywords' | 'folder';

/** How often each distinct fact occurs: two mailboxes are the same when their multisets are. */
export function multiset(facts: Iterable<MailFact>, ignore: readonly FactField[] = []): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fact of facts) {
    const key = describe(fact, ignore);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * What differs between two mailboxes, one readable line per distinct message and at most `limit` of them; empty when
 * they hold the same. For `expect(mailDifference(wanted, found)).toEqual([])`.
 */
export function mailDifference(
  expected: Iterable<MailFact>,
  actual: Iterable<MailFact>,
  { ignore = [], limit = 20 }: { readonly ignore?: readonly FactField[]; readonly limit?: number } = {},
): readonly string[] {
  const wanted = multiset(expected, ignore);
  const found = multiset(actual, ignore);
  const lines: string[] = [];
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const [want, have] = [wanted.get(key) ?? 0, found.get(key) ?? 0];
    if (want > have) lines.push(`missing ${want - have} of ${want}: ${key}`);
    if (have > want) lines.push(`too many by ${have - want} (wanted ${want}): ${key}`);
  }
  // Sorted by what they describe, so that a message with a changed flag shows as two neighbouring lines.
  lines.sort((a, b) => a.slice(a.indexOf(':')).localeCompare(b.slice(b.indexOf(':'))));
  return lines.length <= limit ? lines : [...lines.slice(0, limit), `… and ${lines.length - limit} more`];
}

function describe(fact: MailFact, ignore: readonly FactField[]): string {
  const parts = [`${fact.sha256} ${fact.size} octets`];
  if (!ignore.includes('folder')) parts.unshift(displayPath(fact.folder));
  if (!ignore.includes('internalDate')) parts.push(new Date(fact.internalDate).toISOString());
  if (!ignore.includes('flags')) parts.push(`(${fact.flags.join(' ')})`);
  if (!ignore.includes('keywords')) parts.push(`[${fact.keywords.join(' ')}]`);
  return parts.join(' ');
}
