import { formatBytes, formatDateTime, formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { reportWordsOf } from '../../../shared/words/report/report-words-of.ts';
import type { ReportWords } from '../../../shared/words/report/report-words.ts';
import { html, type Markup } from './render-markup.ts';

/** What every section of the page needs beside its data. */
export interface RenderContext {
  readonly language: Language;
  readonly words: ReportWords;
  readonly timeZone: string;
  number(value: number): string;
  bytes(value: number): string;
  dateTime(iso: string): string;
  /** A count for a cell: a phase that has not run shows a dash, and says so to those who listen. */
  countCell(value: number | null): Markup;
}

export function createRenderContext(language: Language, timeZone: string): RenderContext {
  const words = reportWordsOf[language];
  const number = (value: number) => formatNumber(value, language);
  return {
    language,
    words,
    timeZone,
    number,
    bytes: value => formatBytes(value, language),
    dateTime: iso => formatDateTime(iso, language, timeZone),
    countCell: value =>
      value === null
        ? html`<span aria-hidden="true">–</span><span class="spoken">${words.notRun}</span>`
        : html`${number(value)}`,
  };
}
