import type { Language } from '../language.ts';
import { englishHandover } from './english-handover.ts';
import type { HandoverWords } from './handover-words.ts';
import { italianHandover } from './italian-handover.ts';

export const handoverWordsOf: Readonly<Record<Language, HandoverWords>> = { it: italianHandover, en: englishHandover };
