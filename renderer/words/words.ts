import type { Language } from '../../shared/words/language.ts';
import type { Way } from '../state/wizard.ts';
import { english } from './en.ts';
import { englishForFile } from './en/file-source.ts';
import { insteadOf } from './instead-of.ts';
import type { Instead } from './instead-of.ts';
import { italian } from './it.ts';
import { italianForFile } from './it/file-source.ts';

/** The shape of the Italian table with the texts themselves set free: a key that English lacks does not compile. */
type Shape<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Shape<T[K]> };

export type Words = Shape<typeof italian>;

const forFile: Readonly<Record<Language, Instead<Words>>> = { it: italianForFile, en: englishForFile };
const tables: Readonly<Record<Way, Readonly<Record<Language, Words>>>> = {
  mailbox: { it: italian, en: english },
  file: { it: insteadOf<Words>(italian, forFile.it), en: insteadOf<Words>(english, forFile.en) },
};

/** The texts of the screens. Where the mail comes from changes some sentences; screens need not know which. */
export function wordsOf(language: Language, way: Way = 'mailbox'): Words {
  return tables[way][language];
}
