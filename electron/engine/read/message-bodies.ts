import { convert } from 'html-to-text';
import type { MessageView, ReadingProblem } from '../../../shared/model/message-view.ts';
import { htmlText } from '../search/html-text.ts';
import { decodeText } from './decode-text.ts';
import type { OpenedPart } from './opened-part.ts';
import { contentOf } from './opened-part.ts';
import { readingLimits } from './reading-limits.ts';

export interface MessageBodies extends Pick<MessageView, 'text' | 'html'> {
  /** The parts that are the text, or another form of it: not to be listed as attachments. */
  readonly used: ReadonlySet<OpenedPart>;
}

/** A part of the text, decoded. */
interface Piece {
  readonly isHtml: boolean;
  readonly text: string;
}

/** What is shown as text and what as HTML: the pieces in order, each in the form at hand. */
interface Rendering {
  readonly text: readonly Piece[];
  readonly html: readonly Piece[];
}

const nothing: Rendering = { text: [], html: [] };

/** Forms of the same text that no reader here shows; as attachments they would only puzzle. */
const otherForms = new Set(['text/x-amp-html', 'text/watch-html', 'text/enriched', 'text/richtext']);

/** The text of a message, of all its text parts in order, plain and as HTML where any of it is. */
export function messageBodies(root: OpenedPart, problems: Set<ReadingProblem>): MessageBodies {
  const used = new Set<OpenedPart>();
  const rendered = render(root, { used, problems, isWhole: true });
  const own = rendered.text.length > 0 ? rendered : nothing;
  const outlook = winmailBody(root);
  const text = hasWords(own.text) ? own.text : (outlook?.text ?? own.text);
  const html = own.html.some(({ isHtml }) => isHtml) ? own.html : (outlook?.html ?? []);
  return { text: asText(text, problems), html: asHtml(html, problems), used };
}

interface Rendered {
  readonly used: Set<OpenedPart>;
  readonly problems: Set<ReadingProblem>;
  readonly isWhole: boolean;
}

function render(opened: OpenedPart, context: Rendered): Rendering {
  const { part, children, inside } = opened;
  const within = { ...context, isWhole: false };
  if (inside === 'entity') return joined(children.map(child => render(child, context)));
  if (part.type === 'multipart/alternative') return renderAlternative(children, within);
  if (part.type.startsWith('multipart/')) return joined(children.map(child => render(child, within)));
  if (!isBody(opened, context.isWhole)) return nothing;
  context.used.add(opened);
  const piece = pieceOf(opened, context.problems);
  return { text: [piece], html: [piece] };
}

/** RFC 2046 section 5.1.4: the same in several forms. The plain one is the text, unless it holds no words. */
function renderAlternative(children: readonly OpenedPart[], context: Rendered): Rendering {
  const forms = children.map(child => {
    if (otherForms.has(child.part.type)) context.used.add(child);
    return render(child, context);
  });
  const filled = forms.filter(({ text }) => text.length > 0);
  const isPlain = ({ text }: Rendering): boolean => text.every(({ isHtml }) => !isHtml) && hasWords(text);
  const best = filled.findLast(({ html }) => html.some(({ isHtml }) => isHtml)) ?? filled[0] ?? nothing;
  return { text: (filled.find(isPlain) ?? best).text, html: best.html };
}

function joined(renderings: readonly Rendering[]): Rendering {
  return { text: renderings.flatMap(({ text }) => text), html: renderings.flatMap(({ html }) => html) };
}

function isBody({ part: { type, disposition, name } }: OpenedPart, isWhole: boolean): boolean {
  if ((type !== 'text/plain' && type !== 'text/html') || disposition === 'attachment') return false;
  return isWhole || name === '' || disposition === 'inline';
}

/** No character takes more octets, and base64 a third more. */
const octetsPerCharacter = 6;

function pieceOf(opened: OpenedPart, problems: Set<ReadingProblem>): Piece {
  const { part } = opened;
  const isHtml = part.type === 'text/html';
  const limit = (isHtml ? readingLimits.htmlCharacters : readingLimits.textCharacters) * octetsPerCharacter;
  const isCut = part.body.length > limit;
  const octets = contentOf(isCut ? { ...opened, part: { ...part, body: part.body.subarray(0, limit) } } : opened);
  const { text, guessed } = decodeText(octets, part.charset);
  if (guessed) problems.add('charset-unknown');
  if (isCut) problems.add('cut');
  return { isHtml, text };
}

function winmailBody(opened: OpenedPart): Rendering | null {
  if (opened.body !== null) {
    const { text, html } = opened.body;
    const pieces = (value: string | null, isHtml: boolean): Piece[] =>
      value === null ? [] : [{ isHtml, text: value }];
    const plain = pieces(text, false);
    return { text: plain.length > 0 ? plain : pieces(html, true), html: pieces(html, true) };
  }
  for (const child of opened.children) {
    const found = winmailBody(child);
    if (found !== null) return found;
  }
  return null;
}

function hasWords(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function asText(pieces: readonly Piece[], problems: Set<ReadingProblem>): MessageView['text'] {
  if (pieces.length === 0) return null;
  const whole = pieces.map(({ isHtml, text }) => (isHtml ? textOfHtml(text) : text)).join('\n');
  return cutAt(whole.replaceAll('\r\n', '\n'), readingLimits.textCharacters, problems);
}

/** A plain piece beside HTML, such as the footer of a mailing list, is shown within it. */
function asHtml(pieces: readonly Piece[], problems: Set<ReadingProblem>): MessageView['html'] {
  if (!pieces.some(({ isHtml }) => isHtml)) return null;
  const whole = pieces.map(({ isHtml, text }) => (isHtml ? text : `<hr><pre>${escaped(text)}</pre>`)).join('\n');
  return cutAt(whole, readingLimits.htmlCharacters, problems);
}

function cutAt(whole: string, limit: number, problems: Set<ReadingProblem>): { body: string; cut: boolean } {
  const cut = whole.length > limit;
  if (cut) problems.add('cut');
  return { body: (cut ? whole.slice(0, limit) : whole).toWellFormed(), cut };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function textOfHtml(html: string): string {
  // The library builds a tree: a second a million characters, and the square of its depth. Words without form will do.
  if (html.length > readingLimits.textCharacters || isNestedWithoutEnd(html)) return htmlText(html);
  const text = convert(html, {
    wordwrap: false,
    limits: { maxDepth: 200 },
    selectors: [
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
      // Most tables are there for the layout: a line for each row, and the cells apart.
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
      { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
      // The address that a link leads to, in sight: the text form is where nobody is deceived.
      { selector: 'a', options: { ignoreHref: false, hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    ],
  });
  return text.replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}

/** Elements that are within nothing of their own kind: they have no end, or the next one ends them. */
const shallow = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li td th tr dt dd option optgroup thead tbody tfoot colgroup'
  ).split(' '),
);
const deepest = 5000;

function isNestedWithoutEnd(html: string): boolean {
  let open = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (shallow.has(name.toLowerCase())) continue;
    open = slash === '/' ? Math.max(0, open - 1) : open + 1;
    if (open > deepest) return true;
  }
  return false;
}
