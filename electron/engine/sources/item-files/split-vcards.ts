import type { TextLine } from './text-file.ts';

/** A card of a file of cards, or a run of lines that belong to none. */
export interface CardPlace {
  readonly start: number;
  readonly end: number;
  /** Of its first line in the file, from 1. */
  readonly line: number;
  readonly octets: Buffer;
  /** The line of the file where it ends without `END:VCARD`, or where what is no card begins; null for a whole one. */
  readonly brokenLine: number | null;
}

const begin = /^\s*BEGIN:VCARD\s*$/i;
const end = /^\s*END:VCARD\s*$/i;

/**
 * Cuts a file of vCards into cards. Every line that is not blank is in one of them: a card that never ends stops where
 * the next one begins, and what lies between two cards is handed out as it is.
 */
export async function* splitVcards(lines: AsyncIterable<TextLine>): AsyncGenerator<CardPlace, void, void> {
  let open: TextLine[] = [];
  let depth = 0;
  /** vCard 2.1 puts the card of an assistant within the card, behind a line `AGENT:`. */
  let beforeIsAgent = false;
  for await (const line of lines) {
    if (begin.test(line.text)) {
      if (depth === 0 || !beforeIsAgent) {
        if (open.length > 0) yield placeOf(open, depth > 0 ? line.number - 1 : (open[0]?.number ?? 1));
        open = [];
        depth = 0;
      }
      depth += 1;
    }
    if (depth > 0 || line.text.trim() !== '') open.push(line);
    if (depth > 0 && end.test(line.text)) {
      depth -= 1;
      if (depth === 0) {
        yield placeOf(open, null);
        open = [];
      }
    }
    if (line.text.trim() !== '') beforeIsAgent = /^AGENT[;:]/i.test(line.text.trim());
  }
  const last = open.at(-1);
  if (last !== undefined) yield placeOf(open, depth > 0 ? last.number : (open[0]?.number ?? 1));
}

function placeOf(lines: readonly TextLine[], brokenLine: number | null): CardPlace {
  const [first] = lines;
  return {
    start: first?.start ?? 0,
    end: lines.at(-1)?.end ?? 0,
    line: first?.number ?? 1,
    octets: Buffer.concat(lines.map(({ octets }) => octets)),
    brokenLine,
  };
}
