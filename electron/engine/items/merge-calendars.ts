/** Components that stand for something, and what they need to be understood. */
const kept = /^BEGIN:(VEVENT|VTODO|VJOURNAL|VTIMEZONE)\s*$/i;

/**
 * One iCalendar object out of several that tell of the same item: Zimbra keeps a series and each of its exceptions as a
 * message of its own. The components are taken over line by line as they are; `METHOD` goes, because a file that has one
 * is an invitation to answer, not an entry of a calendar (RFC 5546 section 1.4).
 *
 * @returns null when there is no component in any of them
 */
export function mergeCalendars(texts: readonly string[]): string | null {
  const head: string[] = [];
  const zones = new Map<string, readonly string[]>();
  const components: (readonly string[])[] = [];
  for (const [index, text] of texts.entries()) {
    let open: { readonly end: string; readonly isZone: boolean; readonly lines: string[] } | null = null;
    for (const line of text.split(/\r\n|\n|\r/)) {
      if (open !== null) {
        open.lines.push(line);
        if (line.trim().toUpperCase() !== open.end) continue;
        if (open.isZone) zones.set(open.lines.join('\n'), open.lines);
        else components.push(open.lines);
        open = null;
        continue;
      }
      const kind = kept.exec(line)?.[1]?.toUpperCase();
      if (kind !== undefined) open = { end: `END:${kind}`, isZone: kind === 'VTIMEZONE', lines: [line] };
      else if (index === 0 && line !== '' && !/^(?:BEGIN|END):VCALENDAR\s*$|^METHOD[:;]/i.test(line)) head.push(line);
    }
  }
  if (components.length === 0) return null;
  const lines = ['BEGIN:VCALENDAR', ...head, ...[...zones.values()].flat(), ...components.flat(), 'END:VCALENDAR'];
  return lines.map(line => `${line}\r\n`).join('');
}
