import type { Language } from '../../shared/words/language.ts';
import { english } from './en.ts';
import { italian } from './it.ts';

/** The shape of the Italian table with the texts themselves set free: a key that English lacks does not compile. */
type Shape<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

export type Words = Shape<typeof italian>;

const tables: Readonly<Record<Language, Words>> = { it: italian, en: english };

export function wordsOf(language: Language): Words {
  return tables[language];
}
