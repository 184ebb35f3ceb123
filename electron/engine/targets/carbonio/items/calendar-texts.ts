import type { FieldName } from '../../../items/item-fields.ts';

/** Lines for the description, of what the mailbox has no place for. */
export class CalendarTexts {
  readonly lines: string[] = [];
  private readonly asText: Set<FieldName>;

  constructor(asText: Set<FieldName>) {
    this.asText = asText;
  }

  write(field: FieldName, label: string, value: string): void {
    this.lines.push(`${label}: ${value}`);
    this.asText.add(field);
  }
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
