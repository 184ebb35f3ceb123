import type { Attachment } from '../messaging/attachments.ts';
import type { Entity } from './entity.ts';
import { contentType } from './entity.ts';

/**
 * S/MIME mail as Outlook stores it ([MS-OXOSMIME] 2.1.3): the one attachment is the original MIME entity. Taking it
 * over octet for octet keeps signatures valid, which Italian certified mail (PEC) depends on.
 *
 * @returns null when the message is not stored so, and is then put together like any other
 */
export function smimeEntity(messageClass: string, attachments: readonly Attachment[]): Entity | null {
  const name = messageClass.toLowerCase();
  const [only] = attachments;
  if (!isSmimeClass(messageClass) || attachments.length !== 1 || only?.content.kind !== 'octets') return null;
  const { content } = only;
  const stream = (): Generator<Buffer> => content.stream();
  const mimeType = only.mimeType?.toLowerCase() ?? '';
  if (name.includes('.multipartsigned') || mimeType === 'multipart/signed') {
    return beginsWithHeader(stream()) ? { fields: [], content: { kind: 'entity', stream } } : null;
  }
  const type = /^application\/(x-)?pkcs7-mime/.test(mimeType) ? mimeType : 'application/pkcs7-mime';
  return {
    fields: [
      contentType(type, [['name="smime.p7m"']]),
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="smime.p7m"',
    ],
    content: { kind: 'base64', stream },
  };
}

export function isSmimeClass(messageClass: string | null): boolean {
  return /\.smime(\.|$)/i.test(messageClass ?? '');
}

function beginsWithHeader(pieces: Generator<Buffer>): boolean {
  for (const piece of pieces) {
    const head = piece.toString('latin1', 0, 4096);
    return /^(?:[\x21-\x39\x3b-\x7e]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?Content-Type:\s*multipart\/signed/i.test(
      head,
    );
  }
  return false;
}
