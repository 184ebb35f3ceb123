import { ContentKeys } from '../files/content-keys.ts';
import type { OpenFile } from '../files/file-tree.ts';
import type { Before } from './postmark.ts';
import { isSeparator, parsePostmark, postmarkStart } from './postmark.ts';
import { MessageScan } from './message-scan.ts';
import type { MessageDamage, ScannedMessage } from './message-scan.ts';

const LF = 0x0a;
const CR = 0x0d;
const GT = 0x3e;
const NUL = 0;

/** A separator and the line behind it must fit in; longer lines are cut for the judgement, not for the message. */
const lookAhead = 4096;
/** Octets before a candidate that are looked at: a blank line with CRLF. */
const lookBack = 4;

/** What a whole file says about how it was written. */
export interface MboxEvidence {
  /** Separators that begin with `From - `, Thunderbird's. */
  readonly dashPostmarks: number;
  /** Lines `>From ` and lines with more `>` before it. */
  readonly quotedLines: number;
  readonly deeperQuotedLines: number;
  /** Lines `From ` in a body that are no separators: the writer did not quote. */
  readonly unquotedLines: number;
  /** Messages whose Content-Length led exactly to the next separator. */
  readonly lengthsKept: number;
}

export interface MboxScan {
  readonly messages: readonly ScannedMessage[];
  readonly evidence: MboxEvidence;
  /** Deleted in Thunderbird, not yet cut out of the file. */
  readonly expunged: number;
  /** Messages of which Thunderbird downloaded only the beginning. */
  readonly partial: number;
  /** What is wrong with the last message. */
  readonly damage: MessageDamage | null;
  /** Octets before the first separator, other than line ends: not the beginning of an mbox. */
  readonly strayOctets: number;
}

export interface ScanOptions {
  /** Octets of the file. */
  readonly size: number;
  /** The writer is known to quote every line of a message that begins with `From `. */
  readonly everyFrom: boolean;
  readonly signal: AbortSignal;
  /** Octets read at a time; smaller in tests. */
  readonly windowOctets?: number;
}

