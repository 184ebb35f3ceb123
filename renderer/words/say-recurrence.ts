import type { Recurrence } from '../../shared/model/item-view.ts';
import type { Language } from '../../shared/words/language.ts';
import { englishRecurrence } from './en/recurrence.ts';
import { italianRecurrence } from './it/recurrence.ts';

/** How a series repeats, in plain words. */
export function sayRecurrence(recurrence: Recurrence, language: Language): string {
  return language === 'it' ? italianRecurrence(recurrence) : englishRecurrence(recurrence);
}
