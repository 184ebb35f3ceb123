import { numberOf, recordsOf, textOf } from '../../zimbra/json-values.ts';
import type { JsonRecord } from '../../zimbra/json-values.ts';

export interface ZimbraTag {
  readonly id: number;
  readonly name: string;
  /** One of Zimbra's ten numbered colours, or `#rrggbb`; neither for the default. */
  readonly color: number | null;
  readonly rgb: string | null;
}

export function readZimbraTags(answer: JsonRecord): readonly ZimbraTag[] {
  return recordsOf(answer['tag']).flatMap(element => {
    const id = numberOf(element['id']);
    const name = textOf(element['name']);
    if (id === null || name === null) return [];
    return [{ id, name, color: numberOf(element['color']), rgb: textOf(element['rgb']) }];
  });
}

/**
 * The keyword by which Zimbra's IMAP shows a tag (ImapFlagCache.normalize): what no IMAP atom can hold is left out, and
 * where something was, the tag's number is put behind, so that `è` and `à` do not become one.
 */
export function imapKeyword({ id, name }: Pick<ZimbraTag, 'id' | 'name'>): string {
  const kept = name.charAt(0).replace(notAtom, '') + name.slice(1).replaceAll('\\', '').replaceAll(notAtom, '');
  return kept.length === name.length ? kept : `${kept}:FLAG${id - firstTagId}`;
}

/** Lower ids are the system's own flags. */
const firstTagId = 64;

/** What no atom may hold; a backslash may stand at the beginning only. */
const notAtom = /[^\x21-\x7e]|[(){%*"\]]/g;

/** From the keywords of IMAP to the tags' true names; a keyword that is no tag stays what it is. */
export class TagNames {
  readonly #byKeyword: ReadonlyMap<string, string>;

  constructor(tags: readonly ZimbraTag[]) {
    this.#byKeyword = new Map(tags.map(tag => [imapKeyword(tag).toUpperCase(), tag.name]));
  }

  of(keywords: readonly string[]): readonly string[] {
    return [...new Set(keywords.map(keyword => this.#byKeyword.get(keyword.toUpperCase()) ?? keyword))].sort();
  }
}
