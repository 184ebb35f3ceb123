import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { reasonOf } from '../pst/damage.ts';
import type { Faults } from '../pst/damage.ts';
import { deEncapsulate } from '../pst/body/de-encapsulate.ts';
import type { RtfContent } from '../pst/body/de-encapsulate.ts';
import { decompressRtf } from '../pst/body/decompress-rtf.ts';
import { tag } from '../pst/ltp/property-ids.ts';
import { propertyTypes } from '../pst/ltp/property-types.ts';
import type { Attachment } from '../pst/messaging/attachments.ts';
import { attachmentEntity, fileEntity, messageEntity } from '../pst/mime/attachment-entity.ts';
import { multipartEntity, textEntity } from '../pst/mime/entity.ts';
import type { Entity } from '../pst/mime/entity.ts';
import { isSmimeClass, smimeEntity } from '../pst/mime/smime.ts';
import { emptyDraft } from '../pst/mime/synthesis-record.ts';
import type { RecordDraft } from '../pst/mime/synthesis-record.ts';
import type { CompoundStorage } from './compound-file.ts';
import { msgHeader } from './msg-header.ts';
import { htmlCharset, readMsgProperties } from './msg-properties.ts';
import type { MsgProperties } from './msg-properties.ts';

/** Outlook itself stops far earlier. */
const deepestNesting = 50;

export interface MsgSurroundings {
  /** A hash of the file: boundaries come from it, so that the same file always gives the same octets. */
  readonly seed: string;
  /** Id of the property with the categories; named properties are the whole file's. */
  readonly categoriesId: number;
  readonly depth: number;
  readonly faults: Faults;
  readonly budget: { parts: number };
}

/** One message of the file as a MIME entity, as `pst/mime/synthesise-message.ts` does it from a PST's nodes. */
export function msgEntity(properties: MsgProperties, place: MsgSurroundings, draft: RecordDraft): Entity {
  const header = msgHeader(properties, properties.texts(place.categoriesId), draft);
  const attachments = attachmentsOf(properties, place);
  draft.attachments = attachments.length;
  const messageClass = properties.text(tag.messageClass) ?? 'IPM.Note';
  const smime = smimeEntity(
    messageClass,
    attachments.map(({ described }) => described),
  );
  if (smime !== null) {
    draft.smime = true;
    return { fields: [...header, 'MIME-Version: 1.0', ...smime.fields], content: smime.content };
  }
  const { forms, html } = bodyOf(properties, place, draft);
  const shown = attachments.filter(each => isShownIn(each, html));
  let content = joined('alternative', forms, place);
  content = joined(
    'related',
    [content, ...shown.map(each => entityOf(each, 'inline', properties, place, draft))],
    place,
  );
  const rest = attachments.filter(each => !shown.includes(each));
  content = joined(
    'mixed',
    [content, ...rest.map(each => entityOf(each, 'attachment', properties, place, draft))],
    place,
  );
  return { fields: [...header, 'MIME-Version: 1.0', ...content.fields], content: content.content };
}

function joined(subtype: string, parts: readonly Entity[], place: MsgSurroundings): Entity {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  // Taken in the order of writing, which is always the same. `=_` occurs in no encoded text (RFC 2045 section 6.7).
  const own = `${place.seed} ${place.depth} ${place.budget.parts} ${subtype}`;
  return multipartEntity(subtype, `=_${createHash('sha256').update(own).digest('hex').slice(0, 32)}`, parts);
}

const utf8 = [['charset="utf-8"']];

function bodyOf(
  properties: MsgProperties,
  { faults }: MsgSurroundings,
  draft: RecordDraft,
): { readonly forms: readonly Entity[]; readonly html: Buffer | null } {
  const forms: Entity[] = [];
  const text = properties.text(tag.body) ?? '';
  const stored = storedHtml(properties);
  const rtf = stored === null ? rtfOf(properties, faults) : null;
  const taken = rtf === null ? null : Buffer.from(rtf.content.text, 'utf8');
  if (text.trim() !== '') {
    draft.plain = 'stored';
    forms.push(textEntity('text/plain', Buffer.from(text.toWellFormed(), 'utf8'), utf8));
  } else if (rtf !== null && taken !== null && rtf.content.origin !== 'html') {
    draft.plain = 'rtf';
    forms.push(textEntity('text/plain', taken, utf8));
  }
  if (rtf?.content.origin === 'rtf') forms.push(textEntity('text/rtf', rtf.octets, []));
  if (stored !== null) {
    draft.html = 'stored';
    forms.push(textEntity('text/html', stored.octets, [[`charset="${stored.charset}"`]]));
  } else if (taken !== null && rtf?.content.origin === 'html') {
    draft.html = 'rtf';
    forms.push(textEntity('text/html', taken, utf8));
  }
  if (forms.length === 0) forms.push(textEntity('text/plain', Buffer.alloc(0), utf8));
  return { forms, html: stored?.octets ?? (rtf?.content.origin === 'html' ? taken : null) };
}

