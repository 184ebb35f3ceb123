import { TravasoError } from '../../../../shared/errors.ts';
import type { OpenFile, TreeFile } from '../files/file-tree.ts';
import { octetsOf } from '../files/file-tree.ts';
import { rawLines } from '../../message/raw-lines.ts';

/** UTF-16 is turned round in memory; nobody has an address book of this size in it. */
const largestUtf16 = 128 * 1024 * 1024;

/** By the octets a text begins with, where it says so (Unicode 2.13); null for one octet a character, or UTF-8. */
export type WideEncoding = 'UTF-16LE' | 'UTF-16BE';

/** A file of text whose octets are UTF-8 or of one octet a character. */
export interface TextFile extends OpenFile {
  readonly size: number;
  /** Where the text begins: behind the mark that says it is UTF-8. */
  readonly start: number;
  /** What it was turned into UTF-8 from; null where it was not. */
  readonly wide: WideEncoding | null;
}

/** Excel and Outlook write UTF-16 with its mark; a text that begins with a letter and has none has a zero beside it. */
export function wideEncoding(head: Buffer): WideEncoding | null {
  const [first = 1, second = 1] = head;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && head[3] === 0)) return 'UTF-16LE';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && head[2] === 0)) return 'UTF-16BE';
  return null;
}

/** The beginning of a text as latin1 characters, which is enough to see what kind of text it is. */
export function narrowHead(head: Buffer): Buffer {
  const wide = wideEncoding(head);
  const narrow = wide === null ? head : toUtf8(head, wide);
  return narrow.subarray(markLength(narrow));
}

export async function openTextFile(file: TreeFile): Promise<TextFile> {
  const opened = await file.open();
  const head = await opened.read(0, Math.min(4, file.size));
  const wide = wideEncoding(head);
  if (wide === null) return { ...opened, size: file.size, start: markLength(head), wide };
  if (file.size > largestUtf16) {
    await opened.close();
    throw new TravasoError('FILE_UNREADABLE', { file: file.path.join('/'), reason: 'too-large' });
  }
  const octets = toUtf8(await opened.read(0, file.size), wide);
  return {
    ...opened,
    randomAccess: true,
    read: (position, length) => Promise.resolve(octets.subarray(position, position + length)),
    size: octets.length,
    start: markLength(octets),
    wide,
  };
}

/** A line with its place in the file. */
export interface TextLine {
  /** With its end. */
  readonly octets: Buffer;
  /** Without its end, as latin1 characters. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly number: number;
}

export async function* textLines(file: TextFile): AsyncGenerator<TextLine, void, void> {
  let start = file.start;
  let number = 0;
  for await (const { text, end } of rawLines(octetsOf(file, file.start, file.size))) {
    const octets = end.length === 0 ? text : Buffer.concat([text, end]);
    number += 1;
    yield { octets, text: text.toString('latin1'), start, end: start + octets.length, number };
    start += octets.length;
  }
}

function markLength(octets: Buffer): number {
  return octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
}

function toUtf8(octets: Buffer, wide: WideEncoding): Buffer {
  const even = octets.subarray(0, octets.length - (octets.length % 2));
  return Buffer.from((wide === 'UTF-16LE' ? even : Buffer.from(even).swap16()).toString('utf16le'), 'utf8');
}
