import { createHash } from 'node:crypto';
import type { MessageTraits } from '../../../shared/model/message.ts';
import { encodeHeaderField } from './encode-header-field.ts';
import { MimeTracker, type TransferEncoding } from './mime-tracker.ts';
import { OctetScanner } from './octet-scanner.ts';
import { rawLines, type RawLine } from './raw-lines.ts';

/** What a server asks of a message before it takes it. */
export interface RepairRules {
  /** Lines over this many octets are broken. */
  readonly maxLineOctets: number;
}

export const repairs = ['nul', 'long-line', 'eight-bit-header'] as const;
export type Repair = (typeof repairs)[number];

export interface RepairedCopy {
  readonly octets: number;
  readonly sha256: string;
  /** What is left of the features that servers refuse. */
  readonly traits: MessageTraits;
  /** What had to be changed, in the order of `repairs`. */
  readonly repairs: readonly Repair[];
}

/** RFC 5322 section 2.1.1: where a line is broken at all, it is broken so that it is legal. */
const legalLine = 998;

/**
 * Looks what a minimally repaired copy of a message would be, without keeping it.
 *
 * @returns null for signed or encrypted mail, which is not touched: its signature would be worth nothing
 */
export async function surveyRepair(body: AsyncIterable<Buffer>, rules: RepairRules): Promise<RepairedCopy | null> {
  const tracker = new MimeTracker();
  const made = new Set<Repair>();
  const hash = createHash('sha256');
  const scanner = new OctetScanner();
  for await (const piece of repairedLines(body, rules, tracker, made)) {
    hash.update(piece);
    scanner.push(piece);
  }
  if (tracker.signed) return null;
  return {
    octets: scanner.octets,
    sha256: hash.digest('hex'),
    traits: scanner.traits(),
    repairs: repairs.filter(each => made.has(each)),
  };
}

/**
 * The repaired copy: NUL octets left out, raw octets in the message's header encoded, lines that are too long broken.
 * A line of base64 or quoted-printable is broken without any change to what it says; a line of plain text gets line
 * ends at blanks. Everything else is as it was, octet for octet. The same message always gives the same copy.
 */
export async function* repairedBody(body: AsyncIterable<Buffer>, rules: RepairRules): AsyncGenerator<Buffer> {
  yield* repairedLines(body, rules, new MimeTracker(), new Set());
}

async function* repairedLines(
  body: AsyncIterable<Buffer>,
  rules: RepairRules,
  tracker: MimeTracker,
  made: Set<Repair>,
): AsyncGenerator<Buffer, void, void> {
  /** The header field of the message itself that is being read: whether it needs encoding shows at its end. */
  let field: RawLine[] = [];
  for await (const raw of rawLines(body)) {
    const line = withoutNul(raw, made);
    const place = tracker.take(line.text.toString('latin1'));
    const inTopHeader = place === 'header' && tracker.inTopHeader;
    const continues = inTopHeader && (line.text[0] === 0x20 || line.text[0] === 0x09);
    if (!continues) {
      yield* finishedField(field, rules, made);
      field = [];
    }
    if (inTopHeader) field.push(line);
    else yield* brokenLine(line, place === 'header' ? 'header' : tracker.encoding, rules, made);
  }
  yield* finishedField(field, rules, made);
}

function withoutNul(line: RawLine, made: Set<Repair>): RawLine {
  if (!line.text.includes(0)) return line;
  made.add('nul');
  return { text: line.text.filter(octet => octet !== 0) as Buffer, end: line.end };
}

function* finishedField(field: readonly RawLine[], rules: RepairRules, made: Set<Repair>): Generator<Buffer> {
  const [first] = field;
  if (first === undefined) return;
  if (!field.some(({ text }) => text.some(octet => octet > 0x7f))) {
    for (const line of field) yield* brokenLine(line, 'header', rules, made);
    return;
  }
  made.add('eight-bit-header');
  const whole = field.map(({ text }) => text.toString('latin1')).join('\r\n');
  const end = field.at(-1)?.end ?? first.end;
  const lines = encodeHeaderField(whole).split('\r\n');
  for (const [index, text] of lines.entries()) {
    const line = { text: Buffer.from(text, 'latin1'), end: index === lines.length - 1 ? end : lineEndOf(first) };
    yield* brokenLine(line, 'header', rules, made);
  }
}

function* brokenLine(
  { text, end }: RawLine,
  kind: TransferEncoding | 'header',
  rules: RepairRules,
  made: Set<Repair>,
): Generator<Buffer> {
  if (text.length <= rules.maxLineOctets) {
    yield text;
    yield end;
    return;
  }
  made.add('long-line');
  const lineEnd = lineEndOf({ end });
  let start = 0;
  while (text.length - start > breakers[kind].limit) {
    const { until, mark } = breakers[kind].breakAt(text, start);
    yield text.subarray(start, until);
    yield Buffer.from(mark.before);
    yield lineEnd;
    yield Buffer.from(mark.after);
    start = until;
  }
  yield text.subarray(start);
  yield end;
}

/** The last line of a message may have no end to go by. */
function lineEndOf({ end }: Pick<RawLine, 'end'>): Buffer {
  return end.length > 0 ? end : Buffer.from('\r\n');
}

interface Break {
  readonly until: number;
  /** What the encoding wants around the line end, so that it means nothing. */
  readonly mark: { readonly before: string; readonly after: string };
}

interface Breaker {
  /** Octets of a line that need no break any more. */
  readonly limit: number;
  breakAt(text: Buffer, start: number): Break;
}

const plainBreak = { before: '', after: '' };

const breakers: Readonly<Record<TransferEncoding | 'header', Breaker>> = {
  // RFC 2045 section 6.8: a decoder ignores line ends.
  base64: { limit: 76, breakAt: (_text, start) => ({ until: start + 76, mark: plainBreak }) },
  'quoted-printable': {
    limit: 76,
    breakAt(text, start) {
      // A soft line break (section 6.7) must not part an `=XX`.
      let until = start + 73;
      if (text[until - 1] === 0x3d) until -= 1;
      else if (text[until - 2] === 0x3d) until -= 2;
      return { until, mark: { before: '=', after: '' } };
    },
  },
  header: {
    limit: legalLine - 1,
    breakAt(text, start) {
      // A fold goes before white space that is there (RFC 5322 section 2.2.3); where there is none, one blank comes in.
      const blank = lastBlank(text, start + 1, start + legalLine - 1);
      return blank === null
        ? { until: start + legalLine - 1, mark: { before: '', after: ' ' } }
        : { until: blank, mark: plainBreak };
    },
  },
  identity: {
    limit: legalLine,
    breakAt(text, start) {
      const blank = lastBlank(text, start + 1, start + legalLine - 1);
      if (blank !== null) return { until: blank + 1, mark: plainBreak };
      // Not within a character of UTF-8.
      let until = start + legalLine;
      while (until > start + legalLine - 4 && ((text[until] ?? 0) & 0xc0) === 0x80) until -= 1;
      return { until, mark: plainBreak };
    },
  },
};

/** Where the last blank from `from` to `to` stands; null without one. */
function lastBlank(text: Buffer, from: number, to: number): number | null {
  const at = Math.max(text.lastIndexOf(0x20, to), text.lastIndexOf(0x09, to));
  return at >= from ? at : null;
}
