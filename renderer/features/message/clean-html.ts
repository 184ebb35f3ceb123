import createDOMPurify from 'dompurify';
import type { InlineImage } from '../../../shared/model/message-view.ts';
import { cleanDeclarations, cleanSheet } from './clean-style.ts';

/** A link as the message has it; what it really is says `judgeLink`. */
export interface FoundLink {
  readonly raw: string;
  readonly text: string;
}

export interface CleanHtml {
  /** What may stand in the head: style sheets. */
  readonly head: string;
  readonly body: string;
  /** In the order of their marks: the first is `[1]`. */
  readonly links: readonly FoundLink[];
  /** Pictures and other things that the message wanted to fetch. None was. */
  readonly blocked: number;
}

/** More than this cannot be a list that anybody reads. */
export const mostLinks = 500;

const tags = (
  'html head body style a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup ' +
  'dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ' +
  'nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ');

/** None of them names anything outside the message, but `href` and `src`, which the hooks take out or replace. */
const attributes = (
  'align alt bgcolor border cellpadding cellspacing class color cols colspan dir face height href hspace lang nowrap ' +
  'noshade open reversed rows rowspan rules scope size span src start style summary title type valign value vspace width'
).split(' ');

/** What an attribute was for that a browser would have fetched at once. */
const fetching = new Set(['src', 'srcset', 'background', 'poster', 'data', 'lowsrc', 'dynsrc', 'xlink:href']);

const ownPicture = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]*$/i;

/**
 * Takes out of a message's HTML all that could run, fetch, send or imitate: an allowed list of elements and attributes,
 * style without addresses, pictures only from within the message, links as text with a number.
 *
 * @param bench an empty document's window, of our origin and without scripts, in which the HTML is taken apart. The
 *   screen's own would be wrong: its policy forbids inline style, and the browser would report every `style` it meets.
 */
export function cleanHtml(html: string, images: readonly InlineImage[], bench: Window & typeof globalThis): CleanHtml {
  const hrefs = new Map<Node, string>();
  let blocked = 0;
  const purifier = createDOMPurify(bench);

  purifier.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style') node.textContent = cleanSheet(node.textContent ?? '', bench.CSSStyleSheet);
  });
  purifier.addHook('uponSanitizeAttribute', (node, data) => {
    switch (data.attrName) {
      case 'href':
        if (node.nodeName === 'A') hrefs.set(node, data.attrValue);
        data.keepAttr = false;
        break;
      case 'style': {
        const before = data.attrValue;
        data.attrValue = 'style' in node ? cleanDeclarations((node as HTMLElement).style) : '';
        if (/url\s*\(/i.test(before) && !/url\s*\(\s*["']?data:/i.test(before)) blocked += 1;
        data.keepAttr = data.attrValue !== '';
        break;
      }
      case 'src': {
        const picture = node.nodeName === 'IMG' ? pictureOf(data.attrValue, images) : null;
        if (picture === null) blocked += 1;
        else data.attrValue = picture;
        data.keepAttr = picture !== null;
        break;
      }
      default:
        if (fetching.has(data.attrName)) blocked += 1;
    }
  });

  const cleaned = purifier.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: attributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    WHOLE_DOCUMENT: true,
    RETURN_DOM: true,
  }) as HTMLElement;
  const links = numberLinks(cleaned, hrefs);
  for (const image of cleaned.querySelectorAll('img:not([src])')) image.replaceWith(image.getAttribute('alt') ?? '');
  return {
    head: [...cleaned.querySelectorAll('head > style')].map(style => style.outerHTML).join('\n'),
    body: cleaned.querySelector('body')?.outerHTML ?? '',
    links,
    blocked,
  };
}

/** What a picture of the message is shown from; null for one that would have to be fetched. */
function pictureOf(src: string, images: readonly InlineImage[]): string | null {
  if (ownPicture.test(src)) return src;
  if (!/^cid:/i.test(src)) return null;
  const id = decoded(src.slice('cid:'.length));
  const found = images.find(image => image.contentId === id);
  return found === undefined ? null : `data:${found.type};base64,${found.data}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Each link becomes its text and a number: nothing in the frame can be followed, by mistake or by design. */
function numberLinks(root: Element, hrefs: ReadonlyMap<Node, string>): readonly FoundLink[] {
  const links: FoundLink[] = [];
  for (const anchor of root.querySelectorAll('a')) {
    const raw = hrefs.get(anchor);
    const text = textOf(anchor);
    const { ownerDocument } = anchor;
    const inert = ownerDocument.createElement('span');
    inert.append(...anchor.childNodes);
    if (raw !== undefined && links.length < mostLinks) {
      links.push({ raw, text });
      inert.className = 'travaso-link';
      const mark = ownerDocument.createElement('sup');
      mark.className = 'travaso-mark';
      mark.textContent = `[${links.length}]`;
      inert.append(mark);
    }
    anchor.replaceWith(inert);
  }
  return links;
}

function textOf(anchor: Element): string {
  const own = anchor.textContent.replace(/\s+/g, ' ').trim();
  return own !== '' ? own : (anchor.querySelector('img[alt]')?.getAttribute('alt') ?? '').trim();
}