/** Reads an mbox through once, from front to back, and finds every message in it. Memory does not grow with the file. */
export async function scanMbox(
  file: OpenFile,
  { size, everyFrom, signal, windowOctets = 256 * 1024 }: ScanOptions,
): Promise<MboxScan> {
  const messages: ScannedMessage[] = [];
  const counts = { dashPostmarks: 0, quotedLines: 0, deeperQuotedLines: 0, unquotedLines: 0, lengthsKept: 0 };
  let expunged = 0;
  let partial = 0;
  let damage: MessageDamage | null = null;
  const shared = sharedAttributes();
  let stray = 0;
  const scan = new MessageScan(file, size);
  const keys = new ContentKeys();

  const feed = async (octets: Buffer): Promise<void> => {
    if (octets.length === 0) return;
    if (scan.open) await scan.push(octets);
    else stray += octets.filter(octet => octet !== LF && octet !== CR).length;
  };
  const finish = async (atEnd: boolean): Promise<void> => {
    const message = await scan.finish(atEnd);
    if (message === null) return;
    if (message.keptLength) counts.lengthsKept += 1;
    if (message.expunged) expunged += 1;
    else if (!message.pseudo || messages.length > 0) {
      partial += message.partial ? 1 : 0;
      damage = message.damage;
      const { offset, octets, internalDate, flags, keywords } = message.facts;
      const key = keys.next(message.digest);
      const announcedSize = everyFrom ? null : octets;
      messages.push({ key, announcedSize, internalDate, ...shared(flags, keywords), offset, octets });
    }
  };

  let window = Buffer.alloc(0);
  let windowStart = 0;
  /** Within the window: fed up to here, and candidates looked for from here on. */
  let fed = 0;
  let searched = 0;
  for (let position = 0; ;) {
    signal.throwIfAborted();
    const piece = await file.read(position, Math.min(windowOctets, size - position));
    position += piece.length;
    const atEnd = piece.length === 0 || position >= size;
    window = Buffer.concat([window, piece]);
    for (;;) {
      const at = window.indexOf(postmarkStart, searched);
      if (at < 0 || (!atEnd && at + lookAhead > window.length)) {
        searched = at < 0 ? Math.max(searched, window.length - postmarkStart.length + 1) : at;
        break;
      }
      searched = at + 1;
      const previous = window[at - 1];
      // Most are words within a line.
      if (previous !== LF && previous !== GT && previous !== NUL && previous !== undefined) continue;
      const before = whatIsBefore(window, at, windowStart);
      if (before === null) {
        countQuoted(window, at, windowStart, counts);
        continue;
      }
      if (scan.covers(windowStart + at)) {
        counts.unquotedLines += 1;
        continue;
      }
      // The header of the message so far must be known before this can be judged: it may tell the message's length.
      await feed(window.subarray(fed, at));
      fed = at;
      if (scan.covers(windowStart + at)) {
        counts.unquotedLines += 1;
        continue;
      }
      const [line, next, behind] = twoLines(window, at);
      if (!(everyFrom && before !== 'nul' && line !== '') && !isSeparator(before, line, next)) {
        counts.unquotedLines += 1;
        continue;
      }
      await finish(false);
      const postmark = parsePostmark(line);
      if (postmark?.sender === '-') counts.dashPostmarks += 1;
      scan.begin(windowStart + behind, postmark);
      fed = behind;
      // The next line may begin with `From `, too, right behind the line end that is looked at for it.
      searched = behind;
    }
    const keepFrom = Math.max(0, atEnd ? window.length : searched - lookBack);
    await feed(window.subarray(fed, Math.max(fed, keepFrom)));
    fed = Math.max(fed, keepFrom);
    if (atEnd) break;
    window = window.subarray(keepFrom);
    windowStart += keepFrom;
    fed -= keepFrom;
    searched -= keepFrom;
  }
  await finish(true);
  return { messages, evidence: counts, expunged, partial, damage, strayOctets: stray };
}

type Attributes = Pick<ScannedMessage, 'flags' | 'keywords'>;

/** Most messages have the same few sets of flags: one of each is kept, however many messages there are. */
function sharedAttributes(): (...attributes: [Attributes['flags'], Attributes['keywords']]) => Attributes {
  const known = new Map<string, Attributes>();
  return (flags, keywords) => {
    const key = [...flags, ...keywords].join(' ');
    const same = known.get(key) ?? { flags, keywords };
    known.set(key, same);
    return same;
  };
}

function whatIsBefore(window: Buffer, at: number, windowStart: number): Before | null {
  if (windowStart + at === 0) return 'file-start';
  const previous = window[at - 1];
  if (previous === NUL) return 'nul';
  if (previous !== LF) return null;
  if (windowStart + at === 1 || window[at - 2] === LF) return 'blank-line';
  if (window[at - 2] === CR && (at + windowStart === 2 || window[at - 3] === LF)) return 'blank-line';
  return 'text';
}

function countQuoted(
  window: Buffer,
  at: number,
  windowStart: number,
  counts: { quotedLines: number; deeperQuotedLines: number },
): void {
  let start = at;
  while (window[start - 1] === GT) start -= 1;
  const isLine = window[start - 1] === LF || (start === 0 && windowStart === 0);
  if (start === at || !isLine) return;
  counts.quotedLines += 1;
  if (at - start > 1) counts.deeperQuotedLines += 1;
}

/** The line at `at`, the one behind it (null at the end), and where that begins. A line without end is none. */
function twoLines(window: Buffer, at: number): [line: string, next: string | null, behind: number] {
  const text = window.subarray(at, at + lookAhead).toString('latin1');
  const end = text.indexOf('\n');
  if (end < 0) return ['', null, at + text.length];
  const rest = text.slice(end + 1);
  const next = rest === '' ? null : (rest.split('\n', 1)[0] ?? '').replace(/\r$/, '');
  return [text.slice(0, end).trimEnd(), next, at + end + 1];
}
