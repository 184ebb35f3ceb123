import iconv from 'iconv-lite';
import { headerEnd, parseRawHeader } from '../files/raw-header.ts';

/** One part of a message that holds no others, transfer encoding taken off. */
export interface LeafPart {
  /** Lower case, without parameters. */
  readonly mediaType: string;
  readonly octets: Buffer;
  /** The octets in the charset that the part names. */
  text(): string;
}

/** Zimbra nests three deep; more is not of its making. */
const deepest = 20;

/** The leaves of a small MIME message (RFC 2046), messages within it opened: the blob of an appointment or a contact. */
export function leafParts(octets: Buffer, fallback = 'text/plain', depth = 0): readonly LeafPart[] {
  const end = headerEnd(octets) ?? octets.length;
  const header = parseRawHeader(octets.subarray(0, end));
  const contentType = header.first('content-type') ?? fallback;
  const mediaType = (/^\s*([^\s;]+)/.exec(contentType)?.[1] ?? fallback).toLowerCase();
  const body = octets.subarray(end);
  if (depth > deepest) return [];
  if (mediaType === 'message/rfc822') return leafParts(body, 'text/plain', depth + 1);
  const boundary = parameter(contentType, 'boundary');
  if (mediaType.startsWith('multipart/') && boundary !== null) {
    // RFC 2046 section 5.1.5: what is in a digest is a message unless it says otherwise.
    const inner = mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    return split(body, boundary).flatMap(part => leafParts(part, inner, depth + 1));
  }
  const decoded = decodeTransfer(body, header.first('content-transfer-encoding') ?? '');
  const charset = parameter(contentType, 'charset') ?? 'utf-8';
  const text = (): string => iconv.decode(decoded, iconv.encodingExists(charset) ? charset : 'utf-8');
  return [{ mediaType, octets: decoded, text }];
}

function parameter(contentType: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

function split(body: Buffer, boundary: string): readonly Buffer[] {
  const text = body.toString('latin1');
  const delimiter = `--${boundary}`;
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && text[at - 1] !== '\n') continue;
    if (start >= 0) parts.push(body.subarray(start, text[at - 2] === '\r' ? at - 2 : at - 1));
    if (text.startsWith('--', at + delimiter.length)) return parts;
    const lineEnd = text.indexOf('\n', at);
    if (lineEnd < 0) return parts;
    start = lineEnd + 1;
  }
  // Cut off: what came of the last part is all there is.
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable': {
      const text = body.toString('latin1').replaceAll(/[ \t]+(?=\r?\n|$)/g, '');
      const joined = text.replaceAll(/=\r?\n/g, '');
      return Buffer.from(
        joined.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        'latin1',
      );
    }
    default:
      return body;
  }
}
