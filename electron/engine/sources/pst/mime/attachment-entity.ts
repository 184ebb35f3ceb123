import type { Attachment } from '../messaging/attachments.ts';
import { contentType } from './entity.ts';
import type { Entity } from './entity.ts';
import { foldField } from './header-fields.ts';
import { mediaType } from './media-types.ts';
import { parameterWords } from './parameters.ts';

type Disposition = 'attachment' | 'inline';

/** An attachment whose octets the file holds. */
export function attachmentEntity(
  attachment: Attachment,
  disposition: Disposition,
  stream: () => Iterable<Buffer>,
  type = mediaType(attachment.mimeType, attachment.fileName),
): Entity {
  const fields = [
    contentType(type),
    'Content-Transfer-Encoding: base64',
    dispositionField(disposition, attachment.fileName),
  ];
  const { contentId, contentLocation } = attachment;
  if (contentId !== null && /^[\x21-\x7e]{1,900}$/.test(contentId)) fields.push(`Content-ID: <${contentId}>`);
  if (contentLocation !== null && /^[\x21-\x7e]{1,900}$/.test(contentLocation)) {
    fields.push(`Content-Location: ${contentLocation}`);
  }
  return { fields, content: { kind: 'base64', stream } };
}

/**
 * An embedded message (RFC 2046 section 5.2.1, which allows no encoding).
 *
 * @param eightBit whether it may hold octets above 127, which only signed mail taken over as it was does
 */
export function messageEntity(fileName: string | null, eightBit: boolean, entity: () => Entity): Entity {
  const named = fileName === null ? null : /\.(eml|msg)$/i.test(fileName) ? fileName : `${fileName}.eml`;
  return {
    fields: [
      contentType('message/rfc822'),
      `Content-Transfer-Encoding: ${eightBit ? '8bit' : '7bit'}`,
      dispositionField('attachment', named),
    ],
    content: { kind: 'message', entity },
  };
}

/** A small file made here: a contact, an appointment, the word on something that is not there. */
export function fileEntity(fileName: string, type: string, content: Buffer): Entity {
  const parameters = type.startsWith('text/') ? [['charset="utf-8"']] : [];
  return {
    fields: [
      contentType(type, parameters),
      'Content-Transfer-Encoding: base64',
      dispositionField('attachment', fileName),
    ],
    content: { kind: 'base64', stream: () => [content] },
  };
}

function dispositionField(disposition: Disposition, fileName: string | null): string {
  const words = [disposition as string, ...(fileName === null ? [] : parameterWords('filename', fileName))];
  return foldField(
    'Content-Disposition',
    words.map((word, index) => (index < words.length - 1 ? `${word};` : word)),
  );
}
