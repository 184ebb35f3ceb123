import { createHash } from 'node:crypto';

/** Header fields that tell two messages apart and that servers leave alone. */
export const identityFields = ['message-id', 'date', 'from', 'to', 'subject'] as const;

/**
 * A short name for "the same message" that survives a server which refolds headers or changes line ends: a hash over
 * the values of `identityFields` with white space removed. It finds candidates only. Two different messages can share
 * it (no Message-ID, same minute, same subject), so a decision that could lose one of them compares the bodies.
 *
 * @param header the header section, or any part of it that holds these fields; a body behind it is ignored
 */
export function messageIdentity(header: Buffer): string {
  const values = identityValues(header);
  const canonical = identityFields.map(name => `${name}:${values.get(name) ?? ''}`).join('\n');
  return createHash('sha256').update(canonical, 'latin1').digest('hex').slice(0, 32);
}

/** Values of the `identityFields` that are there, by lower-case name, without any white space. */
export function identityValues(header: Buffer): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of unfoldedLines(header)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    // The first field of a name counts: a second Subject or Date is malformed, and all servers list them in order.
    if ((identityFields as readonly string[]).includes(name) && !values.has(name)) {
      values.set(name, line.slice(colon + 1).replaceAll(/\s+/g, ''));
    }
  }
  return values;
}

/** RFC 5322 section 2.2.3: a line that begins with white space continues the one before. Ends at the blank line. */
export function* unfoldedLines(header: Buffer): Generator<string> {
  let current: string | null = null;
  for (const line of header.toString('latin1').split(/\r\n|\n/)) {
    if (line === '') break;
    if (current !== null && /^[ \t]/.test(line)) {
      current += line;
      continue;
    }
    if (current !== null) yield current;
    current = line;
  }
  if (current !== null) yield current;
}
