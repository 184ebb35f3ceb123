import type { SearchHint } from '../../../../shared/model/message-list.ts';
import { parseDateRange } from './natural-date.ts';
import { fieldOf, isEmptyWord, kindOf, withoutElision } from './query-words.ts';
import type { QueryField, SearchedKind } from './query-words.ts';

/** A word or phrase that must, or must not, be somewhere. */
export interface QueryTerm {
  /** Null: anywhere. */
  readonly field: Exclude<QueryField, 'folder' | 'since' | 'until' | 'date' | 'kind'> | null;
  readonly text: string;
  /** `verbal*` */
  readonly prefix: boolean;
  readonly excluded: boolean;
}

export interface ParsedQuery {
  readonly terms: readonly QueryTerm[];
  /** Parts of folder names. */
  readonly folders: readonly { readonly text: string; readonly excluded: boolean }[];
  /** Mail, contacts and the like; none: all. */
  readonly kinds: readonly { readonly kind: SearchedKind; readonly excluded: boolean }[];
  readonly since: Date | null;
  /** Not included. */
  readonly until: Date | null;
  /** `allegato:*`: whether there is any. */
  readonly hasAttachment: boolean | null;
  /** Nothing in it says what to look for. */
  readonly isMeaningless: boolean;
  readonly hint: SearchHint | null;
}

interface Word {
  readonly excluded: boolean;
  readonly field: QueryField | null;
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Reads a query. Everything means something or is passed over with a hint: nobody who looks for a message should be told
 * about syntax.
 *
 * @param now what `ieri` is counted from, in the local time of this computer
 */
export function parseQuery(query: string, now: Date): ParsedQuery {
  const reader = new QueryReader(now);
  const words = wordsOf(query);
  for (let at = 0; at < words.length;) at += reader.take(words, at);
  return reader.result(query);
}

/** One or more marks, an optional field, then a quotation or whatever stands up to the next blank. */
const wordPattern = /(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|([^\s"]+))?/gu;

function wordsOf(query: string): Word[] {
  const straight = query.replaceAll(/[“”«»„]/g, '"');
  const words: Word[] = [];
  for (const [whole, minus = '', name, quotation, bare = ''] of straight.matchAll(wordPattern)) {
    if (whole === '' || whole === '-') continue;
    const field = name === undefined ? null : fieldOf(name);
    // `ore:15` and `https://…` are text, not a field we do not know.
    const prefix = name !== undefined && field === null ? `${name} ` : '';
    words.push({
      excluded: minus === '-',
      field,
      text: prefix + (quotation ?? bare),
      quoted: quotation !== undefined,
    });
  }
  return words;
}

class QueryReader {
  private readonly now: Date;
  private readonly terms: (QueryTerm & { readonly isEmpty: boolean })[] = [];
  private readonly folders: { text: string; excluded: boolean }[] = [];
  private readonly kinds: { kind: SearchedKind; excluded: boolean }[] = [];
  private since: Date | null = null;
  private until: Date | null = null;
  private hasAttachment: boolean | null = null;
  private hint: SearchHint | null = null;

  constructor(now: Date) {
    this.now = now;
  }

  /** Takes what begins at `at`, and says how many words that were. */
  take(words: readonly Word[], at: number): number {
    const word = words[at];
    if (word === undefined) return 1;
    const { field } = word;
    if (field === 'since' || field === 'until' || field === 'date') return this.takeDate(words, at, field);
    let value = word;
    let taken = 1;
    if (field !== null && word.text === '' && !word.quoted) {
      // `da: rossi`, as people write.
      const next = words[at + 1];
      if (next === undefined || next.field !== null || next.excluded) {
        this.note({ kind: 'field-empty', text: `${field}:` });
        return 1;
      }
      value = { ...next, field, excluded: word.excluded };
      taken = 2;
    }
    if (field === 'folder') this.folders.push({ text: value.text, excluded: value.excluded });
    else if (field === 'kind') this.addKind(value);
    else if (field === 'attachment' && /^\*$|^s[iì]$|^yes$/i.test(value.text)) this.hasAttachment = !value.excluded;
    else this.addTerm({ ...value, field });
    return taken;
  }

  result(query: string): ParsedQuery {
    const isFiltered =
      this.folders.length + this.kinds.length > 0 ||
      this.since !== null ||
      this.until !== null ||
      this.hasAttachment !== null;
    const telling = this.terms.filter(term => !term.isEmpty);
    const terms = telling.length > 0 || isFiltered ? telling : this.terms;
    const saysNothing = terms.length === 0 && !isFiltered;
    if (saysNothing) this.note({ kind: query.trim() === '' ? 'empty' : 'no-words', text: query.trim() });
    const isReversed = this.since !== null && this.until !== null && this.since >= this.until;
    if (isReversed) this.note({ kind: 'range-reversed', text: query.trim() });
    return {
      terms: terms.map(({ field, text, prefix, excluded }) => ({ field, text, prefix, excluded })),
      folders: this.folders,
      kinds: this.kinds,
      since: this.since,
      until: this.until,
      hasAttachment: this.hasAttachment,
      isMeaningless: saysNothing || isReversed,
      hint: this.hint,
    };
  }

  private addKind({ text, excluded }: Word): void {
    const kind = kindOf(text);
    if (kind === null) this.note({ kind: 'kind-not-understood', text });
    else this.kinds.push({ kind, excluded });
  }

  private addTerm({ field, text, quoted, excluded }: Word): void {
    const prefix = text.endsWith('*');
    const plain = quoted ? text.replace(/\*$/, '') : withoutElision(text.replaceAll('*', ' ').trim());
    if (!/[\p{L}\p{N}]/u.test(plain)) return;
    const inField = field as QueryTerm['field'];
    this.terms.push({
      field: inField,
      text: plain,
      prefix,
      excluded,
      isEmpty: !quoted && field === null && isEmptyWord(plain),
    });
  }

  /** A date may take several words without quotes: the most that mean something together. */
  private takeDate(words: readonly Word[], at: number, field: 'since' | 'until' | 'date'): number {
    const rest: string[] = [];
    for (const word of words.slice(at, at + 5)) {
      if (rest.length > 0 && (word.field !== null || word.excluded || word.quoted)) break;
      rest.push(word.text);
    }
    for (let count = rest.length; count > 0; count -= 1) {
      const range = parseDateRange(rest.slice(0, count).join(' '), this.now);
      if (range === null) continue;
      if (field !== 'until') this.since = range.start;
      if (field !== 'since') this.until = range.end;
      return count;
    }
    const typed = (rest[0] === '' ? rest[1] : rest[0]) ?? '';
    this.note(typed === '' ? { kind: 'field-empty', text: field } : { kind: 'date-not-understood', text: typed });
    return rest[0] === '' && rest.length > 1 ? 2 : 1;
  }

  /** The first is told: the others often follow from it. */
  private note(hint: SearchHint): void {
    this.hint ??= hint;
  }
}
