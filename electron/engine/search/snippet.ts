import type { Segment } from '../../../shared/model/message-list.ts';
import { fold, isUnspaced } from './fold.ts';
import type { QueryTerm } from './query/parse-query.ts';

/** What to mark: a sequence of folded words, or the text itself where words are not told apart. */
export interface Needle {
  readonly words: readonly string[];
  readonly prefix: boolean;
  readonly unspaced: string | null;
}

export interface Snippet {
  readonly segments: Segment[];
  /** Whether anything in it is marked. */
  readonly found: boolean;
}

/** Characters of a snippet, and how many of them come before the first thing found. */
const length = 220;
const lead = 60;
/** Characters of a text that are looked through for it. */
const searched = 200_000;

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

export function needlesOf(terms: readonly QueryTerm[], fields: readonly QueryTerm['field'][]): Needle[] {
  return terms
    .filter(({ excluded, field }) => !excluded && (field === null || fields.includes(field)))
    .map(({ text, prefix }) => ({
      words: fold(text).match(wordPattern) ?? [],
      prefix,
      unspaced: isUnspaced(text) ? fold(text) : null,
    }));
}

/** Marks everything found in the whole of a short text. */
export function markedText(text: string, needles: readonly Needle[]): Segment[] {
  return segmentsOf(text, hitsIn(text, needles));
}

/** A line or two around the first place found, else how the text begins. */
export function snippetOf(text: string, needles: readonly Needle[]): Snippet {
  const spaced = text.slice(0, searched).replaceAll(/\s+/g, ' ').trim();
  const [first] = hitsIn(spaced, needles, 1);
  const start = first === undefined ? 0 : wordStart(spaced, Math.max(0, first.start - lead));
  const end = wordEnd(spaced, start + length);
  const window = spaced.slice(start, end);
  const segments = segmentsOf(window, hitsIn(window, needles));
  if (start > 0) segments.unshift({ text: '… ', hit: false });
  if (end < spaced.length) segments.push({ text: ' …', hit: false });
  return { segments, found: first !== undefined };
}

interface Hit {
  readonly start: number;
  readonly end: number;
}

function hitsIn(text: string, needles: readonly Needle[], limit = Infinity): Hit[] {
  const hits: Hit[] = [];
  const spaced = needles.filter(needle => needle.unspaced === null && needle.words.length > 0);
  const recent: { folded: string; start: number }[] = [];
  const longest = Math.max(1, ...spaced.map(needle => needle.words.length));
  for (const { unspaced } of needles) {
    if (unspaced === null) continue;
    // Case and width may differ from what was typed; what is as long as before can be marked where it stands.
    const folded = fold(text);
    const haystack = folded.length === text.length ? folded : text;
    for (let at = haystack.indexOf(unspaced); at >= 0; at = haystack.indexOf(unspaced, at + unspaced.length)) {
      hits.push({ start: at, end: at + unspaced.length });
    }
  }
  if (spaced.length > 0) {
    for (const match of text.matchAll(wordPattern)) {
      recent.push({ folded: fold(match[0]), start: match.index });
      if (recent.length > longest) recent.shift();
      const end = match.index + match[0].length;
      for (const needle of spaced) {
        const from = recent.length - needle.words.length;
        const start = recent[from]?.start;
        if (start !== undefined && isHere(needle, recent, from)) hits.push({ start, end });
      }
      if (hits.length >= limit) break;
    }
  }
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

function isHere(needle: Needle, recent: readonly { readonly folded: string }[], from: number): boolean {
  return needle.words.every((word, index) => {
    const folded = recent[from + index]?.folded ?? '';
    const isLast = index === needle.words.length - 1;
    return needle.prefix && isLast ? folded.startsWith(word) : folded === word;
  });
}

function segmentsOf(text: string, hits: readonly Hit[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end } of hits) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) segments.push({ text: text.slice(at, from), hit: false });
    segments.push({ text: text.slice(from, end), hit: true });
    at = end;
  }
  if (at < text.length) segments.push({ text: text.slice(at), hit: false });
  return segments;
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 || space > at + lead / 2 ? at : space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space < at - lead / 2 ? at : space;
}
