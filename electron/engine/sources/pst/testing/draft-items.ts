import { tag } from '../ltp/property-ids.ts';
import type { NodeContent, PropertyValue } from './heap-writer.ts';
import { property } from './store-writer.ts';
import type { DraftAttachment, StoreWriter } from './store-writer.ts';

export const received = Date.UTC(2024, 2, 4, 8, 15);

/** What every stored message has, and then what the test is about. */
export function mailProperties(subject: string, ...more: readonly PropertyValue[]): readonly PropertyValue[] {
  const given = new Set(more.map(one => one.id));
  const common = [
    property.text(tag.messageClass, 'IPM.Note'),
    property.text(tag.subject, subject),
    property.number(tag.messageFlags, 1),
    property.time(tag.messageDeliveryTime, received),
  ];
  return [...common.filter(one => !given.has(one.id)), ...more];
}

export function recipient(kind: number, name: string, smtp: string): readonly PropertyValue[] {
  return [
    property.number(tag.recipientType, kind),
    property.text(tag.displayName, name),
    property.text(tag.addressType, 'SMTP'),
    property.text(tag.emailAddress, smtp),
  ];
}

export function fileAttachment(name: string, octets: Buffer, ...more: readonly PropertyValue[]): DraftAttachment {
  return {
    properties: [
      property.number(tag.attachMethod, 1),
      property.text(tag.attachLongFilename, name),
      property.octets(tag.attachDataBinary, octets),
      ...more,
    ],
  };
}

export function messageAttachment(name: string, message: NodeContent): DraftAttachment {
  return {
    properties: [property.number(tag.attachMethod, 5), property.text(tag.attachLongFilename, name)],
    message,
  };
}

/** Messages in messages, `depth` of them around the innermost. */
export function nestedMessage(writer: StoreWriter, depth: number): NodeContent {
  let message = writer.item(mailProperties('level 0', property.text(tag.body, 'innermost')));
  for (let level = 1; level <= depth; level++) {
    const attachments = [messageAttachment(`level ${level - 1}`, message)];
    message = writer.item(mailProperties(`level ${level}`, property.text(tag.body, 'around')), [], attachments);
  }
  return message;
}
