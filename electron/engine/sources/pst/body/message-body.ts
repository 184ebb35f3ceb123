import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { tolerating } from '../damage.ts';
import { charsetOf } from '../ltp/code-page.ts';
import { largestValue } from '../ltp/property-context.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import { deEncapsulate } from './de-encapsulate.ts';
import { decompressRtf } from './decompress-rtf.ts';

/** A body in one form, in the octets it will be sent in. */
export interface TextBody {
  readonly octets: Buffer;
  readonly charset: string;
  /** `stored`: the octets are the file's own; `rtf`: taken out of the RTF body. */
  readonly from: 'stored' | 'rtf';
}

export interface MessageBody {
  readonly plain: TextBody | null;
  readonly html: TextBody | null;
  /** The RTF itself, where neither text nor HTML can stand for it: its formatting exists nowhere else. */
  readonly rtf: Buffer | null;
}

export function readBody(properties: Properties): MessageBody {
  const plain = plainBody(properties);
  const html = htmlBody(properties);
  if (html !== null) return { plain, html, rtf: null };
  const rtf = rtfBody(properties);
  if (rtf === null) return { plain, html: null, rtf: null };
  const taken: TextBody = { octets: Buffer.from(rtf.content.text, 'utf8'), charset: 'utf-8', from: 'rtf' };
  switch (rtf.content.origin) {
    case 'html':
      return { plain, html: taken, rtf: null };
    case 'text':
      return { plain: plain ?? taken, html: null, rtf: null };
    case 'rtf':
      return { plain: plain ?? taken, html: null, rtf: rtf.octets };
  }
}

function plainBody(properties: Properties): TextBody | null {
  const text = properties.text(tag.body, largestValue);
  if (text === null || !/\S/.test(text)) return null;
  return { octets: Buffer.from(text.toWellFormed(), 'utf8'), charset: 'utf-8', from: 'stored' };
}

function htmlBody(properties: Properties): TextBody | null {
  const octets = properties.octets(tag.html);
  if (octets === null || octets.length === 0) return null;
  if (properties.type(tag.html) === propertyTypes.string) {
    const text = octets.toString('utf16le', 0, octets.length & ~1).replace(/\0+$/, '');
    return text === '' ? null : { octets: Buffer.from(text.toWellFormed(), 'utf8'), charset: 'utf-8', from: 'stored' };
  }
  let end = octets.length;
  while (end > 0 && octets[end - 1] === 0) end--;
  if (end === 0) return null;
  return labelled(octets.subarray(0, end), properties.number(tag.internetCodePage), properties.codePage);
}

/** PidTagInternetCodepage says what PidTagHtml is in; where it is missing or plainly wrong, the octets decide. */
function labelled(octets: Buffer, internetCodePage: number | null, codePage: number): TextBody {
  const claimed = charsetOf(internetCodePage ?? codePage);
  if (/^utf-16/.test(claimed)) {
    return { octets: Buffer.from(iconv.decode(octets, claimed), 'utf8'), charset: 'utf-8', from: 'stored' };
  }
  const wrong = (claimed === 'utf-8' && !isUtf8(octets)) || (claimed === 'us-ascii' && !isAscii(octets));
  if (!wrong) return { octets, charset: claimed, from: 'stored' };
  const charset = isUtf8(octets) ? 'utf-8' : charsetOf(codePage >= 1250 && codePage <= 1258 ? codePage : 1252);
  return { octets, charset, from: 'stored' };
}

function rtfBody(
  properties: Properties,
): { readonly octets: Buffer; readonly content: ReturnType<typeof deEncapsulate> } | null {
  const packed = properties.octets(tag.rtfCompressed);
  if (packed === null || packed.length === 0) return null;
  return tolerating(properties.node.faults, null, () => {
    const octets = decompressRtf(packed, properties.node.faults);
    return { octets, content: deEncapsulate(octets, properties.codePage) };
  });
}
