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
  | { readonly kind: 'octets'; stream(): AsyncGenerator<Buffer> }
  | { readonly kind: 'ole'; stream(): AsyncGenerator<Buffer> }
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
export async function* readAttachments(message: Properties): AsyncGenerator<Attachment> {
  const { node } = message;
  const ids = await tolerating(node.faults, [] as number[], async () => {
    const table = await node.subnode(attachmentTable);
    if (table === null) return [];
    const found: number[] = [];
    for await (const row of (await openTable(table, message.codePage)).rows()) {
      if (found.length >= mostAttachments) throw damaged('too-many-parts');
      found.push(row.id);
    }
    return found;
  });
  for (const nid of ids) {
    const properties = await tolerating(node.faults, null, async () => {
      const subnode = await node.subnode(nid);
      if (subnode === null) throw damaged('subnode-missing');
      return openProperties(subnode, message.codePage);
    });
    yield properties === null ? unreadable(nid) : await toAttachment(nid, properties);
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

async function toAttachment(nid: number, properties: Properties): Promise<Attachment> {
  const text = async (id: number): Promise<string | null> => {
    const found = (await properties.text(id))?.trim() ?? '';
    return found === '' ? null : found;
  };
  return {
    nid,
    fileName: (await text(tag.attachLongFilename)) ?? (await text(tag.attachFilename)) ?? (await text(tag.displayName)),
    mimeType: await text(tag.attachMimeTag),
    contentId: (await text(tag.attachContentId))?.replace(/^<(.*)>$/, '$1') ?? null,
    contentLocation: await text(tag.attachContentLocation),
    inline: (((await properties.number(tag.attachFlags)) ?? 0) & shownInBody) !== 0,
    hidden: await properties.flag(tag.attachHidden),
    content: await contentOf(properties),
  };
}

async function contentOf(properties: Properties): Promise<AttachmentContent> {
  const method = (await properties.number(tag.attachMethod)) ?? 1;
  const type = properties.type(tag.attachDataBinary);
  if (method === methods.embeddedMessage || (type === propertyTypes.object && method !== methods.ole)) {
    const node = await properties.object(tag.attachDataBinary);
    return node === null ? { kind: 'missing' } : { kind: 'message', node };
  }
  if (method === methods.ole && type === propertyTypes.object) {
    const node = await properties.object(tag.attachDataBinary);
    return node === null ? { kind: 'missing' } : { kind: 'ole', stream: () => streamOf(node) };
  }
  if (type === propertyTypes.binary) {
    return { kind: method === methods.ole ? 'ole' : 'octets', stream: () => properties.stream(tag.attachDataBinary) };
  }
  const target = (await properties.text(tag.attachLongPathname)) ?? (await properties.text(tag.attachPathname));
  return target === null ? { kind: 'missing' } : { kind: 'reference', target };
}

async function* streamOf(node: PstNode): AsyncGenerator<Buffer> {
  const data = await tolerating(node.faults, null, () => node.data());
  if (data !== null) yield* data.stream();
}
