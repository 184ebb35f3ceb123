import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport, ReportRun } from '../../../shared/model/report.ts';
import { formatDuration } from '../../../shared/words/format.ts';
import type { RenderContext } from './render-context.ts';
import { table, tableHead } from './render-html-table.ts';
import { foreign, html, nothing, type Markup } from './render-markup.ts';

/** What the new mailbox could not take over as it was. */
export function renderChanges(report: MigrationReport, context: RenderContext): Markup {
  const words = context.words.changes;
  const renamed = report.renamedFolders.map(
    ({ path, targetName, reason }) =>
      html`<tr>
        <th scope="row">${foreign(displayPath(path))}</th>
        <td>${foreign(targetName)}</td>
        <td>${words.reasons[reason]}</td>
      </tr> `,
  );
  const keywords = report.lostKeywords.map(
    ({ keyword, folder, messages }) =>
      html`<tr>
        <th scope="row">${foreign(keyword)}</th>
        <td>${foreign(displayPath(folder))}</td>
        <td class="number">${context.number(messages)}</td>
      </tr> `,
  );
  return html`${
    renamed.length === 0
      ? nothing
      : html`<h2>${words.renamedHeading}</h2>
          ${table(
            'renamed',
            words.renamedCaption,
            html`${tableHead([{ label: words.trueName }, { label: words.newName }, { label: words.why }])}
              <tbody>
                ${renamed}
              </tbody>`,
          )}`
  }${
    keywords.length === 0
      ? nothing
      : html`<h2>${words.keywordsHeading}</h2>
          ${table(
            'keywords',
            words.keywordsCaption,
            html`${tableHead([{ label: words.keyword }, { label: context.words.folders.folder }, { label: words.messages, number: true }])}
              <tbody>
                ${keywords}
              </tbody>`,
          )}`
  }`;
}

/** How it was proved, and how anyone can prove it again without us. */
export function renderProof(report: MigrationReport, context: RenderContext): Markup {
  const words = context.words.proof;
  return html`<h2>${words.heading}</h2>
    ${renderVerification(report, context)}${renderArchiveCheck(report, context)}
    <h2>${words.againHeading}</h2>
    ${renderAgain(report, context)}`;
}

function renderVerification({ verification, synthesised = 0 }: MigrationReport, context: RenderContext): Markup {
  const words = context.words.proof;
  if (verification === null) return html`<p>${words.notYet}</p> `;
  const { byOctets, byParts, of, finished } = verification;
  // What was put together has no original that it could be equal to.
  const sentence = synthesised === 0 ? 'byOctets' : 'byOctetsOfArchive';
  const sentences = [
    byOctets === 0 ? null : words[sentence](context.number(byOctets), byOctets === 1, of === 'target'),
    synthesised === 0 ? null : words.putTogether(context.number(synthesised), synthesised === 1),
    byParts === 0 ? null : words.byParts(context.number(byParts), byParts === 1),
    words.finished(context.dateTime(finished)),
  ].filter(sentence => sentence !== null);
  return html`${sentences.map(sentence => html`<p>${sentence}</p> `)}`;
}

function renderArchiveCheck({ archiveCheck }: MigrationReport, context: RenderContext): Markup {
  if (archiveCheck === undefined) return nothing;
  const words = context.words.proof;
  const { finished, verified, problems } = archiveCheck;
  const when = context.dateTime(finished);
  const messages = verified === 0 ? null : context.number(verified);
  const said = problems > 0 ? words.archiveUnsound(when) : words.archiveSound(when, messages, verified === 1);
  return html`<p>${said}</p> `;
}

function renderAgain({ archive }: MigrationReport, { words }: RenderContext): Markup {
  const { steps, againIntroduction, sealMissing, seal } = words.proof;
  if (archive.sealed === null) return html`<p>${sealMissing}</p> `;
  const { manifest, sha256 } = archive.sealed;
  const step = (text: string, command: string) => html`<li>${text} <code class="command">${command}</code></li> `;
  return html`<p>${againIntroduction}</p>
    <ul class="commands">
      ${step(steps.travaso, 'travaso verify --archive .')}${step(steps.bagit, 'bagit.py --validate .')}${step(
        steps.everyFile,
        `sha256sum -c ${manifest}`,
      )}
    </ul>
    <p>${steps.manifestItself} <code class="command">sha256sum ${manifest}</code></p>
    <p>${steps.onWindows} <code class="command">certutil -hashfile ${manifest} SHA256</code></p>
    <p class="seal">${seal} (<bdi>${manifest}</bdi>):<br /><code>${sha256}</code></p> `;
}

function kindOf({ kind, restore }: ReportRun, context: RenderContext): Markup {
  const words = context.words.runs;
  if (restore === undefined || kind === 'backup') return html`${words.kinds[kind]}`;
  const { under, query, found, setAside } = restore;
  const told = [
    words.restored(context.number(found)),
    ...(under.length === 0 ? [] : [words.under(under.join('/'))]),
    ...(query === null ? [] : [words.query(query)]),
    ...(setAside === 0 ? [] : [words.setAside(context.number(setAside))]),
  ];
  return html`${words.restores[kind]}<br /><small><bdi>${told.join(' · ')}</bdi></small>`;
}

export function renderRuns(report: MigrationReport, context: RenderContext): Markup {
  if (report.runs.length === 0) return nothing;
  const words = context.words.runs;
  const head = tableHead([
    { label: words.kind },
    { label: words.started },
    { label: words.finished },
    { label: words.status },
    { label: words.messages, number: true },
    { label: words.bytes, number: true },
    { label: words.seconds, number: true },
  ]);
  const rows = report.runs.map(
    run =>
      html`<tr>
        <th scope="row">${kindOf(run, context)}</th>
        <td>${context.dateTime(run.started)}</td>
        <td>${run.finished === null ? words.notFinished : context.dateTime(run.finished)}</td>
        <td>${words.statuses[run.status]}</td>
        <td class="number">${context.number(run.messages)}</td>
        <td class="number">${context.bytes(run.bytes)}</td>
        <td class="number">${formatDuration(run.seconds, context.language)}</td>
      </tr> `,
  );
  return html`<h2>${words.heading}</h2>
    ${table(
      'runs',
      words.caption,
      html`${head}
        <tbody>
          ${rows}
        </tbody>`,
    )}`;
}
