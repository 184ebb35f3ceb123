import { formatNumber } from '../../../shared/words/format.ts';
import { handoverWordsOf } from '../../../shared/words/handover/handover-words-of.ts';
import type { HandoverKind, HandoverWords } from '../../../shared/words/handover/handover-words.ts';
import type { Language } from '../../../shared/words/language.ts';
import { reportStyle } from '../report/render-html-style.ts';
import { table, tableHead } from '../report/render-html-table.ts';
import { foreign, html, nothing, type Markup } from '../report/render-markup.ts';
import type { ContactList, Signature } from './make-book.ts';

export interface Handover {
  readonly files: HandedFile[];
  readonly lists: ContactList[];
  readonly rules: string[];
  readonly signatures: Signature[];
  /** Relative paths. */
  readonly flawed: string[];
}

export interface HandedFile {
  readonly kind: HandoverKind;
  /** Relative, `/` between segments. */
  readonly path: string;
  readonly from: string;
  readonly items: number;
}

/** In the order in which people miss things. */
const kinds = ['contact', 'event', 'task', 'signature', 'rule', 'settings', 'note', 'file'] as const;

const handoverStyle = `${reportStyle}
.ways h4 { margin: 1rem 0 .25rem; font-size: 1rem; }
ol { margin: .25rem 0; padding-left: 1.5rem; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--band); white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { width: 100%; height: 14rem; border: 1px solid var(--line); background: #fff; }
`;

/** Frames inherit the page's policy: what a signature needs to look as it does, and nothing from anywhere. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * The page that goes with the files. No script, and nothing is fetched: a signature is HTML that came by the server, and
 * is shown in a frame that may run nothing, so that it can be copied as it looks.
 */
export function renderHandover(handover: Handover, language: Language): string {
  const words = handoverWordsOf[language];
  const style: Markup = { markup: `<style>${handoverStyle}</style>` };
  const present = kinds.filter(
    kind => handover.files.some(file => file.kind === kind) || (kind === 'signature' && handover.signatures.length > 0),
  );
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${words.title}</title>
        ${style}
      </head>
      <body>
        <header>
          <p class="product">Travaso</p>
          <h1>${words.title}</h1>
        </header>
        <main>
          ${words.intro.map(text => html`<p>${text}</p>`)}${files(handover, words, language)}${present.map(kind =>
            section(kind, handover, words),
          )}${flawed(handover, words)}
        </main>
        <footer><p>${words.footer}</p></footer>
      </body>
    </html> `.markup;
}

function files(handover: Handover, words: HandoverWords, language: Language): Markup {
  const { columns } = words;
  const rows = [...handover.files]
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
    .map(
      ({ path, from, items }) =>
        html`<tr>
          <th scope="row"><a href="${hrefOf(path)}">${foreign(path)}</a></th>
          <td>${foreign(from)}</td>
          <td class="number">${formatNumber(items, language)}</td>
        </tr> `,
    );
  return html`<h2>${words.filesHeading}</h2>
    ${table(
      'files',
      words.filesCaption,
      html`${tableHead([{ label: columns.file }, { label: columns.from }, { label: columns.items, number: true }])}
        <tbody>
          ${rows}
        </tbody>`,
    )}`;
}

function section(kind: HandoverKind, handover: Handover, words: HandoverWords): Markup {
  const { heading, text, ways } = words.kinds[kind];
  const steps = ways.map(
    way =>
      html`<h3>${way.name}</h3>
        <ol>
          ${way.steps.map(step => html`<li>${step}</li>`)}
        </ol>`,
  );
  return html`<section class="ways">
    <h2>${heading}</h2>
    <p>${text}</p>
    ${steps}${kind === 'contact' ? lists(handover, words) : nothing}${
      kind === 'rule' ? handover.rules.map(rule => html`<pre>${foreign(rule)}</pre>`) : nothing
    }${kind === 'signature' ? handover.signatures.map(each => signature(each, words)) : nothing}
  </section> `;
}

function lists(handover: Handover, words: HandoverWords): Markup {
  if (handover.lists.length === 0) return nothing;
  return html`<h3>${words.lists.heading}</h3>
    <p>${words.lists.text}</p>
    ${handover.lists.map(
      ({ name, members }) =>
        html`<h4>${foreign(name)}</h4>
          <pre>${foreign(members.join('; '))}</pre>`,
    )}`;
}

function signature({ name, html: page, text }: Signature, words: HandoverWords): Markup {
  const heading = words.signature(name);
  if (page === null) {
    return html`<h3>${foreign(heading)}</h3>
      <pre>${foreign(text ?? '')}</pre>`;
  }
  return html`<h3>${foreign(heading)}</h3>
    <p>${words.copyHint}</p>
    <iframe sandbox title="${heading}" srcdoc="${page}"></iframe>`;
}

function flawed(handover: Handover, words: HandoverWords): Markup {
  if (handover.flawed.length === 0) return nothing;
  return html`<h2>${words.flawed.heading}</h2>
    <p>${words.flawed.text}</p>
    <ul>
      ${handover.flawed.map(path => html`<li><a href="${hrefOf(path)}">${foreign(path)}</a></li>`)}
    </ul>`;
}

function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
