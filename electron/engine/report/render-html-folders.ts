import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport, ReportDifference, ReportFolder } from '../../../shared/model/report.ts';
import { errorCodes, type ErrorCode } from '../../../shared/errors.ts';
import { explain } from '../../../shared/words/explain.ts';
import type { CountName } from '../../../shared/words/report/report-words.ts';
import type { RenderContext } from './render-context.ts';
import { table, tableHead } from './render-html-table.ts';
import { foreign, html, nothing, type Markup } from './render-markup.ts';

/** One row a folder; what does not match is explained under the folder's name, in the same row. */
export function renderFolders(report: MigrationReport, context: RenderContext): Markup {
  const { words } = context;
  const columns: readonly CountName[] =
    report.target === null
      ? ['found', 'stored', 'verified', 'setAside', 'bytes']
      : ['found', 'stored', 'uploaded', 'verified', 'setAside', 'bytes'];
  const cells = (counts: Readonly<Record<CountName, number | null>>) =>
    columns.map(name => html`<td class="number">${cell(name, counts[name], context)}</td>`);
  const content = html`${tableHead([
      { label: words.folders.folder },
      ...columns.map(name => ({ label: words.summary.counts[name].label, number: true as const })),
    ])}
    <tbody>
      ${report.folders.map(
        folder =>
          html`<tr class="${folder.chosen ? 'chosen' : 'left-out'}">
            <th scope="row">
              ${foreign(displayPath(folder.path))}${renderRole(folder, context)}${renderDifferences(folder, context)}
            </th>
            ${cells(folder)}
          </tr> `,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">${words.folders.total}</th>
        ${cells(report.totals)}
      </tr>
    </tfoot>`;
  return html`<h2>${words.folders.heading}</h2>
    ${table('folders', words.folders.caption, content)}`;
}

function cell(name: CountName, value: number | null, context: RenderContext): Markup {
  return name === 'bytes' && value !== null ? html`${context.bytes(value)}` : context.countCell(value);
}

function renderDifferences(folder: ReportFolder, context: RenderContext): Markup {
  const { words } = context;
  if (!folder.chosen)
    return html`<ul class="differences">
      <li>${words.folders.notChosen}</li>
    </ul>`;
  const differences = folder.differences.filter(({ count }) => count > 0);
  if (differences.length > 0) {
    return html`<ul class="differences">
      ${differences.map(difference => html`<li>${describe(difference, context)}</li>`)}
    </ul>`;
  }
  return matches(folder)
    ? nothing
    : html`<ul class="differences">
        <li>${words.folders.unexplained}</li>
      </ul>`;
}

function describe({ code, count }: ReportDifference, context: RenderContext): Markup {
  const { words, language } = context;
  const how = words.folders.messages(context.number(count), count === 1);
  const phrase = words.folders.differences[code]?.[count === 1 ? 0 : 1];
  if (!isErrorCode(code)) return html`${how}: ${phrase ?? ''}.`;
  const deskCode = html`<span class="code">(${errorCodes[code].desk})</span>`;
  if (phrase !== undefined) return html`${how}: ${phrase} ${deskCode}.`;
  return html`${how} ${deskCode}: ${explain({ code, details: {} }, language).happened}`;
}

/** "Bozze · bozze" says nothing; "INBOX · posta in arrivo" does. */
function renderRole({ path, role }: ReportFolder, { words }: RenderContext): Markup {
  if (role === null) return nothing;
  const label = words.folders.roles[role];
  return path.at(-1)?.toLowerCase() === label ? nothing : html` <span class="role">${label}</span>`;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

/** Counts of phases that have run are equal; a phase that has not run says nothing yet. */
function matches({ found, stored, verified, setAside, missing }: ReportFolder): boolean {
  const counted = [found, stored, verified].filter(count => count !== null);
  return new Set(counted).size <= 1 && (setAside ?? 0) === 0 && (missing ?? 0) === 0;
}
