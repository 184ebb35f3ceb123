/** An instant in the basic format that vCard and iCalendar share: `20240304T081500Z`. */
export function basicTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
