import { createHash, hash } from 'node:crypto';
import { damaged, tolerating } from '../damage.ts';
import { readBody } from '../body/message-body.ts';
import type { MessageBody } from '../body/message-body.ts';
import { renderItem } from '../items/render-item.ts';
import { meetingPart } from '../items/meeting.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import { openProperties } from '../ltp/property-context.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { readAttachments } from '../messaging/attachments.ts';
import type { Attachment } from '../messaging/attachments.ts';
import { kindOfClass } from '../messaging/message.ts';
import type { PstNode } from '../ndb/node.ts';
import { attachmentEntity, fileEntity, messageEntity } from './attachment-entity.ts';
import { multipartEntity, textEntity, writeEntity } from './entity.ts';
import type { Entity } from './entity.ts';
import { messageHeader } from './message-header.ts';
import { OctetBuilder } from './octet-builder.ts';
import { isSmimeClass, smimeEntity } from './smime.ts';
import { emptyDraft, finishRecord } from './synthesis-record.ts';
import type { RecordDraft, SynthesisRecord } from './synthesis-record.ts';

export interface SynthesisedMessage {
  /** The message (RFC 5322, ASCII but for S/MIME content). The same octets at every call, on every machine. */
  octets(): Generator<Buffer>;
  /** Complete once `octets` was drained: what cannot be read is found out while reading. */
  record(): SynthesisRecord;
}

/** Outlook itself stops far earlier; a file in which messages nest deeper was made to do harm. */
const deepestNesting = 50;
/** Parts of one message, embedded ones included. */
const mostParts = 20_000;

interface Surroundings {
  readonly names: NamedProperties;
  readonly depth: number;
  /** Data and subnode blocks of the messages around this one: meeting one of them again is a cycle. */
  readonly around: ReadonlySet<string>;
  /** Shared by all embedded messages, so that a bomb cannot multiply. */
  readonly budget: { parts: number };
}

const noOctets = (): readonly Buffer[] => [];

/** Puts a message together. Throws damage only if the properties themselves cannot be read. */
export function synthesiseMessage(properties: Properties, names: NamedProperties): SynthesisedMessage {
  const draft = emptyDraft();
  const messageClass = properties.text(tag.messageClass) ?? 'IPM.Note';
  const around = new Set([identityOf(properties.node)]);
  const start = (): Surroundings => ({ names, depth: 0, around, budget: { parts: mostParts } });
  let entity = messageEntityOf(properties, start(), draft);
  let used = false;
  return {
    *octets() {
      // The budget counts what is written, so each writing needs its own.
      if (used) entity = messageEntityOf(properties, start(), emptyDraft());
      used = true;
      const { header, fileBytes } = properties.node.database;
      const limit = 64 * 1024 * 1024 + fileBytes * (header.format.name === 'unicode-4k' ? 100 : 10);
      let bytes = 0;
      const counted = (piece: Buffer): Buffer => {
        bytes += piece.length;
        // Encoding makes three octets of one at worst: beyond that the file says the same thing again and again.
        if (bytes > limit) throw damaged('too-large');
        return piece;
      };
      const out = new OctetBuilder();
      for (const piece of writeEntity(entity, out)) yield counted(piece);
      yield counted(out.finish());
    },
    record: () => finishRecord(draft, properties.node.nid, messageClass, properties.node.faults),
  };
}

function identityOf(node: PstNode): string {
  return `${node.dataBid}/${node.subnodesBid}`;
}

function messageEntityOf(properties: Properties, place: Surroundings, draft: RecordDraft): Entity {
  const header = messageHeader(properties, place.names, draft);
  const messageClass = properties.text(tag.messageClass) ?? 'IPM.Note';
  const attachments: Attachment[] = [];
  for (const attachment of readAttachments(properties)) {
    if (--place.budget.parts < 0) {
      properties.node.faults.note('too-many-parts');
      break;
    }
    attachments.push(attachment);
  }
  draft.attachments = attachments.length;

  const smime = smimeEntity(messageClass, attachments);
  if (smime !== null) {
    draft.smime = true;
    return { fields: [...header, 'MIME-Version: 1.0', ...smime.fields], content: smime.content };
  }

  const body = readBody(properties);
  draft.plain = body.plain?.from ?? null;
  draft.html = body.html?.from ?? null;
  const boundaries = boundariesFor(header, body, attachments, place.depth);
  const shown = attachments.filter(attachment => isShownIn(attachment, body));
  const listed = attachments.filter(attachment => !shown.includes(attachment));

  const forms: Entity[] = [];
  const utf8 = (charset: string): readonly (readonly string[])[] => [[`charset="${charset}"`]];
  if (body.plain !== null) forms.push(textEntity('text/plain', body.plain.octets, utf8(body.plain.charset)));
  if (body.rtf !== null) forms.push(textEntity('text/rtf', body.rtf, []));
  if (body.html !== null) forms.push(textEntity('text/html', body.html.octets, utf8(body.html.charset)));
  const meeting = meetingPart(properties, place.names, messageClass);
  if (meeting !== null)
    forms.push(textEntity('text/calendar', meeting.octets, [...utf8('utf-8'), [`method=${meeting.method}`]]));
  if (forms.length === 0) forms.push(textEntity('text/plain', Buffer.alloc(0), utf8('utf-8')));

  let content = joined('alternative', forms, boundaries);
  const inline: Entity[] = [];
  for (const attachment of shown) inline.push(entityOf(attachment, 'inline', properties, place, draft));
  content = joined('related', [content, ...inline], boundaries);
  const rest: Entity[] = [];
  for (const attachment of listed) rest.push(entityOf(attachment, 'attachment', properties, place, draft));
  content = joined('mixed', [content, ...rest], boundaries);
  return { fields: [...header, 'MIME-Version: 1.0', ...content.fields], content: content.content };
}

