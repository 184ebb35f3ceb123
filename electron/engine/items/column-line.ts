import { escapeText, quoteParameter } from './content-lines.ts';

/** A cell of a list that no property is made for, under the heading it had there; for vCard and iCalendar alike. */
export function columnLine({ heading, value }: { readonly heading: string; readonly value: string }): string {
  return `X-TRAVASO-COLUMN;X-HEADING=${quoteParameter(heading)}:${escapeText(value)}`;
}
