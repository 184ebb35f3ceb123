import { tag } from '../ltp/property-ids.ts';
import { fileAttachment } from './draft-items.ts';
import { property } from './store-writer.ts';
import type { DraftFolder, StoreWriter } from './store-writer.ts';

const changed = property.time(tag.lastModificationTime, Date.UTC(2024, 0, 2, 3, 4, 5));

/** Folders as Outlook makes them beside the mail, with an item of each kind in its own, and a note among the tasks. */
export function sampleItems(writer: StoreWriter): readonly DraftFolder[] {
  const contact = writer.item(
    [
      property.text(tag.messageClass, 'IPM.Contact'),
      property.text(tag.subject, 'Anna Però; "la prima", 李'),
      property.text(0x3a11, 'Però'),
      property.text(0x3a06, 'Anna'),
      property.text(writer.named('address', 0x8083), 'anna@ente.it'),
      property.text(writer.named('address', 0x8082), 'SMTP'),
      property.text(tag.body, 'Nota\r\nin due righe; con, segni\\'),
      changed,
    ],
    [],
    [fileAttachment('ContactPicture.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'))],
  );
  const other = writer.item([
    property.text(tag.messageClass, 'IPM.Contact'),
    property.text(tag.subject, 'Bruno'),
    changed,
  ]);
  const appointment = writer.item([
    property.text(tag.messageClass, 'IPM.Appointment'),
    property.text(tag.subject, 'Riunione: bilancio, "urgente"'),
    property.time(writer.named('appointment', 0x820d), Date.UTC(2024, 7, 12, 8)),
    property.time(writer.named('appointment', 0x820e), Date.UTC(2024, 7, 12, 9)),
    property.text(writer.named('appointment', 0x8208), 'Sala\r\nGialla'),
    changed,
  ]);
  const task = writer.item([
    property.text(tag.messageClass, 'IPM.Task'),
    property.text(tag.subject, 'Relazione'),
    property.time(writer.named('task', 0x8104), Date.UTC(2024, 4, 1)),
    changed,
  ]);
  const note = writer.item([
    property.text(tag.messageClass, 'IPM.StickyNote'),
    property.text(tag.subject, 'Da ricordare'),
    property.text(tag.body, 'Da ricordare\r\ncomprare il latte'),
    changed,
  ]);
  return [
    { name: 'Contatti', containerClass: 'IPF.Contact', items: [contact, other] },
    { name: 'Calendario', containerClass: 'IPF.Appointment', items: [appointment] },
    { name: 'Attività', containerClass: 'IPF.Task', items: [task, note] },
  ];
}
