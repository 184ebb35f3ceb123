import { expect, test } from 'vitest';
import { tag } from '../ltp/property-ids.ts';
import { unicodeFormat } from '../ndb/file-format.ts';
import { readerOfBuffer } from '../ndb/file-reader.ts';
import { fileAttachment, mailProperties, messageAttachment, nestedMessage, recipient } from '../testing/draft-items.ts';
import type { NodeContent } from '../testing/heap-writer.ts';
import { readThrough } from '../testing/read-source.ts';
import type { ReadMessage } from '../testing/read-source.ts';
import { createStoreWriter, property } from '../testing/store-writer.ts';
import type { StoreWriter } from '../testing/store-writer.ts';

async function synthesise(
  make: (writer: StoreWriter) => NodeContent,
): Promise<ReadMessage & { readonly text: string }> {
  const writer = createStoreWriter(unicodeFormat);
  const file = writer.finish([{ name: 'Inbox', items: [make(writer)] }]);
  const [message] = (await readThrough(readerOfBuffer(file))).messages;
  if (message === undefined) throw new Error('no message');
  return { ...message, text: message.octets?.toString('latin1') ?? '' };
}

/** Header fields unfolded; line ends as they are in the body. */
function headerOf(text: string): readonly string[] {
  return (text.split('\r\n\r\n', 1)[0] ?? '').replaceAll(/\r\n(?=[ \t])/g, '').split('\r\n');
}

test('without a stored header the fields say what the properties say', async () => {
  const { text, record } = await synthesise(writer =>
    writer.item(
      mailProperties(
        'Città',
        property.text(tag.senderName, 'Segreteria'),
        property.text(tag.senderAddressType, 'SMTP'),
        property.text(tag.senderEmailAddress, 'segreteria@ente.it'),
        property.text(tag.sentRepresentingName, 'Rossi, Anna'),
        property.text(tag.sentRepresentingAddressType, 'SMTP'),
        property.text(tag.sentRepresentingEmailAddress, 'anna@ente.it'),
        property.time(tag.clientSubmitTime, Date.UTC(2024, 2, 4, 8, 14, 30)),
        property.text(tag.internetMessageId, '<1@ente.it>'),
        property.text(tag.inReplyToId, '<0@ente.it>'),
        property.text(tag.internetReferences, '<a@ente.it> <0@ente.it>'),
        property.number(tag.importance, 2),
        property.number(tag.sensitivity, 2),
        property.texts(writer.named('publicStrings', 'Keywords'), ['Da fare', 'Città']),
        property.text(tag.body, 'Buongiorno'),
      ),
      [recipient(1, 'Bianchi', 'b@ente.it'), recipient(2, '', 'c@ente.it'), recipient(3, '', 'd@ente.it')],
    ),
  );
  expect(headerOf(text)).toEqual([
    'From: "Rossi, Anna" <anna@ente.it>',
    'Sender: Segreteria <segreteria@ente.it>',
    'To: Bianchi <b@ente.it>',
    'Cc: c@ente.it',
    'Bcc: d@ente.it',
    'Date: Mon, 04 Mar 2024 08:14:30 +0000',
    'Message-ID: <1@ente.it>',
    'In-Reply-To: <0@ente.it>',
    'References: <a@ente.it> <0@ente.it>',
    'Subject: =?utf-8?Q?Citt=C3=A0?=',
    'Importance: high',
    'Sensitivity: Private',
    'Keywords: Da fare, =?utf-8?Q?Citt=C3=A0?=',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: 7bit',
  ]);
  expect(record).toMatchObject({ header: 'mapi', plain: 'stored', categories: ['Da fare', 'Città'], faults: [] });
});

