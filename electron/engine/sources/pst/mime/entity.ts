import { foldField } from './header-fields.ts';
import type { OctetBuilder } from './octet-builder.ts';
import { canonicalLines, encodingFor, writeBase64, writeText } from './transfer-encoding.ts';
import type { TransferEncoding } from './transfer-encoding.ts';

/** A MIME entity: header fields (folded, without line end at the end) and content. */
export interface Entity {
  readonly fields: readonly string[];
  readonly content: EntityContent;
}

export type EntityContent =
  | { readonly kind: 'text'; readonly text: Buffer; readonly encoding: TransferEncoding }
  /** Encoded as base64 while it is written. */
  | { readonly kind: 'base64'; stream(): Iterable<Buffer> }
  /** A whole message, put together when its turn comes: a chain of messages is never in memory as a whole. */
  | { readonly kind: 'message'; entity(): Entity }
  /** Written as it comes, beginning with header fields of its own that go on behind `fields`. */
  | { readonly kind: 'entity'; stream(): Iterable<Buffer> }
  | { readonly kind: 'multipart'; readonly boundary: string; readonly parts: readonly Entity[] };

export function contentType(type: string, parameters: readonly (readonly string[])[] = []): string {
  const words = [type, ...parameters.flat()];
  return foldField(
    'Content-Type',
    words.map((word, index) => (index < words.length - 1 ? `${word};` : word)),
  );
}

/** A text part in the charset its octets are in. */
export function textEntity(type: string, octets: Buffer, parameters: readonly (readonly string[])[]): Entity {
  const text = canonicalLines(octets);
  const encoding = encodingFor(text);
  return {
    fields: [contentType(type, parameters), `Content-Transfer-Encoding: ${encoding}`],
    content: { kind: 'text', text, encoding },
  };
}

export function multipartEntity(subtype: string, boundary: string, parts: readonly Entity[]): Entity {
  return {
    fields: [contentType(`multipart/${subtype}`, [[`boundary="${boundary}"`]])],
    content: { kind: 'multipart', boundary, parts },
  };
}

/** Writes the entity to `out`, and yields what gathered there whenever it is much. The rest stays there. */
export function* writeEntity({ fields, content }: Entity, out: OctetBuilder): Generator<Buffer> {
  for (const field of fields) {
    out.text(field);
    out.text('\r\n');
  }
  if (content.kind !== 'entity') out.text('\r\n');
  switch (content.kind) {
    case 'text':
      writeText(content.text, content.encoding, out);
      break;
    case 'base64':
      yield* writeBase64(content.stream(), out);
      break;
    case 'message':
      yield* writeEntity(content.entity(), out);
      break;
    case 'entity':
      for (const piece of content.stream()) {
        out.octets(piece);
        if (out.isFull) yield out.take();
      }
      break;
    case 'multipart':
      for (const part of content.parts) {
        out.text(`--${content.boundary}\r\n`);
        yield* writeEntity(part, out);
        out.text('\r\n');
      }
      out.text(`--${content.boundary}--\r\n`);
  }
  if (out.isFull) yield out.take();
}
