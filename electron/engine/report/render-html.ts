import { createHash } from 'node:crypto';
import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { accountLabel } from '../../../shared/words/account-label.ts';
import { leftOutKinds } from '../../../shared/words/report/left-out-kinds.ts';
import { sayOutcome } from '../../../shared/words/report/say-outcome.ts';
import { formatList, localTimeZone } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { CountName } from '../../../shared/words/report/report-words.ts';
import { createRenderContext, type RenderContext } from './render-context.ts';
import { renderExceptions } from './render-html-exceptions.ts';
import { renderFolders } from './render-html-folders.ts';
import { renderItems, renderSynthesised } from './render-html-items.ts';
import { renderChanges, renderProof, renderRuns } from './render-html-proof.ts';
import { reportStyle } from './render-html-style.ts';
import { table, tableHead } from './render-html-table.ts';
import { foreign, html, nothing, type Markup } from './render-markup.ts';

export interface RenderOptions {
  readonly language: Language;
  /** IANA name; the computer's own when absent. */
  readonly timeZone?: string;
}

/**
 * The report as one HTML file: no script, no outside resource, readable by a screen reader, printable on A4. It is
 * the accessible original; a PDF is made from it. The same data gives the same bytes.
 */
export function renderReportHtml(report: MigrationReport, options: RenderOptions): string {
  const context = createRenderContext(options.language, options.timeZone ?? localTimeZone());
  const { words } = context;
  // Contacts and calendars alone: tables of messages would be rows of nothing.
  const hasMail = report.folders.length > 0 || report.items === undefined;
  // Whatever a subject may contain, the page can run nothing and fetch nothing: only this very style is allowed.
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`;
  const style: Markup = { markup: `<style>${reportStyle}</style>` };
  return html`<!doctype html>
    <html lang="${context.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${words.title} – ${words.outcome[report.outcome]}</title>
        ${style}
      </head>
      <body>
        <header>
          <p class="product">${foreign(report.product.name)}</p>
          <h1>${words.title}</h1>
        </header>
        <main>
          ${renderOutcome(report, context)}${renderFacts(report, context)}${
            hasMail ? html`${renderSummary(report, context)}${renderFolders(report, context)}` : nothing
          }${renderItems(report, context)}${renderExceptions(report, context)}${renderChanges(report, context)}${renderProof(report, context)}${renderRuns(
            report,
            context,
          )}
        </main>
        <footer><p>${words.footer}</p></footer>
      </body>
    </html> `.markup;
}

function renderOutcome(report: MigrationReport, context: RenderContext): Markup {
  const { words, language } = context;
  const { outcome } = report;
  const leftOut = report.folders.filter(folder => !folder.chosen).map(folder => displayPath(folder.path));
  const leftOutItems = leftOutKinds(report, language);
  return html`<div class="outcome ${outcome}">
    <p class="verdict">${words.outcome[outcome]}</p>
    <p class="sentence">${sayOutcome(report, language)}</p>
    ${leftOut.length === 0 ? nothing : html`<p>${foreign(words.leftOut(formatList(leftOut, language), leftOut.length))}</p> `}
    ${leftOutItems.length === 0 ? nothing : html`<p>${words.leftOutItems(formatList(leftOutItems, language))}</p> `}
    <p>${words.untouched}</p>
  </div> `;
}

function renderFacts(report: MigrationReport, context: RenderContext): Markup {
  const { words, language } = context;
  const { facts } = words;
  const fact = (label: string, value: Markup | string) =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div> `;
  const account = (name: string) => foreign(accountLabel(name, language));
  return html`<h2>${facts.heading}</h2>
    <dl class="facts">
      ${report.sources.map(source => fact(facts.source, account(source)))}${fact(
        facts.target,
        report.target === null ? facts.noTarget : account(report.target),
      )}${fact(facts.archive, html`${foreign(report.archive.name)} (${facts.mailFormat[report.archive.mailFormat]})`)}${fact(
        facts.created,
        `${context.dateTime(report.created)} (${facts.zone(context.timeZone)})`,
      )}${fact(facts.product, foreign(`${report.product.name} ${report.product.version}`))}
    </dl> `;
}

function renderSummary(report: MigrationReport, context: RenderContext): Markup {
  const { words } = context;
  const { summary } = words;
  const names: readonly CountName[] =
    report.target === null
      ? ['found', 'stored', 'verified', 'setAside', 'missing', 'bytes']
      : ['found', 'stored', 'alreadyPresent', 'uploaded', 'verified', 'setAside', 'missing', 'bytes'];
  const row = (name: CountName) => {
    const { label, meaning } = summary.counts[name];
    const value = report.totals[name];
    const figure = name === 'bytes' && value !== null ? context.bytes(value) : context.countCell(value);
    const said = meaningOf(name, report, meaning, summary);
    return html`<tr>
      <th scope="row">${label}</th>
      <td class="number">${figure}</td>
      <td>${said}</td>
    </tr> `;
  };
  const { columns } = summary;
  return html`<h2>${summary.heading}</h2>
    ${table(
      'summary',
      summary.caption,
      html`${tableHead([{ label: columns.count }, { label: columns.figure, number: true }, { label: columns.meaning }])}
        <tbody>
          ${names.map(row)}
        </tbody>`,
    )}${renderSynthesised(report, context)}`;
}

/** A message that was put together from parts has no original to be identical to, and the page never says so. */
function meaningOf(
  name: CountName,
  { target, synthesised = 0 }: MigrationReport,
  meaning: string,
  summary: RenderContext['words']['summary'],
): string {
  if (name === 'verified' && target === null) return summary.verifiedInArchive;
  return name === 'stored' && synthesised > 0 ? summary.storedWithSynthesised : meaning;
}