test('a stored header is kept, completed where it lacks, and freed of what described another body', async () => {
  const { text, record } = await synthesise(writer =>
    writer.item(
      mailProperties(
        'Oggetto',
        property.text(
          tag.transportMessageHeaders,
          'Received: from x by y; Mon, 1 Jan 2024 10:00:00 +0100\r\nFrom: a@ente.it\r\nTo: b@ente.it\r\n' +
            'Date: Mon, 1 Jan 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n',
        ),
        property.text(tag.internetMessageId, '<9@ente.it>'),
        property.text(tag.body, 'x'),
      ),
      [recipient(1, 'Other', 'other@ente.it')],
    ),
  );
  expect(headerOf(text)).toEqual([
    'Received: from x by y; Mon, 1 Jan 2024 10:00:00 +0100',
    'From: a@ente.it',
    'To: b@ente.it',
    'Date: Mon, 1 Jan 2024 10:00:00 +0100',
    'Message-ID: <9@ente.it>',
    'Subject: Oggetto',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: 7bit',
  ]);
  expect(record).toMatchObject({
    header: 'transport',
    headerAdded: ['message-id', 'subject'],
    headerReplaced: ['content-type', 'mime-version'],
  });
});

test('an inline picture stands beside the HTML that shows it, a document outside', async () => {
  const html = '<p>Perché <img src="cid:logo@ente"></p>';
  const { text } = await synthesise(writer =>
    writer.item(
      mailProperties(
        'x',
        property.text(tag.body, 'Perché'),
        property.octets(tag.html, Buffer.from(html, 'latin1')),
        property.number(tag.internetCodePage, 1252),
      ),
      [],
      [
        fileAttachment('logo.png', Buffer.from('PNG'), property.text(tag.attachContentId, 'logo@ente')),
        fileAttachment('atto firmato è.pdf', Buffer.from('PDF')),
      ],
    ),
  );
  const types = [...text.matchAll(/^Content-Type: ([a-z/0-9-]+)/gm)].map(match => match[1]);
  expect(types).toEqual([
    'multipart/mixed',
    'multipart/related',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'image/png',
    'application/pdf',
  ]);
  expect(text).toContain('Content-Type: text/html; charset="windows-1252"');
  expect(text).toContain('<p>Perch=E9 <img src=3D"cid:logo@ente"></p>');
  expect(text).toContain('Content-ID: <logo@ente>');
  expect(text).toContain("filename*=utf-8''atto%20firmato%20%C3%A8.pdf");
});

test('messages nested fifteen deep are all there; one that nests without end is cut and said to be', async () => {
  const { text, record } = await synthesise(writer => nestedMessage(writer, 15));
  const subjects = [...text.matchAll(/^Subject: (level \d+)/gm)].map(match => match[1]);
  expect(subjects).toEqual(Array.from({ length: 16 }, (_, index) => `level ${15 - index}`));
  expect(record?.faults).toEqual([]);
  const bomb = await synthesise(writer => nestedMessage(writer, 60));
  expect(bomb.record?.faults).toEqual(['nested-too-deep']);
  expect(bomb.text.match(/^Subject: /gm)).toHaveLength(51);
});

test('the same message twice in one is no cycle', async () => {
  const { record, text } = await synthesise(writer => {
    const inner = writer.item(mailProperties('inner'), [], []);
    const outer = writer.item(
      mailProperties('outer'),
      [],
      [messageAttachment('a', inner), messageAttachment('b', inner)],
    );
    return writer.item(
      mailProperties('top'),
      [],
      [messageAttachment('c', { ...outer }), messageAttachment('d', inner)],
    );
  });
  expect(record?.faults).toEqual([]);
  expect(text.match(/^Subject: inner/gm)).toHaveLength(3);
});

test('a message that contains itself ends', async () => {
  const draft = (writer: StoreWriter, inside: NodeContent): NodeContent =>
    writer.item(mailProperties('itself'), [], [messageAttachment('again', inside)]);
  // Block ids depend on the order of writing only: written once to learn them, then with them.
  const own = draft(createStoreWriter(unicodeFormat), { dataBid: 4, subnodesBid: 0 });
  const { record, text } = await synthesise(writer => draft(writer, own));
  expect(record?.faults).toEqual(['cycle']);
  expect(text.match(/^Subject: itself/gm)).toHaveLength(1);
});

test('clear-signed mail is taken over octet for octet', async () => {
  const signed =
    'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="s"\r\n\r\n' +
    '--s\r\nContent-Type: text/plain\r\n\r\nfirmato  \r\n--s\r\nContent-Type: application/pkcs7-signature\r\n\r\nAAAA\r\n--s--\r\n';
  const { text, record } = await synthesise(writer =>
    writer.item(
      mailProperties('PEC', property.text(tag.messageClass, 'IPM.Note.SMIME.MultipartSigned')),
      [],
      [fileAttachment('smime.p7m', Buffer.from(signed), property.text(tag.attachMimeTag, 'multipart/signed'))],
    ),
  );
  expect(text.endsWith(`MIME-Version: 1.0\r\n${signed}`)).toBe(true);
  expect(record?.smime).toBe(true);
});

