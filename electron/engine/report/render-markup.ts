/** Text that is HTML already. Only `html` makes it, so a string from a mail can never pass for markup. */
export interface Markup {
  readonly markup: string;
}

type Insertable = Markup | string | number | readonly Insertable[];

/** A template whose inserted values are escaped, in text and in quoted attributes alike; lists are joined. */
export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  const markup = parts.reduce((text, part, index) => {
    const value = values[index];
    return text + part + (value === undefined ? '' : render(value));
  }, '');
  return { markup };
}

export const nothing: Markup = { markup: '' };

/**
 * Text of unknown script and direction: names, subjects, addresses. `bdi` keeps a right-to-left name, or an override
 * character that somebody hid in a subject, from turning round the words beside it (HTML, section 4.5.25).
 */
export function foreign(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

function render(value: Insertable): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // Controls and non-characters are parse errors in HTML and vanish or surprise; a box shows that there was one.
      .replaceAll(/[^\P{Cc}\t\n]|[\ufdd0-\ufdef\ufffe\uffff]/gu, '\ufffd')
      .replaceAll(/[&<>"']/g, character => entities[character] ?? character)
  );
}
