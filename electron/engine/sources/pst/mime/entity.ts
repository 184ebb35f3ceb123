import { foldField } from './header-fields.ts';
import type { OctetBuilder } from './octet-builder.ts';
import { formText, writeBase64, writeText } from './transfer-encoding.ts';
import type { FormedText } from './transfer-encoding.ts';

/** A MIME entity: header fields (folded, without line end at the end) and content. */
export interface Entity {
  readonly fields: readonly string[];
  readonly content: EntityContent;
}

export type EntityContent =
  | { readonly kind: 'text'; readonly formed: FormedText }
  /** Encoded as base64 while it is written. */
  | { readonly kind: 'base64'; stream(): Iterable<Buffer> }
  /** A whole message, put together when its turn comes: a chain of messages is never in memory as a whole. */
  | { readonly kind: 'message'; entity(): Entity }
  /** Written as it comes, beginning with header fields of its own that go on behind `fields`. */
  | { readonly kind: 'entity'; stream(): Iterable<Buffer> }
  | { readonly kind: 'multipart'; readonly boundary: string; readonly parts: readonly Entity[] };

export function contentType(type: string, parameters: readonly (readonly string[])[] = []): string {
  if (parameters.length === 0) return foldField('Content-Type', [type]);
  const words = [type, ...parameters.flat()];
  return foldField(
    'Content-Type',
    words.map((word, index) => (index < words.length - 1 ? `${word};` : word)),
  );
}

/** A text part in the charset its octets are in. */
export function textEntity(type: string, octets: Buffer, parameters: readonly (readonly string[])[]): Entity {
  const formed = formText(octets);
  return {
    fields: [contentType(type, parameters), `Content-Transfer-Encoding: ${formed.encoding}`],
    content: { kind: 'text', formed },
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
  writeFields(fields, content.kind === 'entity', out);
  switch (content.kind) {
    case 'text':
      writeText(content.formed, out);
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
        if (part.content.kind === 'text') {
          // Nearly every part, and not worth a generator of its own.
          writeFields(part.fields, false, out);
          writeText(part.content.formed, out);
          if (out.isFull) yield out.take();
        } else yield* writeEntity(part, out);
        out.text('\r\n');
      }
      out.text(`--${content.boundary}--\r\n`);
  }
  if (out.isFull) yield out.take();
}

/** In one go: a call costs more than the octets of a field. */
function writeFields(fields: readonly string[], more: boolean, out: OctetBuilder): void {
  const ended = fields.length === 0 ? '' : `${fields.join('\r\n')}\r\n`;
  out.text(more ? ended : `${ended}\r\n`);
}