function joined(subtype: string, parts: readonly Entity[], boundaries: (purpose: string) => string): Entity {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : multipartEntity(subtype, boundaries(subtype), parts);
}

/** Referred to by the HTML body, by Content-ID (RFC 2392) or location; not merely said to be inline. */
function isShownIn(attachment: Attachment, body: MessageBody): boolean {
  if (body.html === null || attachment.content.kind !== 'octets') return false;
  const { contentId, contentLocation } = attachment;
  if (contentId !== null && body.html.octets.includes(`cid:${contentId}`)) return true;
  if (contentLocation !== null && body.html.octets.includes(contentLocation)) return true;
  return attachment.inline;
}

/**
 * Boundaries by content: no clock and no chance, so that the same item always gives the same octets. `=_` cannot
 * occur in quoted-printable or base64 (RFC 2045 section 6.7), the hash does not occur in anything it is taken of.
 */
function boundariesFor(
  header: readonly string[],
  body: MessageBody,
  attachments: readonly Attachment[],
  depth: number,
): (purpose: string) => string {
  let seed: string | null = null;
  const takeSeed = (): string => {
    const lineEnd = Buffer.from('\n');
    const pieces: Buffer[] = [Buffer.from(`${depth}\n${header.join('\n')}`)];
    for (const form of [body.plain?.octets, body.html?.octets, body.rtf]) {
      if (form !== undefined && form !== null) pieces.push(form);
      pieces.push(lineEnd);
    }
    pieces.push(Buffer.from(attachments.map(({ nid, fileName }) => `${nid}:${fileName ?? ''}\n`).join('')));
    return digestOf(pieces);
  };
  return purpose => {
    // Most messages are one part and need none.
    seed ??= takeSeed();
    return `=_${hash('sha256', `${seed}${purpose}`).slice(0, 32)}`;
  };
}

/** Octets that are worth a copy: an object that hashes lives until the next large collection. */
const copiedBytes = 256 * 1024;

function digestOf(pieces: readonly Buffer[]): string {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (bytes <= copiedBytes) return hash('sha256', Buffer.concat(pieces));
  const digest = createHash('sha256');
  for (const piece of pieces) digest.update(piece);
  return digest.digest('hex');
}

function entityOf(
  attachment: Attachment,
  disposition: 'attachment' | 'inline',
  message: Properties,
  place: Surroundings,
  draft: RecordDraft,
): Entity {
  const { content, fileName } = attachment;
  switch (content.kind) {
    case 'octets':
      return attachmentEntity(attachment, disposition, () => content.stream());
    case 'ole':
      return attachmentEntity(attachment, disposition, () => content.stream(), 'application/x-ole-storage');
    case 'message':
      draft.embeddedMessages++;
      return embeddedEntity(attachment, content.node, message, place);
    case 'reference':
      draft.attachmentsWithoutContent.push(fileName ?? '');
      // The file lies or lay elsewhere; where is all there is to keep.
      return fileEntity(`${fileName ?? 'reference'}.txt`, 'text/plain', Buffer.from(`${content.target}\r\n`, 'utf8'));
    case 'missing':
      draft.attachmentsWithoutContent.push(fileName ?? '');
      return attachmentEntity(attachment, disposition, noOctets);
  }
}

function embeddedEntity(attachment: Attachment, node: PstNode, message: Properties, place: Surroundings): Entity {
  const { faults } = message.node;
  const identity = identityOf(node);
  const reason = place.around.has(identity) ? 'cycle' : place.depth >= deepestNesting ? 'nested-too-deep' : null;
  if (reason !== null) {
    faults.note(reason);
    return attachmentEntity(attachment, 'attachment', noOctets);
  }
  const entity = tolerating(faults, null, () => {
    const properties = openProperties(node, message.codePage);
    const messageClass = properties.text(tag.messageClass);
    const kind = kindOfClass(messageClass);
    if (kind !== 'mail' && kind !== 'internal') {
      const item = renderItem(properties, place.names);
      return fileEntity(item.fileName, item.mediaType, item.octets);
    }
    const below = { ...place, depth: place.depth + 1, around: new Set([...place.around, identity]) };
    return messageEntity(attachment.fileName, isSmimeClass(messageClass), () =>
      messageEntityOf(properties, below, emptyDraft()),
    );
  });
  return entity ?? attachmentEntity(attachment, 'attachment', noOctets);
}
