import type { InlineImage, MessagePart, ReadingProblem } from '../../../shared/model/message-view.ts';
import { safeFileName } from '../../../shared/safe-file-name.ts';
import { decodeWords, firstValue } from '../search/mime/header-section.ts';
import { calendarSummary } from './calendar-summary.ts';
import { decodeText } from './decode-text.ts';
import { contentIdOf, contentOf, kindOf, leavesOf } from './opened-part.ts';
import type { OpenedPart } from './opened-part.ts';
import { readingLimits } from './reading-limits.ts';

const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'] as const;

export interface ListedParts {
  readonly parts: MessagePart[];
  readonly images: InlineImage[];
}

/** Everything but the text: what is attached, and the pictures that the HTML names. */
export function listParts(
  root: OpenedPart,
  { used, html }: { readonly used: ReadonlySet<OpenedPart>; readonly html: string | null },
  problems: Set<ReadingProblem>,
): ListedParts {
  const named = html === null ? new Set<string>() : contentIdsIn(html);
  const parts: MessagePart[] = [];
  const images: InlineImage[] = [];
  let imageOctets = 0;
  for (const opened of leavesOf(root)) {
    if (used.has(opened) || isEmptyText(opened)) continue;
    if (parts.length >= readingLimits.listedParts) {
      problems.add('too-many-parts');
      break;
    }
    const octets = decodedLength(opened);
    const contentId = contentIdOf(opened.part);
    const inline = contentId !== '' && named.has(contentId);
    parts.push(describe(opened, octets, inline, problems));
    const type = imageTypes.find(known => known === opened.part.type);
    if (!inline || type === undefined || octets === null) continue;
    if (imageOctets + octets > readingLimits.imageOctets || images.length >= readingLimits.images) {
      problems.add('cut');
      continue;
    }
    imageOctets += octets;
    images.push({ contentId, type, data: contentOf(opened).toString('base64') });
  }
  return { parts, images };
}

function describe(
  opened: OpenedPart,
  octets: number | null,
  inline: boolean,
  problems: Set<ReadingProblem>,
): MessagePart {
  const { id, part, from } = opened;
  const kind = kindOf(part);
  const event = kind === 'calendar' ? eventOf(opened, octets) : null;
  if (kind === 'calendar' && event === null) problems.add('part-unreadable');
  return { part: id, name: nameOf(opened), type: part.type, octets, inline, kind, from, event };
}

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'application/pgp-signature': '.asc',
  'application/pkcs7-mime': '.p7m',
  'application/pkcs7-signature': '.p7s',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'text/calendar': '.ics',
  'text/html': '.html',
  'text/plain': '.txt',
};

/** What the sender calls it; a mail goes by its subject. Never empty. */
export function nameOf(opened: OpenedPart): string {
  const { part, id } = opened;
  const extension = kindOf(part) === 'message' ? '.eml' : (extensions[part.type] ?? '');
  const otherwise = `part-${id.replaceAll('~', '.')}${extension}`;
  if (part.name !== '') return safeFileName(part.name, otherwise);
  const [nested] = part.children;
  if (nested === undefined) return otherwise;
  const subject = decodeWords(firstValue(nested.header, 'subject')).trim();
  return subject === '' ? otherwise : safeFileName(`${subject.slice(0, 80).replaceAll(/[/\\]/g, '-')}.eml`, otherwise);
}

function eventOf(opened: OpenedPart, octets: number | null): MessagePart['event'] {
  if (octets === null || octets > readingLimits.calendarOctets) return null;
  // RFC 5545 section 3.1.4: UTF-8 where nothing is said.
  return calendarSummary(decodeText(contentOf(opened), opened.part.charset ?? 'utf-8').text);
}

/** What is left of a part that mailing lists took the content of, or of a body without a line. */
function isEmptyText({ part }: OpenedPart): boolean {
  return part.body.length === 0 && part.name === '' && part.type.startsWith('text/');
}

function contentIdsIn(html: string): Set<string> {
  const found = new Set<string>();
  for (const [, id = ''] of html.matchAll(/\bcid:([^"'\s)>]{1,1000})/gi)) {
    if (found.size >= readingLimits.images) break;
    found.add(percentDecoded(id.replaceAll('&amp;', '&')));
  }
  return found;
}

/** RFC 2392 section 2: a content identifier in an address is percent-encoded. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const longestQuotedPrintable = 16 * 1024 * 1024;

/** Octets of the content, counted where that costs less than to decode it. */
function decodedLength(opened: OpenedPart): number | null {
  const { body, encoding } = opened.part;
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return base64Length(body);
    case 'quoted-printable':
      return body.length > longestQuotedPrintable ? null : contentOf(opened).length;
    default:
      return body.length;
  }
}

const isLetter = new Uint8Array(256);
for (const letter of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')) {
  isLetter[letter] = 1;
}
const PADDING = 0x3d;

/** As the decoder decodes: what is no letter is passed over, and padding ends it. */
function base64Length(body: Buffer): number {
  let letters = 0;
  for (const octet of body) {
    if (octet === PADDING) break;
    letters += isLetter[octet] ?? 0;
  }
  return Math.floor((letters * 3) / 4);
}