test('a missing recipient table leaves the names; a directory name leaves an address that reaches nobody', async () => {
  const { text, record } = await synthesise(writer =>
    writer.item(
      mailProperties(
        'x',
        property.text(tag.displayTo, 'Anna Rossi; b@ente.it'),
        property.text(tag.senderName, 'Anna Rossi'),
        property.text(tag.senderAddressType, 'EX'),
        property.text(tag.senderEmailAddress, '/O=ENTE/OU=FIRST/CN=RECIPIENTS/CN=ANNA.ROSSI'),
      ),
      null,
    ),
  );
  expect(headerOf(text).slice(0, 2)).toEqual([
    'From: Anna Rossi <anna.rossi@no-smtp-address.invalid>',
    'To: Anna Rossi <anna-rossi@no-smtp-address.invalid>, b@ente.it',
  ]);
  expect(record?.addressesWithoutSmtp).toBe(2);
});

test('a reference says where it points, OLE keeps its storage, and what is gone is named', async () => {
  const { text, record } = await synthesise(writer =>
    writer.item(
      mailProperties('x', property.text(tag.body, 'x')),
      [],
      [
        {
          properties: [
            property.number(tag.attachMethod, 4),
            property.text(tag.attachLongFilename, 'piano.xlsx'),
            property.text(tag.attachLongPathname, '\\\\server\\piano.xlsx'),
          ],
        },
        {
          properties: [property.number(tag.attachMethod, 6), property.octets(tag.attachDataBinary, Buffer.from('OLE'))],
        },
        { properties: [property.number(tag.attachMethod, 1), property.text(tag.attachLongFilename, 'perso.doc')] },
      ],
    ),
  );
  expect(text).toContain('filename="piano.xlsx.txt"');
  expect(text).toContain(Buffer.from('\\\\server\\piano.xlsx\r\n').toString('base64'));
  expect(text).toContain('Content-Type: application/x-ole-storage');
  expect(record).toMatchObject({ attachments: 3, attachmentsWithoutContent: ['piano.xlsx', 'perso.doc'] });
});

test('a meeting request carries its calendar', async () => {
  const { text } = await synthesise(writer =>
    writer.item(
      mailProperties(
        'Riunione',
        property.text(tag.messageClass, 'IPM.Schedule.Meeting.Request'),
        property.text(tag.senderName, 'Anna'),
        property.text(tag.senderEmailAddress, 'anna@ente.it'),
        property.text(tag.body, 'Ci vediamo'),
        property.time(writer.named('appointment', 0x820d), Date.UTC(2024, 2, 5, 9)),
        property.time(writer.named('appointment', 0x820e), Date.UTC(2024, 2, 5, 10)),
        property.number(writer.named('appointment', 0x8217), 3),
      ),
      [recipient(1, 'Bruno', 'b@ente.it')],
    ),
  );
  expect(text).toContain('Content-Type: text/calendar; charset="utf-8"; method=REQUEST');
  expect(text).toContain('METHOD:REQUEST\r\n');
  expect(text).toContain('DTSTART:20240305T090000Z\r\nDTEND:20240305T100000Z');
  expect(text).toContain('ORGANIZER;CN="Anna":mailto:anna@ente.it');
  expect(text.replaceAll('\r\n ', '')).toContain(
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN="Bruno":mailto:b@ente.it',
  );
});

test('8-bit strings are decoded by the code page that the message names', async () => {
  const shiftJis = Buffer.from('82b182f182c982bf82cd', 'hex');
  const { text } = await synthesise(writer =>
    writer.item([
      property.text(tag.messageClass, 'IPM.Note'),
      property.text8(tag.subject, shiftJis),
      property.text8(tag.body, shiftJis),
      property.number(tag.internetCodePage, 50220),
    ]),
  );
  const content = Buffer.from('こんにちは').toString('base64');
  expect(text).toContain(`Subject: =?utf-8?B?${content}?=`);
  expect(text.trimEnd().endsWith(content)).toBe(true);
});
