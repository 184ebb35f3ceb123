import { charsetText } from '../../search/mime/charset-text.ts';
import type { MailProgram } from '../../../../shared/model/recognised-mail.ts';
import { readHeadings } from './csv/read-table.ts';
import { tableKind, understoodHeadings } from './csv/table-kind.ts';
import { narrowHead } from './text-file.ts';

/** What a file of contacts, appointments or tasks is by its first octets. */
export interface ItemFileKind {
  readonly format: 'vcf' | 'ics' | 'csv';
  readonly program: MailProgram | null;
}

/** As many octets as the longest row of headings that a program writes, and more. */
export const textHeadOctets = 16 * 1024;

const programs: readonly (readonly [sign: RegExp, program: MailProgram])[] = [
  [/google/i, 'google'],
  [/microsoft|outlook/i, 'outlook'],
  [/mozilla|thunderbird/i, 'thunderbird'],
  [/zimbra|zextras|carbonio/i, 'zimbra'],
];

/** Null for what is none of these: its name says nothing, what is in it does. */
export function kindOfText(head: Buffer): ItemFileKind | null {
  const narrow = wholeLines(narrowHead(head));
  const text = charsetText(narrow, null);
  const begin = /^\s*BEGIN:(VCARD|VCALENDAR)[ \t]*\r?(?:\n|$)/i.exec(text)?.[1]?.toUpperCase();
  if (begin !== undefined) {
    const maker = /^PRODID[^:\r\n]*:(.*)$/im.exec(text)?.[1] ?? '';
    const program = programs.find(([sign]) => sign.test(maker))?.[1] ?? null;
    return { format: begin === 'VCARD' ? 'vcf' : 'ics', program };
  }
  if (!isText(narrow)) return null;
  const kind = tableKind(readHeadings(text, understoodHeadings));
  return kind === null ? null : { format: 'csv', program: kind.program };
}

/** The headings of what is a list and nothing that we know; null for what is no list. */
export function unknownTable(head: Buffer): readonly string[] | null {
  const narrow = wholeLines(narrowHead(head));
  if (!isText(narrow)) return null;
  const headings = readHeadings(charsetText(narrow, null), understoodHeadings);
  return headings.length > 1 && headings.every(heading => heading.length < 100) ? headings : null;
}

/** Without the line that the beginning of a file is cut in: half a character would pass for another encoding. */
function wholeLines(octets: Buffer): Buffer {
  const end = octets.lastIndexOf(0x0a);
  return end < 0 ? octets : octets.subarray(0, end + 1);
}

/** No control characters but those of lines: nothing else is worth being read as rows and cells. */
function isText(octets: Buffer): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return octets.length > 0 && !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(octets.toString('latin1'));
}
