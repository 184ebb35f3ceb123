import { itemKinds } from '../../model/item.ts';
import type { MigrationReport } from '../../model/report.ts';
import { formatList, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { reportWordsOf } from './report-words-of.ts';

type ItemRow = NonNullable<MigrationReport['items']>[number];

/** The outcome in sentences: of the messages, and of contacts, calendars and the rest. Of mail only where there is any. */
export function sayOutcome(report: MigrationReport, language: Language): string {
  const { totals, outcome, items = [] } = report;
  const { outcomeSentence, items: words } = reportWordsOf[language];
  const toTarget = report.target !== null;
  const onlyItems = items.length > 0 && (totals.found ?? 0) === 0;
  const figure = (count: number | null) => (count === null ? null : formatNumber(count, language));
  const soFar = { found: figure(totals.found), stored: figure(totals.stored), verified: figure(totals.verified) };
  // Null only where no folder was chosen at all: the rule of the outcome asks for every other count.
  const counted = { found: soFar.found ?? '0', stored: soFar.stored ?? '0', verified: soFar.verified ?? '0' };
  const ofMail =
    outcome === 'incomplete'
      ? outcomeSentence.incomplete({ ...soFar, toTarget })
      : outcomeSentence[outcome]({ ...counted, toTarget });
  const said = (countOf: (row: ItemRow) => number): string => formatList(kindsWith(items, countOf, language), language);
  const proved = said(row => row.verified ?? 0);
  const byHand = said(row => row.byHand ?? 0);
  const archived = toTarget ? said(({ toCarry, stored }) => (toCarry === undefined ? stored : 0)) : '';
  return [
    onlyItems ? words.outcome[outcome] : ofMail,
    ...(proved === '' ? [] : [words.outcome.proved(proved, toTarget)]),
    ...(byHand === '' ? [] : [words.outcome.byHand(byHand)]),
    ...(archived === '' ? [] : [words.outcome.archived(archived)]),
  ].join(' ');
}

function kindsWith(
  items: readonly ItemRow[],
  countOf: (row: ItemRow) => number,
  language: Language,
): readonly string[] {
  const { kinds } = reportWordsOf[language].items;
  return itemKinds.flatMap(kind => {
    const count = items.filter(row => row.kind === kind).reduce((sum, row) => sum + countOf(row), 0);
    return count === 0 ? [] : [`${kinds[kind]} (${formatNumber(count, language)})`];
  });
}
