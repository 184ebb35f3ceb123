import type { MigrationReport } from '../../model/report.ts';
import { formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { reportWordsOf } from './report-words-of.ts';

/** What was left out beside mail, kind by kind, with how many there were where the source told. */
export function leftOutKinds({ leftOutItems = [] }: MigrationReport, language: Language): readonly string[] {
  const { kinds } = reportWordsOf[language].items;
  return leftOutItems.map(({ kind, items }) =>
    items === null ? kinds[kind] : `${kinds[kind]} (${formatNumber(items, language)})`,
  );
}
