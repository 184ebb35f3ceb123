import { html, type Markup } from './render-markup.ts';

/** A table that a keyboard can scroll where the window is narrower than its columns (WCAG 2.1.1, 1.4.10). */
export function table(id: string, caption: string, content: Markup): Markup {
  return html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table>
      <caption id="${id}">
        ${caption}
      </caption>
      ${content}
    </table>
  </div> `;
}

export interface Column {
  readonly label: string;
  readonly number?: true;
}

export function tableHead(columns: readonly Column[]): Markup {
  return html`<thead>
    <tr>
      ${columns.map(({ label, number }) => html`<th scope="col" class="${number ? 'number' : 'text'}">${label}</th>`)}
    </tr>
  </thead>`;
}
