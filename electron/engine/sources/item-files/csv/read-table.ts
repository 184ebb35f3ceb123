import { isAscii, isUtf8 } from 'node:buffer';
import papa from 'papaparse';
import { charsetText } from '../../../search/mime/charset-text.ts';

/** One line of a table; a cell may hold line breaks, so that it can be several of the file's. */
export interface TableRow {
  readonly cells: readonly string[];
  /** Of its first line in the file, from 1. */
  readonly line: number;
  /** As it stands in the file. */
  readonly raw: string;
  /** Its quotation marks do not close, or it lies behind a row whose did not and has another number of cells. */
  readonly broken: boolean;
}

export interface Table {
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
  readonly delimiter: string;
  readonly headings: readonly string[];
  /** The row of headings as it stands in the file. */
  readonly rawHeadings: string;
  readonly rows: readonly TableRow[];
}

const delimiters = [',', ';', '\t', '|'];
/** Beyond so many rows with open quotation marks, the rest of the file is one. */
const mostRestarts = 1000;

/** Excel tells itself the delimiter in a line before the headings. */
const toldDelimiter = /^sep=(.)\r?\n/i;

/**
 * Reads a text with rows and cells (RFC 4180), whatever divides the cells.
 *
 * @param understood how many of these headings mean something: the delimiter is the one by which most of them do
 */
export function readTable(octets: Buffer, wide: boolean, understood: (headings: readonly string[]) => number): Table {
  const text = charsetText(octets, null).replace(/^\uFEFF/, '');
  const told = toldDelimiter.exec(text);
  const start = told?.[0].length ?? 0;
  const delimiter = told?.[1] ?? findDelimiter(text, understood);
  const rows = readRows(text, { delimiter, start, line: told === null ? 1 : 2 });
  const [head, ...rest] = rows;
  return {
    encoding: wide ? 'UTF-16' : isAscii(octets) || isUtf8(octets) ? 'UTF-8' : 'Windows-1252',
    delimiter,
    headings: head?.cells.map(cell => cell.trim()) ?? [],
    rawHeadings: head?.raw ?? '',
    rows: markBroken(rest, head?.cells.length ?? 0),
  };
}

/** The headings of a text by the delimiter that makes most of them; for a beginning that may be cut off. */
export function readHeadings(text: string, understood: (headings: readonly string[]) => number): readonly string[] {
  const told = toldDelimiter.exec(text);
  const rest = text.replace(/^\uFEFF/, '').slice(told?.[0].length ?? 0);
  return firstRow(rest, told?.[1] ?? findDelimiter(rest, understood));
}

function findDelimiter(text: string, understood: (headings: readonly string[]) => number): string {
  const tried = delimiters.map(delimiter => {
    const headings = firstRow(text, delimiter);
    return { delimiter, meant: understood(headings), cells: headings.length };
  });
  const [best] = tried.sort((a, b) => b.meant - a.meant || b.cells - a.cells);
  return best?.delimiter ?? ',';
}

function firstRow(text: string, delimiter: string): readonly string[] {
  const [row = []] = papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
  return row.map(cell => cell.trim());
}

/** A row whose quotation marks never close swallows the rest: it ends with its line, and the next begins anew. */
function readRows(
  text: string,
  { delimiter, start, line: firstLine }: { readonly delimiter: string; readonly start: number; readonly line: number },
): readonly TableRow[] {
  const rows: TableRow[] = [];
  let line = firstLine;
  let at = start;
  for (let restarts = 0; at < text.length; restarts += 1) {
    const rest = text.slice(at);
    let seen = 0;
    let stopped = false as boolean;
    papa.parse<string[]>(rest, {
      delimiter,
      step: ({ data, errors, meta }, parser) => {
        const isBroken = errors.some(({ type }) => type === 'Quotes');
        let raw = rest.slice(seen, meta.cursor);
        if (isBroken && restarts < mostRestarts) {
          raw = /^.*(?:\r?\n|$)/.exec(raw)?.[0] ?? raw;
          stopped = true;
          parser.abort();
        }
        if (data.some(cell => cell.trim() !== '')) rows.push({ cells: data, line, raw, broken: isBroken });
        seen += raw.length;
        line += raw.split('\n').length - 1;
      },
    });
    at += seen;
    if (!stopped || seen === 0) break;
  }
  return rows;
}

function markBroken(rows: readonly TableRow[], cells: number): readonly TableRow[] {
  let doubtful = false;
  return rows.map(row => {
    doubtful = row.broken || (doubtful && row.cells.length !== cells);
    return doubtful ? { ...row, broken: true } : row;
  });
}
