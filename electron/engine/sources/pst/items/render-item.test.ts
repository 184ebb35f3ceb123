import { expect, test } from 'vitest';
import { tag } from '../ltp/property-ids.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import { unicodeFormat } from '../ndb/file-format.ts';
import { readerOfBuffer } from '../ndb/file-reader.ts';
import { fileAttachment } from '../testing/draft-items.ts';
import type { NodeContent, PropertyValue } from '../testing/heap-writer.ts';
import { readThrough } from '../testing/read-source.ts';
import type { ReadItem } from '../testing/read-source.ts';
import { createStoreWriter, property } from '../testing/store-writer.ts';
import type { StoreWriter } from '../testing/store-writer.ts';

async function render(
  make: (writer: StoreWriter) => NodeContent,
): Promise<ReadItem & { readonly lines: readonly string[] }> {
  const writer = createStoreWriter(unicodeFormat);
  const file = writer.finish([{ name: 'Items', items: [make(writer)] }]);
  const [item] = (await readThrough(readerOfBuffer(file))).items;
  if (item === undefined) throw new Error('no item');
  return { ...item, lines: (item.file?.octets.toString('utf8') ?? '').replaceAll('\r\n ', '').split('\r\n') };
}

const changed = property.time(tag.lastModificationTime, Date.UTC(2024, 0, 2, 3, 4, 5));

function float64(id: number, value: number): PropertyValue {
  const octets = Buffer.alloc(8);
  octets.writeDoubleLE(value, 0);
  return { id, type: propertyTypes.float64, octets };
}

test('a contact with picture, addresses, birthday and categories', async () => {
  const picture = Buffer.from('ffd8ffe000104a464946', 'hex');
  const { file, lines } = await render(writer =>
    writer.item(
      [
        property.text(tag.messageClass, 'IPM.Contact'),
        property.text(tag.subject, 'Anna Rossi'),
        property.text(0x3a11, 'Rossi'),
        property.text(0x3a06, 'Anna'),
        property.text(0x3a16, 'Comune; Ufficio'),
        property.text(0x3a1c, '+39 333 1234567'),
        property.text(writer.named('address', 0x8083), 'anna@ente.it'),
        property.text(writer.named('address', 0x8082), 'SMTP'),
        property.text(writer.named('address', 0x8045), 'Via Roma 1\r\nScala B'),
        property.text(writer.named('address', 0x8046), 'Milano'),
        // Midnight in Rome of 5 May.
        property.time(0x3a42, Date.UTC(1980, 4, 4, 22)),
        property.texts(writer.named('publicStrings', 'Keywords'), ['Amici, veri']),
        property.text(tag.body, 'Nota\r\nin due righe'),
        changed,
      ],
      [],
      [fileAttachment('ContactPicture.jpg', picture)],
    ),
  );
  expect(file).toMatchObject({ fileName: 'Anna Rossi 200024.vcf', mediaType: 'text/vcard' });
  expect(lines.filter(line => !line.startsWith('UID:'))).toEqual([
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Travaso//PST//EN',
    'FN:Anna Rossi',
    'N:Rossi;Anna;;;',
    'ORG:Comune\\; Ufficio;',
    'EMAIL:anna@ente.it',
    'TEL;VALUE=text;TYPE="cell":+39 333 1234567',
    'ADR;TYPE=work:;;Via Roma 1\\nScala B;Milano;;;',
    'BDAY:19800505',
    'CATEGORIES:Amici\\, veri',
    'NOTE:Nota\\nin due righe',
    `PHOTO:data:image/jpeg;base64,${picture.toString('base64')}`,
    'REV:20240102T030405Z',
    'END:VCARD',
    '',
  ]);
});

test('an all-day appointment keeps its day wherever it is read', async () => {
  const { lines } = await render(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.Appointment'),
      property.text(tag.subject, 'Ferie'),
      // Midnights of 12 and 14 August in Rome.
      property.time(writer.named('appointment', 0x820d), Date.UTC(2024, 7, 11, 22)),
      property.time(writer.named('appointment', 0x820e), Date.UTC(2024, 7, 13, 22)),
      property.flag(writer.named('appointment', 0x8215), true),
      property.number(writer.named('appointment', 0x8205), 3),
      property.text(writer.named('appointment', 0x8208), 'Mare'),
      property.number(tag.sensitivity, 2),
      changed,
    ]),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'SUMMARY:Ferie',
      'LOCATION:Mare',
      'DTSTART;VALUE=DATE:20240812',
      'DTEND;VALUE=DATE:20240814',
      'CLASS:PRIVATE',
      'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
      'DTSTAMP:20240102T030405Z',
    ]),
  );
});

test('an appointment with a recurrence that cannot be read is kept as one, and the damage named', async () => {
  const { lines, file } = await render(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.Appointment'),
      property.text(tag.subject, 'x'),
      property.time(writer.named('appointment', 0x820d), Date.UTC(2024, 7, 11, 22)),
      property.octets(writer.named('appointment', 0x8216), Buffer.from('0430043000', 'hex')),
    ]),
  );
  expect(lines).toContain('DTSTART:20240811T220000Z');
  expect(file?.problem).toMatchObject({ code: 'ITEM_INCOMPLETE', details: { reason: 'recurrence-malformed' } });
});

test('a task with its dates and how far it is', async () => {
  const { file, lines } = await render(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.Task'),
      property.text(tag.subject, 'Relazione: bozza?'),
      property.time(writer.named('task', 0x8104), Date.UTC(2024, 4, 1)),
      property.time(writer.named('task', 0x8105), Date.UTC(2024, 4, 10)),
      property.number(writer.named('task', 0x8101), 1),
      float64(writer.named('task', 0x8102), 0.5),
      property.number(tag.importance, 2),
    ]),
  );
  expect(file?.fileName).toBe('Relazione bozza 200024.ics');
  expect(lines).toEqual(
    expect.arrayContaining([
      'BEGIN:VTODO',
      'DTSTART;VALUE=DATE:20240501',
      'DUE;VALUE=DATE:20240510',
      'STATUS:IN-PROCESS',
      'PERCENT-COMPLETE:50',
      'PRIORITY:1',
    ]),
  );
});

test('a note is its text, a journal entry a VJOURNAL', async () => {
  const note = await render(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.StickyNote'),
      property.text(tag.subject, 'CON'),
      property.text(tag.body, 'Comprare è bello'),
    ]),
  );
  expect(note.file).toMatchObject({ fileName: 'CON 200024.txt', mediaType: 'text/plain' });
  expect(note.lines).toEqual(['Comprare è bello']);
  const journal = await render(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.Activity'),
      property.text(tag.subject, 'Telefonata'),
      property.time(writer.named('log', 0x8706), Date.UTC(2024, 4, 1, 9)),
    ]),
  );
  expect(journal.lines).toEqual(
    expect.arrayContaining(['BEGIN:VJOURNAL', 'SUMMARY:Telefonata', 'DTSTART:20240501T090000Z']),
  );
});
