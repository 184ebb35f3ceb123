import { expect, test } from 'vitest';
import { languages } from '../../shared/words/language.ts';
import { italianForFile } from './it/file-source.ts';
import { englishForFile } from './en/file-source.ts';
import { wordsOf } from './words.ts';

/** Texts of other screens than those of this way: the ways themselves, and where the mailbox is signed in to. */
const elsewhere = ['welcome.', 'signIn.source.', 'home.lead', 'organisation.'];
const oldMailbox = { it: /vecchi[ao] (?:casella|posta)/i, en: /old mail(?:box)?/i };

/** Every text with its place; functions are asked with something to say. */
function textsOf(table: object, at = ''): readonly (readonly [place: string, text: string])[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${at}${key}`, value]] as const;
    if (typeof value === 'function') {
      return [[`${at}${key}`, String((value as (...some: unknown[]) => unknown)(2, 2, 2))]] as const;
    }
    return typeof value === 'object' && value !== null ? textsOf(value, `${at}${key}.`) : [];
  });
}

test.each(languages)('nothing that is said on the way of a backup speaks of an old mailbox (%s)', language => {
  const wrong = textsOf(wordsOf(language, 'file')).filter(
    ([place, text]) => oldMailbox[language].test(text) && !elsewhere.some(prefix => place.startsWith(prefix)),
  );
  expect(wrong).toEqual([]);
  // The look itself finds what it looks for.
  expect(textsOf(wordsOf(language)).some(([, text]) => oldMailbox[language].test(text))).toBe(true);
});

test('both languages say the same texts in another way, and each of them stands at a place that there is', () => {
  const places = textsOf(italianForFile).map(([place]) => place);
  expect(textsOf(englishForFile).map(([place]) => place)).toEqual(places);
  const known = new Set(textsOf(wordsOf('it')).map(([place]) => place));
  expect(places.filter(place => !known.has(place))).toEqual([]);
});
