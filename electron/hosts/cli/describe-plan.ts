import { displayPath } from '../../../shared/model/folder.ts';
import type { ItemFolderPlan, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import { planWords } from './plan-words.ts';

/** Of each list so many are spelled out on a terminal; `--json` has them all. */
const shown = 50;

/** What an upload would do, and everything the target is expected to refuse, by name and with what to do. */
export function describePlan(plan: UploadPlan, language: Language): readonly string[] {
  const words = planWords[language];
  const number = (value: number): string => formatNumber(value, language);
  const { items = [] } = plan;
  const onlyItems = items.length > 0 && plan.folders.length === 0;
  const lines = onlyItems ? [] : ['', words.toSend(number(plan.messages), formatBytes(plan.octets, language))];
  const { quota } = plan.limits;
  if (quota !== null) lines.push(words.room(formatBytes(Math.max(0, quota.limitBytes - quota.usedBytes), language)));
  if (plan.estimate !== null) {
    const { seconds, messagesPerSecond, basis } = plan.estimate;
    const rate = words.basis[basis](number(Math.round(messagesPerSecond * 10) / 10));
    lines.push(`${words.atLeast(formatDuration(seconds, language))} (${rate})`);
  }
  const list = <Item>(heading: string, items: readonly Item[], describe: (item: Item) => string): void => {
    if (items.length === 0) return;
    lines.push('', heading, ...items.slice(0, shown).map(item => `  ${describe(item)}`));
    if (items.length > shown) lines.push(`  ${words.more(number(items.length - shown))}`);
  };
  for (const { problem } of plan.warnings) lines.push('', ...sentences(problem, language));
  if (plan.quotaProblem !== null) lines.push('', ...sentences(plan.quotaProblem, language));
  const changed = plan.folders.filter(folder => folder.renamed !== null || !folder.exists);
  list(words.folders, changed, ({ path, target, exists, renamed }) => {
    const why = renamed === null ? words.newFolder : explain(renamed, language).deskCode;
    return `${displayPath(path)} → ${target}${exists && renamed === null ? '' : ` (${why})`}`;
  });
  if (plan.refusals.length === 0 && !onlyItems) lines.push('', words.noRefusals);
  list(words.refusals(number(plan.refusals.length)), plan.refusals, refusal => {
    const { deskCode, happened } = explain(refusal.problem, language);
    const what = `${displayPath(refusal.folder)} #${refusal.number} “${refusal.subject ?? words.noSubject}”`;
    return `${deskCode} ${what} (${formatBytes(refusal.octets, language)}): ${happened} ${words.remedies[refusal.remedy]}`;
  });
  list(words.repaired(number(plan.repaired.length)), plan.repaired, ({ folder, number: nth, subject, problem }) => {
    const repairs = String(problem.details['repairs'] ?? '');
    return `${displayPath(folder)} #${nth} “${subject ?? words.noSubject}” (${repairs})`;
  });
  const { duplicates } = plan;
  const heading = words.duplicates[duplicates.sent](
    number(duplicates.messages),
    formatBytes(duplicates.octets, language),
  );
  list(heading, duplicates.listed, ({ folder, number: nth, subject, by, why }) =>
    words.duplicate(
      `${displayPath(folder)} #${nth} “${subject ?? words.noSubject}”`,
      `${displayPath(by.folder)} #${by.number}, ${words.duplicateReasons[why]}`,
    ),
  );
  list(words.lostKeywords, plan.lostKeywords, ({ keyword, messages, folder }) =>
    words.keyword(keyword, number(messages), displayPath(folder)),
  );
  list(words.items, items, folder => describeItems(folder, language));
  const refused = items.flatMap(({ kind, folder, refusals }) => refusals.map(each => ({ ...each, kind, folder })));
  list(words.itemRefusals(number(refused.length)), refused, ({ name, problem, folder, kind }) => {
    const { deskCode, happened } = explain(
      { ...problem, details: { folder: displayPath(folder), kind, name, ...problem.details } },
      language,
    );
    return `${deskCode} ${happened}`;
  });
  return lines;
}

function describeItems(plan: ItemFolderPlan, language: Language): string {
  const { kind, folder, name, items, done, fate, changed, settings } = plan;
  const words = planWords[language];
  const number = (value: number): string => formatNumber(value, language);
  const place = name === '' ? displayPath(folder) : `${displayPath(folder)} → ${name}`;
  const changes = changed.map(each => words.changedFields[each.fate](each.field, number(each.items)));
  const named = (['added', 'present', 'theirs'] as const).flatMap(which => {
    const names = settings?.[which] ?? [];
    return names.length === 0 ? [] : [words.settings[which](names.join(', '))];
  });
  const told = [words.itemFates[fate](number(items), number(done)), ...changes, ...named];
  return `${reportWordsOf[language].items.kinds[kind]}, ${place}: ${told.join('; ')}`;
}

function sentences(problem: UploadPlan['warnings'][number]['problem'], language: Language): readonly string[] {
  const { happened, safe, now, desk } = explain(problem, language);
  return [happened, safe, now, desk];
}
