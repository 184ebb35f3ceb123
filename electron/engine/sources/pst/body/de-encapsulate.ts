import { damaged } from '../damage.ts';
import { decodeText, westernCodePage } from '../ltp/code-page.ts';
import { collectFonts } from './rtf-fonts.ts';
import { rtfTokens } from './rtf-tokens.ts';

export interface RtfContent {
  /** What the RTF was made from: HTML and plain text can be taken out again as they were; `rtf` is RTF's own. */
  readonly origin: 'html' | 'text' | 'rtf';
  /** HTML for `html`, otherwise plain text. Lines end in CRLF. */
  readonly text: string;
}

/** Group state ([MS-OXRTFEX] 2.2: \htmlrtf is inherited and restored like character formatting). */
interface GroupState {
  readonly destination: 'body' | 'html-tag' | 'fonts' | 'skipped';
  readonly rtfOnly: boolean;
  readonly font: number | null;
  /** Characters to skip after \u (RTF 1.9.1, \uc). */
  readonly fallback: number;
}

/** Destinations that hold no text of the message, beside everything marked \*. */
const skippedDestinations = new Set(
  (
    'colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ' +
    'footnote filetbl listtable listoverridetable revtbl rsidtbl xmlnstbl themedata datastore nonshppict'
  ).split(' '),
);

const words: Readonly<Record<string, readonly [text: string, html: string]>> = {
  par: ['\r\n', '\r\n'],
  line: ['\r\n', '\r\n'],
  row: ['\r\n', '\r\n'],
  sect: ['\r\n', '\r\n'],
  page: ['\r\n', '\r\n'],
  tab: ['\t', '\t'],
  cell: ['\t', '\t'],
  lquote: ['‘', '&lsquo;'],
  rquote: ['’', '&rsquo;'],
  ldblquote: ['“', '&ldquo;'],
  rdblquote: ['”', '&rdquo;'],
  bullet: ['•', '&bull;'],
  endash: ['–', '&ndash;'],
  emdash: ['—', '&mdash;'],
};
const symbols: Readonly<Record<string, readonly [text: string, html: string]>> = {
  '\\': ['\\', '\\'],
  '{': ['{', '{'],
  '}': ['}', '}'],
  '~': ['\u00a0', '&nbsp;'],
  _: ['\u2011', '&#8209;'],
  '-': ['\u00ad', '&shy;'],
};

const deepestGroup = 10_000;

/**
 * Takes the original HTML or text out of RTF that was made from it ([MS-OXRTFEX] 3.1.3), or the text out of any
 * other RTF. Throws damage (`rtf-malformed`) when it is no RTF or nests without end.
 *
 * @param otherwise code page of a document that names none
 */
export function deEncapsulate(rtf: Buffer, otherwise = westernCodePage): RtfContent {
  if (!rtf.subarray(0, 64).toString('latin1').trimStart().startsWith('{\\rtf')) throw damaged('rtf-malformed');
  const origin = originOf(rtf);
  const html = origin === 'html' ? 1 : 0;
  const fonts = collectFonts();
  const out: string[] = [];
  // Octets of a run of text, until it is known whole: a character may take several.
  const run = Buffer.alloc(rtf.length);
  let runBytes = 0;
  let octetsPage = otherwise;
  let documentPage = otherwise;
  let defaultFont: number | null = null;
  let state: GroupState = { destination: 'body', rtfOnly: false, font: null, fallback: 1 };
  const outer: GroupState[] = [];
  let skip = 0;
  /** Behind `{`: the next control word may name a destination. */
  let starred = false;

  const flush = (): void => {
    if (runBytes > 0) out.push(decodeText(run.subarray(0, runBytes), octetsPage, otherwise));
    runBytes = 0;
  };
  const visible = (): boolean =>
    state.destination === 'html-tag' || (state.destination === 'body' && !(html === 1 && state.rtfOnly));
  const emit = (text: string): void => {
    if (!visible()) return;
    flush();
    out.push(text);
  };
  const pageNow = (): number => {
    // Text inside HTMLTAG is in the document's code page ([MS-OXRTFEX] 2.1.3.1), whatever font surrounds it.
    const font = state.destination === 'html-tag' ? null : (state.font ?? defaultFont);
    return (font === null ? null : fonts.codePage(font)) ?? documentPage;
  };

  for (const token of rtfTokens(rtf)) {
    if (token.kind === 'open') {
      if (outer.length >= deepestGroup) throw damaged('rtf-malformed');
      outer.push(state);
      skip = 0;
      starred = false;
      continue;
    }
    if (token.kind === 'close') {
      state = outer.pop() ?? state;
      skip = 0;
      starred = false;
      continue;
    }
    if (token.kind === 'octet') {
      starred = false;
      if (skip > 0) {
        skip--;
      } else if (visible()) {
        const page = pageNow();
        if (page !== octetsPage) flush();
        octetsPage = page;
        run[runBytes++] = token.octet;
      }
      continue;
    }
    if (token.kind === 'symbol') {
      if (token.symbol === '*') {
        starred = true;
        continue;
      }
      const known = symbols[token.symbol];
      if (skip > 0) skip--;
      else if (known !== undefined) emit(known[state.destination === 'html-tag' ? 0 : html]);
      continue;
    }

    const { name, value } = token;
    const wasStarred = starred;
    starred = false;
    if (name === 'fonttbl') state = { ...state, destination: 'fonts' };
    else if (state.destination === 'fonts') fonts.define(name, value);
    else if (name === 'htmltag' && wasStarred) state = { ...state, destination: 'html-tag' };
    else if (wasStarred || skippedDestinations.has(name)) state = { ...state, destination: 'skipped' };
    else if (name === 'htmlrtf') state = { ...state, rtfOnly: value !== 0 };
    else if (name === 'ansicpg') documentPage = value !== null && value > 0 ? value : otherwise;
    else if (name === 'deff') defaultFont = value;
    else if (name === 'f') state = { ...state, font: value };
    else if (name === 'plain') state = { ...state, font: null };
    else if (name === 'uc') state = { ...state, fallback: Math.min(Math.max(value ?? 1, 0), 16) };
    else if (name === 'u') {
      emit(String.fromCharCode((value ?? 0x3f) & 0xffff));
      skip = state.fallback;
    } else {
      const known = words[name];
      if (known !== undefined) emit(known[state.destination === 'html-tag' ? 0 : html]);
    }
  }
  flush();
  return { origin, text: out.join('').toWellFormed() };
}

/** [MS-OXRTFEX] 3.1.3.1: the mark stands in the first ten tokens or so, before any text. */
function originOf(rtf: Buffer): RtfContent['origin'] {
  let seen = 0;
  for (const token of rtfTokens(rtf)) {
    if (token.kind === 'word' && token.name === 'fromhtml') return 'html';
    if (token.kind === 'word' && token.name === 'fromtext') return 'text';
    if (++seen > 40) break;
  }
  return 'rtf';
}
