import { damaged, tolerating } from '../damage.ts';
import { openProperties } from '../ltp/property-context.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import { openTable } from '../ltp/table-context.ts';
import type { PstNode } from '../ndb/node.ts';

/** One attachment; its content by kind ([MS-OXCMSG] 2.2.2.9, PidTagAttachMethod). */
export interface Attachment {
  readonly nid: number;
  readonly fileName: string | null;
  readonly mimeType: string | null;
  readonly contentId: string | null;
  readonly contentLocation: string | null;
  /** Shown inside the body, not in the list of attachments. */
  readonly inline: boolean;
  readonly hidden: boolean;
  readonly content: AttachmentContent;
}

export type AttachmentContent =
  | { readonly kind: 'octets'; stream(): Generator<Buffer> }
  | { readonly kind: 'ole'; stream(): Generator<Buffer> }
  | { readonly kind: 'message'; readonly node: PstNode }
  | { readonly kind: 'reference'; readonly target: string }
  | { readonly kind: 'missing' };

/** [MS-PST] 2.4.6: the attachment table is always the subnode of this id. */
const attachmentTable = 0x671;
/** Reading the parts costs time: a limit that no real message reaches and a bomb runs into. */
const mostAttachments = 10_000;

const methods = { embeddedMessage: 5, ole: 6 };
const shownInBody = 0x4;

/** The attachments in the table's order. One that is unreadable is noted and yielded as `missing`. */
export function* readAttachments(message: Properties): Generator<Attachment> {
  const { node } = message;
  const ids = tolerating(node.faults, [] as number[], () => {
    const table = node.subnode(attachmentTable);
    if (table === null) return [];
    const found: number[] = [];
    for (const row of openTable(table, message.codePage).rows()) {
      if (found.length >= mostAttachments) throw damaged('too-many-parts');
      found.push(row.id);
    }
    return found;
  });
  for (const nid of ids) {
    const properties = tolerating(node.faults, null, () => {
      const subnode = node.subnode(nid);
      if (subnode === null) throw damaged('subnode-missing');
      return openProperties(subnode, message.codePage);
    });
    yield properties === null ? unreadable(nid) : toAttachment(nid, properties);
  }
}

function unreadable(nid: number): Attachment {
  return {
    nid,
    fileName: null,
    mimeType: null,
    contentId: null,
    contentLocation: null,
    inline: false,
    hidden: false,
    content: { kind: 'missing' },
  };
}

function toAttachment(nid: number, properties: Properties): Attachment {
  const text = (id: number): string | null => {
    const found = properties.text(id)?.trim() ?? '';
    return found === '' ? null : found;
  };
  return {
    nid,
    fileName: text(tag.attachLongFilename) ?? text(tag.attachFilename) ?? text(tag.displayName),
    mimeType: text(tag.attachMimeTag),
    contentId: text(tag.attachContentId)?.replace(/^<(.*)>$/, '$1') ?? null,
    contentLocation: text(tag.attachContentLocation),
    inline: ((properties.number(tag.attachFlags) ?? 0) & shownInBody) !== 0,
    hidden: properties.flag(tag.attachHidden),
    content: contentOf(properties),
  };
}

function contentOf(properties: Properties): AttachmentContent {
  const method = properties.number(tag.attachMethod) ?? 1;
  const type = properties.type(tag.attachDataBinary);
  if (method === methods.embeddedMessage || (type === propertyTypes.object && method !== methods.ole)) {
    const node = properties.object(tag.attachDataBinary);
    return node === null ? { kind: 'missing' } : { kind: 'message', node };
  }
  if (method === methods.ole && type === propertyTypes.object) {
    const node = properties.object(tag.attachDataBinary);
    return node === null ? { kind: 'missing' } : { kind: 'ole', stream: () => streamOf(node) };
  }
  if (type === propertyTypes.binary) {
    return { kind: method === methods.ole ? 'ole' : 'octets', stream: () => properties.stream(tag.attachDataBinary) };
  }
  const target = properties.text(tag.attachLongPathname) ?? properties.text(tag.attachPathname);
  return target === null ? { kind: 'missing' } : { kind: 'reference', target };
}

function* streamOf(node: PstNode): Generator<Buffer> {
  const data = tolerating(node.faults, null, () => node.data());
  if (data !== null) yield* data.stream();
}
