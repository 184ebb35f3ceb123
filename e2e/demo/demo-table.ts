import { displayPath } from '../../shared/model/folder.ts';
import type { MigrationReport } from '../../shared/model/report.ts';
import { formatNumber } from '../../shared/words/format.ts';
import type { Language } from '../../shared/words/language.ts';
import { demoWords } from './demo-words.ts';
import type { StepResult } from './steps.ts';

const columnNames = ['found', 'stored', 'uploaded', 'verified', 'setAside'] as const;
const folderWidth = 24;
const columnWidth = 11;

/** The report's own figures, folder by folder, for a terminal of 80 columns. */
export function foldersTable(report: MigrationReport, language: Language): string {
  const words = demoWords[language];
  const number = (value: number | null): string => (value === null ? '–' : formatNumber(value, language));
  const row = (name: string, cells: readonly string[]): string =>
    padded(name, folderWidth) + cells.map(cell => cell.padStart(columnWidth)).join('');
  const rule = '─'.repeat(folderWidth + columnWidth * columnNames.length);
  return [
    row(words.folder, columnNames.map(name => words.columns[name])), // prettier-ignore
    rule,
    ...report.folders.map(folder => row(displayPath(folder.path), columnNames.map(name => number(folder[name])))), // prettier-ignore
    rule,
    row(words.total, columnNames.map(name => number(report.totals[name]))), // prettier-ignore
  ].join('\n');
}

/** Wall-clock time of each command, its start included, and the mail it carried in that time. */
export function timesTable(steps: readonly StepResult[], octets: number | null, language: Language): string {
  const words = demoWords[language];
  const row = (name: string, seconds: string, rate: string): string =>
    padded(name, folderWidth) + seconds.padStart(columnWidth) + rate.padStart(columnWidth);
  const tenths = (value: number): string =>
    new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
  return [
    row(words.step, words.seconds, words.rate),
    '─'.repeat(folderWidth + columnWidth * 2),
    ...steps.map(({ name, seconds }) =>
      row(
        words.steps[name],
        tenths(seconds),
        octets === null || name.startsWith('report') ? '' : tenths(octets / 1e6 / seconds),
      ),
    ),
  ].join('\n');
}

/** Filled to `width` columns of a terminal; of a longer one the end is shown, because that tells folders apart. */
function padded(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of [...new Intl.Segmenter().segment(text)].reverse()) {
    const columns = columnsOf(segment);
    if (used + columns > width - 1) return `…${taken}${' '.repeat(width - used - 1)}`;
    taken = segment + taken;
    used += columns;
  }
  return taken + ' '.repeat(width - used);
}

/** Emoji and East Asian characters take two columns (Unicode Standard Annex 11). */
function columnsOf(character: string): number {
  return /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
    character,
  )
    ? 2
    : 1;
}
