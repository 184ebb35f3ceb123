/** A `sequence-set` of UIDs given in ascending order; neighbours become ranges (`3:7,9`), which names no other UID. */
export function uidSet(uids: readonly number[]): string {
  const parts: string[] = [];
  let first = uids[0] ?? 0;
  let last = first;
  for (const uid of uids.slice(1)) {
    if (uid === last + 1) {
      last = uid;
      continue;
    }
    parts.push(first === last ? `${first}` : `${first}:${last}`);
    first = uid;
    last = uid;
  }
  parts.push(first === last ? `${first}` : `${first}:${last}`);
  return parts.join(',');
}

/**
 * The longest run of at most `limit` UIDs from `start` whose set surely fits a command line: Zimbra refuses lines
 * over 10,240 octets, other servers over 8,192 (RFC 7162 section 4).
 */
export function takeUids(uids: readonly number[], start: number, limit: number): readonly number[] {
  const maxSetOctets = 7000;
  let octets = 0;
  let end = start;
  for (let previous = -1; end < uids.length && end - start < limit; end += 1) {
    const uid = uids[end] ?? 0;
    if (uid !== previous + 1) octets += 2 * (String(uid).length + 1);
    if (octets > maxSetOctets) break;
    previous = uid;
  }
  return uids.slice(start, end);
}
