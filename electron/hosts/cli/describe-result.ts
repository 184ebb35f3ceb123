import { displayPath } from '../../../shared/model/folder.ts';
import { itemKinds, noItems, noOutcomes } from '../../../shared/model/item.ts';
import type { ItemCounts, ItemOutcomeCounts } from '../../../shared/model/item.ts';
import type { JobSnapshot, MessageFigures } from '../../../shared/model/job.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import type { JobResult } from '../../engine/jobs/job-registry.ts';
import { commandWords } from './command-words.ts';
import { describePlan } from './describe-plan.ts';

/** Exceptions spelled out on a terminal; the report has them all. */
const shownExceptions = 10;

/** How a job ended, for a person at a terminal. */
export function describeResult(snapshot: JobSnapshot, result: JobResult, language: Language): string {
  const words = commandWords[language];
  const lines = [words.statuses[snapshot.status]];
  const { itemOutcomes = {} } = result;
  const planned = result.plan?.items !== undefined && result.plan.folders.length === 0;
  const onlyItems = (planned || Object.keys(itemOutcomes).length > 0) && snapshot.figures.found === 0;
  for (const name of Object.keys(words.figures) as (keyof MessageFigures)[]) {
    const count = snapshot.figures[name];
    if (count > 0 || (name === 'found' && !onlyItems))
      lines.push(`  ${words.figures[name]}: ${formatNumber(count, language)}`);
  }
  for (const kind of itemKinds) {
    const counts = result.itemFigures?.[kind];
    if (counts === undefined) continue;
    const told = (Object.keys(noItems) as (keyof ItemCounts)[])
      .filter(name => counts[name] > 0 || name === 'found')
      .map(name => `${words.figures[name]} ${formatNumber(counts[name], language)}`);
    lines.push(`  ${reportWordsOf[language].items.kinds[kind]}: ${told.join(', ')}`);
  }
  for (const kind of itemKinds) {
    const counts = itemOutcomes[kind];
    if (counts === undefined) continue;
    const told = (Object.keys(noOutcomes) as (keyof ItemOutcomeCounts)[])
      // A check of the archive alone carries nothing.
      .filter(name => counts[name] > 0 || (name === 'toCarry' && snapshot.kind !== 'verify'))
      .map(name => `${words.itemOutcomes[name]} ${formatNumber(counts[name], language)}`);
    lines.push(`  ${reportWordsOf[language].items.kinds[kind]}: ${told.join(', ')}`);
  }
  const seconds = formatDuration(snapshot.elapsedMs / 1000, language);
  lines.push(`  ${words.transferred}: ${formatBytes(snapshot.octets, language)} (${seconds})`);
  if (result.manifestSha256 !== null) lines.push(`${words.manifest}:`, `  ${result.manifestSha256}`);
  if (snapshot.kind === 'backup') lines.push(words.untouched);
  for (const path of result.written) lines.push(`  ${path}`);
  if (result.plan !== null) lines.push(...describePlan(result.plan, language));
  if (snapshot.problem !== null) {
    const { happened, safe, now, desk } = explain(snapshot.problem, language);
    lines.push('', happened, safe, now, desk);
  }
  if (result.exceptions.length > 0) {
    lines.push('', `${words.exceptions}: ${formatNumber(result.exceptions.length, language)}`);
    for (const { problem, folder, number } of result.exceptions.slice(0, shownExceptions)) {
      const { deskCode, happened } = explain(problem, language);
      // What a check of the files found is named by its details: it knows no folder of a mailbox.
      const { folder: namedFolder = null, number: namedNumber = null } = problem.details;
      const place = [folder === null ? namedFolder : displayPath(folder), number ?? namedNumber];
      const where = place.filter(each => each !== null).join(' #');
      lines.push(`  ${deskCode} ${where === '' ? '' : `${where}: `}${happened}`);
    }
    const more = result.exceptions.length - shownExceptions;
    if (more > 0) lines.push(`  … ${formatNumber(more, language)} ${words.moreExceptions}`);
  }
  return `${lines.join('\n')}\n`;
}
