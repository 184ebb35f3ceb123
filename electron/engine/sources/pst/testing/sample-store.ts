import { tag } from '../ltp/property-ids.ts';
import type { FileFormat } from '../ndb/file-format.ts';
import { fileAttachment, mailProperties, nestedMessage, recipient } from './draft-items.ts';
import { createStoreWriter, property } from './store-writer.ts';

/** A file with mail of every build: plain and HTML, nested, with attachments small and large, in two folders. */
export function sampleStore(format: FileFormat, cryptMethod: number): Buffer {
  const writer = createStoreWriter(format, cryptMethod);
  const sender = [
    property.text(tag.senderName, 'Rossi, Anna'),
    property.text(tag.senderAddressType, 'SMTP'),
    property.text(tag.senderEmailAddress, 'anna@ente.it'),
    property.time(tag.clientSubmitTime, Date.UTC(2024, 2, 4, 8, 14)),
  ];
  const short = Array.from({ length: 60 }, (_, index) =>
    writer.item(
      mailProperties(
        `Pratica ${index}`,
        ...sender,
        property.text(tag.body, `Testo della pratica ${index}.\r\nPerché sì.`),
      ),
      [recipient(1, 'Bruno', 'bruno@ente.it'), recipient(2, 'Città', 'citta@ente.it')],
    ),
  );
  const html = `<html><body>${'<p>È così.</p>'.repeat(2_000)}</body></html>`;
  const rich = writer.item(
    mailProperties(
      'Con allegati',
      ...sender,
      property.text(tag.body, 'È così. '.repeat(1_000)),
      property.octets(tag.html, Buffer.from(html, 'utf8')),
      property.number(tag.internetCodePage, 65001),
    ),
    [recipient(1, 'Bruno', 'bruno@ente.it')],
    [
      fileAttachment('piccolo.bin', Buffer.from([1, 2, 3])),
      fileAttachment('grande.bin', Buffer.alloc(400_000, 'grande ')),
    ],
  );
  return writer.finish([
    { name: 'Posta in arrivo', items: [...short, rich] },
    { name: 'Posta inviata', items: [nestedMessage(writer, 12)] },
  ]);
}
