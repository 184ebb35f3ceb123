/**
 * What makes two spellings one word, in the index and in what is looked for: compatibility forms (the `ﬁ` of a PDF, full
 * width letters), accents, case. SQLite's own tokenizer folds the simple cases; it does neither ligatures nor `ß`.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text
    .replaceAll(invisible, '')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll('ı', 'i')
    .normalize('NFC');
}

// Soft hyphens, joiners and the byte order mark: within words, and not part of them.
const invisible = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;

export function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}

/**
 * Scripts that are written without spaces. The tokenizer would take a whole sentence for one word, so such runs are cut
 * into pairs of neighbours, which a phrase finds again. A trigram table beside would find everything too, but measured
 * on Italian mail it takes four times the room and the time, for text that is hardly ever there.
 */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC]+/gu;

/**
 * Anything but ASCII, the accented letters of western Europe and usual punctuation. SQLite's tokenizer folds those as
 * `fold` does, so most Italian text goes in as it is, in a tenth of the time.
 */
const demanding =
  /[^\0-\x7F\xA0-\xA9\xAB\xAC\xAE-\xB1\xB4\xB6-\xB8\xBB\xBF-\xDE\xE0-\xFF\u2010-\u2027\u2030\u2039-\u203B\u20AC]/;

/** Text as it goes into the index: `日本語` becomes `日本 本語 語`, ligatures and the like are folded. */
export function indexable(text: string): string {
  if (!demanding.test(text)) return text;
  return fold(text).replaceAll(unspaced, run => ` ${pairs(run).join(' ')} `);
}

export interface Phrase {
  /** What the tokenizer is given; it cuts at everything that is neither letter nor digit. */
  readonly text: string;
  /** Whether the last word may go on. */
  readonly prefix: boolean;
}

/**
 * A word or phrase as it is looked for. At its end an unspaced run may go on in the text, so the last character does not
 * stand alone there.
 */
export function phraseOf(text: string, prefix = false): Phrase {
  const folded = fold(text);
  let openEnd = false;
  const phrase = folded.replaceAll(unspaced, (run, offset: number) => {
    const isLast = offset + run.length === folded.length;
    const tokens = pairs(run);
    if (isLast && tokens.length > 1) tokens.pop();
    else if (isLast) openEnd = true;
    return ` ${tokens.join(' ')} `;
  });
  return { text: phrase.trim(), prefix: prefix || openEnd };
}

export function isUnspaced(text: string): boolean {
  return text.search(unspaced) >= 0;
}

function pairs(run: string): string[] {
  const characters = Array.from(run);
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}

/** A key to sort names and subjects by: folded, without leading quotes and brackets, short. */
export function sortKey(text: string): string {
  return fold(text)
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 80);
}
