import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { limits } from '../limits.ts';
import type { DocumentKind } from './document-kind.ts';

/** Members of the ZIP that hold text people wrote. */
const members: Readonly<Record<Exclude<DocumentKind, 'pdf'>, RegExp>> = {
  docx: /^word\/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml$/,
  xlsx: /^xl\/(sharedStrings|worksheets\/sheet\d+|comments\d*)\.xml$/,
  pptx: /^ppt\/(slides\/slide\d+|notesSlides\/notesSlide\d+)\.xml$/,
  opendocument: /^content\.xml$/,
};

/**
 * The text of an Office or OpenDocument file: a ZIP of XML. Members are inflated as a stream and let go at a limit, so a
 * gigabyte of zeros costs a few milliseconds. The XML parser knows no entities but the five, so none can expand.
 *
 * @throws what the ZIP reader throws for a file that is none
 */
export async function officeText(octets: Buffer, kind: Exclude<DocumentKind, 'pdf'>): Promise<string> {
  const zip = await yauzl.fromBufferPromise(octets, { lazyEntries: true });
  const texts: string[] = [];
  let characters = 0;
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    seen += 1;
    if (seen > limits.zipEntries || characters >= limits.partCharacters) break;
    if (!members[kind].test(entry.fileName)) continue;
    const text = await memberText(zip, entry, kind);
    characters += text.length;
    texts.push(text);
  }
  return texts.join('\n').slice(0, limits.partCharacters);
}

async function memberText(zip: ZipFile, entry: Entry, kind: DocumentKind): Promise<string> {
  const stream = await zip.openReadStreamPromise(entry);
  const reader = xmlReader(kind);
  const decoder = new TextDecoder('utf-8');
  let octets = 0;
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      octets += piece.length;
      if (octets > limits.inflatedOctets || !reader.push(decoder.decode(piece, { stream: true }))) break;
    }
  } catch {
    // A broken member ends where it breaks; what came before it can be found.
  } finally {
    stream.destroy();
  }
  return reader.text();
}

interface XmlReader {
  /** False once nothing more is wanted of it. */
  push(piece: string): boolean;
  text(): string;
}

/** Elements behind which a word ends. Runs of one word are often cut in several elements, so not behind all. */
const breaks = /(^|:)(p|h|tab|br|cr|row|c|si|a|line-break|table-cell|t[rcd])$/;

function xmlReader(kind: DocumentKind): XmlReader {
  const parser = new SaxesParser({ xmlns: false });
  let out = '';
  let broken = false;
  let isValue = false;
  /** In a sheet, cells of type `s` hold the number of a shared string, which is no word. */
  let isReference = false;
  parser.on('error', () => {
    broken = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (kind !== 'xlsx') return;
    if (name === 'c') isReference = attributes['t'] === 's';
    if (name === 'v') isValue = true;
    if (name === 'f') isValue = isReference = true;
  });
  parser.on('text', text => {
    if (!(isValue && isReference)) out += text;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'v' || name === 'f') isValue = isReference = false;
    if (breaks.test(name)) out += '\n';
  });
  return {
    push: piece => {
      try {
        parser.write(piece);
      } catch {
        broken = true;
      }
      return !broken && out.length < limits.partCharacters;
    },
    text: () => out,
  };
}