function storedHtml(properties: MsgProperties): { readonly octets: Buffer; readonly charset: string } | null {
  const text = properties.text(tag.html);
  if (text !== null) return text === '' ? null : { octets: Buffer.from(text.toWellFormed(), 'utf8'), charset: 'utf-8' };
  const octets = properties.octets(tag.html);
  if (octets === null || octets.length === 0) return null;
  const claimed = htmlCharset(properties);
  const isWrong = (claimed === 'utf-8' && !isUtf8(octets)) || claimed.startsWith('utf-16');
  return { octets, charset: isWrong ? (isUtf8(octets) ? 'utf-8' : 'windows-1252') : claimed };
}

function rtfOf(
  properties: MsgProperties,
  faults: Faults,
): { readonly octets: Buffer; readonly content: RtfContent } | null {
  const packed = properties.octets(tag.rtfCompressed);
  if (packed === null || packed.length === 0) return null;
  try {
    const octets = decompressRtf(packed, faults);
    return { octets, content: deEncapsulate(octets, properties.codePage) };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    faults.note(reason);
    return null;
  }
}

interface MsgAttachment {
  readonly described: Attachment;
  readonly octets: Buffer | null;
  /** An embedded message. */
  readonly message: CompoundStorage | null;
}

const methods = { embeddedMessage: 5, ole: 6 };
const shownInBody = 0x4;

/** [MS-OXMSG] 2.2.2: a storage each, in the order of their numbers. */
function attachmentsOf({ storage, codePage }: MsgProperties, place: MsgSurroundings): readonly MsgAttachment[] {
  const names = storage.storageNames().filter(name => /^__attach_version1\.0_#/i.test(name));
  return names.flatMap((name, index): MsgAttachment[] => {
    const own = storage.storage(name);
    if (own === null) return [];
    if (--place.budget.parts < 0) {
      place.faults.note('too-many-parts');
      return [];
    }
    const properties = readMsgProperties(own, 'other', codePage);
    const text = (id: number): string | null => {
      const found = properties.text(id)?.trim() ?? '';
      return found === '' ? null : found;
    };
    const method = properties.number(tag.attachMethod) ?? 1;
    const octets = properties.octets(tag.attachDataBinary);
    const isObject = properties.type(tag.attachDataBinary) === propertyTypes.object;
    const inside = isObject ? own.storage('__substg1.0_3701000D') : null;
    const target = text(tag.attachLongPathname) ?? text(tag.attachPathname);
    const described: Attachment = {
      nid: index,
      fileName: text(tag.attachLongFilename) ?? text(tag.attachFilename) ?? text(tag.displayName),
      mimeType: text(tag.attachMimeTag),
      contentId: text(tag.attachContentId)?.replace(/^<(.*)>$/, '$1') ?? null,
      contentLocation: text(tag.attachContentLocation),
      inline: ((properties.number(tag.attachFlags) ?? 0) & shownInBody) !== 0,
      hidden: properties.flag(tag.attachHidden),
      content:
        octets !== null
          ? { kind: method === methods.ole ? 'ole' : 'octets', stream: () => once(octets) }
          : target === null
            ? { kind: 'missing' }
            : { kind: 'reference', target },
    };
    // An OLE object is a storage, too, and its own file within the file: it is named, not unpacked.
    return [{ described, octets, message: method === methods.ole ? null : inside }];
  });
}

function isShownIn({ described, octets }: MsgAttachment, html: Buffer | null): boolean {
  if (html === null || octets === null) return false;
  const { contentId, contentLocation, inline } = described;
  if (contentId !== null && html.includes(`cid:${contentId}`)) return true;
  return inline || (contentLocation !== null && html.includes(contentLocation));
}

function entityOf(
  { described, octets, message }: MsgAttachment,
  disposition: 'attachment' | 'inline',
  around: MsgProperties,
  place: MsgSurroundings,
  draft: RecordDraft,
): Entity {
  const { content, fileName } = described;
  if (octets !== null) {
    const stream = (): Generator<Buffer> => once(octets);
    return content.kind === 'ole'
      ? attachmentEntity(described, disposition, stream, 'application/x-ole-storage')
      : attachmentEntity(described, disposition, stream);
  }
  if (message !== null && place.depth < deepestNesting) {
    draft.embeddedMessages++;
    const properties = readMsgProperties(message, 'embedded', around.codePage);
    const below = { ...place, depth: place.depth + 1 };
    return messageEntity(fileName, isSmimeClass(properties.text(tag.messageClass)), () =>
      msgEntity(properties, below, emptyDraft()),
    );
  }
  if (message !== null) place.faults.note('nested-too-deep');
  draft.attachmentsWithoutContent.push(fileName ?? '');
  // The file lies or lay elsewhere; where is all there is to keep.
  if (content.kind === 'reference')
    return fileEntity(`${fileName ?? 'reference'}.txt`, 'text/plain', Buffer.from(`${content.target}\r\n`, 'utf8'));
  return attachmentEntity(described, disposition, () => once(Buffer.alloc(0)));
}

function* once(octets: Buffer): Generator<Buffer> {
  yield octets;
}
