import { itemKinds } from '../../model/item.ts';
import type { ItemKind } from '../../model/item.ts';
import type { MigrationReport } from '../../model/report.ts';
import { formatList, formatNumber } from '../format.ts';
import type { Language } from '../language.ts';
import { reportWordsOf } from './report-words-of.ts';

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
  const kindsWith = (name: 'verified' | 'byHand'): string =>
    formatList(
      itemKinds.flatMap(kind => {
        const count = countOf(items, kind, name);
        return count === 0 ? [] : [`${words.kinds[kind]} (${formatNumber(count, language)})`];
      }),
      language,
    );
  const [proved, byHand] = [kindsWith('verified'), kindsWith('byHand')];
  return [
    onlyItems ? words.outcome[outcome] : ofMail,
    ...(proved === '' ? [] : [words.outcome.proved(proved, toTarget)]),
    ...(byHand === '' ? [] : [words.outcome.byHand(byHand)]),
  ].join(' ');
}

function countOf(rows: NonNullable<MigrationReport['items']>, wanted: ItemKind, name: 'verified' | 'byHand'): number {
  return rows.reduce((sum, row) => sum + (row.kind === wanted ? (row[name] ?? 0) : 0), 0);
}
