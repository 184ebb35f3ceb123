import { errorCodes } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { MigrationReport, ReportException } from '../../../shared/model/report.ts';
import { explain, type Explanation } from '../../../shared/words/explain.ts';
import type { RenderContext } from './render-context.ts';
import { table, tableHead } from './render-html-table.ts';
import { foreign, html, nothing, type Markup } from './render-markup.ts';

type Message = NonNullable<ReportException['message']>;

interface Group {
  readonly explanation: Explanation;
  readonly phase: ReportException['phase'];
  readonly exceptions: ReportException[];
}

/**
 * Every exception by name. Those of one kind in one folder are explained once, above the list of their messages: five thousand messages over a size limit are one fact, not five thousand paragraphs.
 */
export function renderExceptions(report: MigrationReport, context: RenderContext): Markup {
  const { words } = context;
  const groups = groupExceptions(report.exceptions, context);
  const isNote = ({ explanation }: Group) => errorCodes[explanation.code].exit === 0;
  const open = groups.filter(group => !isNote(group));
  const notes = groups.filter(isNote);
  const nothingOpen = report.outcome === 'complete' ? html`<p>${words.exceptions.none}</p>` : nothing;
  return html`${
    open.length === 0 && report.outcome !== 'complete'
      ? nothing
      : html`<h2>${words.exceptions.heading}</h2>
          ${open.length === 0 ? nothingOpen : open.map((group, index) => renderGroup(group, `open-${index + 1}`, context))}`
  }${
    notes.length === 0
      ? nothing
      : html`<h2>${words.exceptions.notes}</h2>
          ${notes.map((group, index) => renderGroup(group, `note-${index + 1}`, context))}`
  }`;
}

/** By code, phase and folder; what differs from message to message, such as a size, is left out of the sentences. */
function groupExceptions(exceptions: readonly ReportException[], { language }: RenderContext): readonly Group[] {
  const groups = new Map<string, ReportException[]>();
  for (const exception of exceptions) {
    const key = JSON.stringify([exception.problem.code, exception.phase, exception.folder]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [exception]);
    else group.push(exception);
  }
  return [...groups.values()].flatMap(members => {
    const [first] = members;
    if (first === undefined) return [];
    const { problem, phase, folder } = first;
    const shared = Object.entries(problem.details).filter(([name, value]) =>
      members.every(member => member.problem.details[name] === value),
    );
    const where = folder === null ? {} : { folder: displayPath(folder) };
    const details = { ...where, ...Object.fromEntries(shared) };
    return [{ explanation: explain({ code: problem.code, details }, language), phase, exceptions: members }];
  });
}

function renderGroup({ explanation, phase, exceptions }: Group, id: string, context: RenderContext): Markup {
  const words = context.words.exceptions;
  const messages = exceptions.flatMap(({ message }) => (message === null ? [] : [message]));
  const folder = exceptions[0]?.folder ?? null;
  return html`<section class="exception" aria-labelledby="${id}-heading">
    <h3 id="${id}-heading">${foreign(explanation.happened)}</h3>
    <p class="when">${explanation.deskCode}, ${words.phase[phase]}</p>
    <dl class="advice">
      <div>
        <dt>${words.safe}</dt>
        <dd>${foreign(explanation.safe)}</dd>
      </div>
      <div>
        <dt>${words.now}</dt>
        <dd>${foreign(explanation.now)}</dd>
      </div>
      <div>
        <dt>${words.desk}</dt>
        <dd>${foreign(explanation.desk)}</dd>
      </div>
    </dl>
    ${folder === null ? nothing : html`<p class="where">${context.words.folders.folder}: ${foreign(displayPath(folder))}</p>`}
    ${
      messages.length === 0
        ? nothing
        : table(
            `${id}-messages`,
            `${words.caption}: ${context.number(messages.length)}`,
            renderMessages(messages, context),
          )
    }${renderItems(exceptions, context)}
  </section> `;
}

/** Contacts, appointments and the like, by name, with what is particular to each. */
function renderItems(exceptions: readonly ReportException[], context: RenderContext): Markup {
  const items = exceptions.filter(({ message, problem }) => message === null && 'item' in problem.details);
  if (items.length === 0) return nothing;
  const lines = items.map(({ problem: { details } }) => {
    const particular = [details['fields'], details['reason']].flatMap(each =>
      each === undefined ? [] : [String(each)],
    );
    const name = orElse(String(details['name'] ?? ''), context.words.exceptions.unknown);
    return html`<li>${name}${particular.length === 0 ? nothing : html` (${foreign(particular.join(', '))})`}</li> `;
  });
  return html`<p>${context.words.items.concerned}: ${context.number(items.length)}</p>
    <ul>
      ${lines}
    </ul>`;
}

function renderMessages(messages: readonly Message[], context: RenderContext): Markup {
  const { columns, noSubject, unknown } = context.words.exceptions;
  const labels = [columns.message, columns.from, columns.date, columns.file];
  return html`${tableHead(labels.map(label => ({ label })))}
    <tbody>
      ${messages.map(message => {
        const { id, subject, from, date } = message;
        return html`<tr>
          <th scope="row">${orElse(subject, id === null ? unknown : noSubject)}</th>
          <td>${orElse(from, unknown)}</td>
          <td>${orElse(date === null ? null : context.dateTime(date), unknown)}</td>
          <td>${renderCopy(message, context)}</td>
        </tr> `;
      })}
    </tbody>`;
}

function renderCopy(message: Message, context: RenderContext): Markup {
  const words = context.words.exceptions;
  if (message.file === null && message.sha256 === null && message.id === null) return html`${words.notSaved}`;
  return html`${
    message.file === null ? '' : html`<a href="${relativeHref(message.file)}">${foreign(message.file)}</a>`
  }${message.id === null ? '' : html`<span class="detail">${words.archiveId} ${foreign(message.id)}</span>`}${
    message.sha256 === null ? '' : html`<span class="detail">${words.fingerprint} <code>${message.sha256}</code></span>`
  }`;
}

/** `./` in front: a file name such as `javascript:…` stays a file name. */
function relativeHref(file: string): string {
  return `./${file
    .toWellFormed()
    .split('/')
    .filter(segment => segment !== '..' && segment !== '.' && segment !== '')
    .map(encodeURIComponent)
    .join('/')}`;
}

function orElse(text: string | null, otherwise: string): Markup {
  return text === null || text.trim() === '' ? html`${otherwise}` : foreign(text);
}
