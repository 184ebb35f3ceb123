import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import type { RenderContext } from './render-context.ts';
import { table, tableHead } from './render-html-table.ts';
import { foreign, html, nothing, type Markup } from './render-markup.ts';

/** Contacts, calendars and the like: one row a folder. Nothing where the archive has none. */
export function renderItems({ items = [] }: MigrationReport, context: RenderContext): Markup {
  const { words } = context;
  if (items.length === 0) return nothing;
  const { columns, kinds } = words.items;
  const rows = items.map(
    ({ kind, path, found, stored, setAside, bytes }) =>
      html`<tr>
        <th scope="row">${foreign(displayPath(path))}</th>
        <td>${kinds[kind]}</td>
        <td class="number">${context.countCell(found)}</td>
        <td class="number">${context.number(stored)}</td>
        <td class="number">${context.number(setAside)}</td>
        <td class="number">${context.bytes(bytes)}</td>
      </tr> `,
  );
  return html`<h2>${words.items.heading}</h2>
    ${table(
      'items',
      words.items.caption,
      html`${tableHead([
          { label: words.folders.folder },
          { label: columns.kind },
          { label: columns.found, number: true },
          { label: columns.stored, number: true },
          { label: columns.setAside, number: true },
          { label: words.summary.counts.bytes.label, number: true },
        ])}
        <tbody>
          ${rows}
        </tbody>`,
    )}${renderCarried(items, context)}`;
}

const carriedColumns = ['uploaded', 'alreadyPresent', 'verified', 'setAside', 'differs', 'missing', 'byHand'] as const;

/** Once an upload came to any of them. */
function renderCarried(items: NonNullable<MigrationReport['items']>, context: RenderContext): Markup {
  const carried = items.filter(({ toCarry }) => toCarry !== undefined);
  if (carried.length === 0) return nothing;
  const { words } = context;
  const { caption, columns } = words.items.carried;
  const rows = carried.map(
    item =>
      html`<tr>
        <th scope="row">${foreign(displayPath(item.path))}</th>
        <td>${words.items.kinds[item.kind]}</td>
        ${carriedColumns.map(name => html`<td class="number">${context.countCell(item[name] ?? null)}</td> `)}
      </tr> `,
  );
  return table(
    'carried-items',
    caption,
    html`${tableHead([
        { label: words.folders.folder },
        { label: words.items.columns.kind },
        ...carriedColumns.map(name => ({ label: columns[name], number: true as const })),
      ])}
      <tbody>
        ${rows}
      </tbody>`,
  );
}

/** Messages whose octets were never anywhere before, and so are equal to no original. */
export function renderSynthesised({ synthesised = 0 }: MigrationReport, context: RenderContext): Markup {
  if (synthesised === 0) return nothing;
  return html`<p>${context.words.items.synthesised(context.number(synthesised), synthesised === 1)}</p> `;
}
