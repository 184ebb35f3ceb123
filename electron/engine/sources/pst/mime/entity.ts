import { canonicalLines, encodeBase64, encodeText, encodingFor } from './transfer-encoding.ts';
import { foldField } from './header-fields.ts';

/** A MIME entity: header fields (folded, without line end at the end) and content. */
export interface Entity {
  readonly fields: readonly string[];
  readonly content: EntityContent;
}

export type EntityContent =
  | { readonly kind: 'octets'; readonly octets: Buffer }
  /** Encoded as base64 while it is written. */
  | { readonly kind: 'base64'; stream(): AsyncIterable<Buffer> }
  /** A whole message, written as it comes. */
  | { readonly kind: 'message'; stream(): AsyncIterable<Buffer> }
  /** Written as it comes, beginning with header fields of its own that go on behind `fields`. */
  | { readonly kind: 'entity'; stream(): AsyncIterable<Buffer> }
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
    content: { kind: 'octets', octets: encodeText(text, encoding) },
  };
}

export function multipartEntity(subtype: string, boundary: string, parts: readonly Entity[]): Entity {
  return {
    fields: [contentType(`multipart/${subtype}`, [[`boundary="${boundary}"`]])],
    content: { kind: 'multipart', boundary, parts },
  };
}

/** The entity's octets. Everything in between comes from `streams` as it is asked for. */
export async function* writeEntity(entity: Entity): AsyncGenerator<Buffer> {
  const { content } = entity;
  const header = entity.fields.map(field => `${field}\r\n`).join('');
  yield Buffer.from(content.kind === 'entity' ? header : `${header}\r\n`, 'latin1');
  switch (content.kind) {
    case 'octets':
      yield content.octets;
      return;
    case 'base64':
      yield* encodeBase64(content.stream());
      return;
    case 'message':
    case 'entity':
      yield* content.stream();
      return;
    case 'multipart':
      for (const part of content.parts) {
        yield Buffer.from(`--${content.boundary}\r\n`, 'latin1');
        yield* writeEntity(part);
        yield Buffer.from('\r\n', 'latin1');
      }
      yield Buffer.from(`--${content.boundary}--\r\n`, 'latin1');
  }
}
