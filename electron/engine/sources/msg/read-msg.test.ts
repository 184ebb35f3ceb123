import { execFileSync } from 'node:child_process';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../../shared/errors.ts';
import type { TreeFile } from '../files/file-tree.ts';
import { tag } from '../pst/ltp/property-ids.ts';
import { isMsgFile, readMsg } from './read-msg.ts';
import { writeMsg } from './testing/write-msg.ts';
import type { MsgDraft } from './testing/write-msg.ts';

function fileOf(octets: Buffer): TreeFile {
  return {
    path: ['a.msg'],
    size: octets.length,
    modified: null,
    open: () =>
      Promise.resolve({
        randomAccess: true,
        read: (position, length) => Promise.resolve(Buffer.from(octets.subarray(position, position + length))),
        changed: () => Promise.resolve(false),
        close: () => Promise.resolve(),
      }),
  };
}

const inner: MsgDraft = {
  properties: { [tag.messageClass]: 'IPM.Note', [tag.subject]: 'Inoltrata', [tag.body]: 'Dentro.' },
};
const pdf = Buffer.alloc(9000, '%PDF-1.4 ');
const whole: MsgDraft = {
  properties: {
    [tag.messageClass]: 'IPM.Note',
    [tag.subject]: 'Convocazione più urgente',
    [tag.body]: 'Si riunisce il consiglio.',
    [tag.html]: Buffer.from('<p>Si riunisce il <b>consiglio</b>. <img src="cid:logo@ente"></p>'),
    [tag.internetCodePage]: 65001,
    [tag.senderName]: 'Anna Rossi',
    [tag.senderAddressType]: 'SMTP',
    [tag.senderEmailAddress]: 'anna@ente.it',
    [tag.internetMessageId]: '<1@ente.it>',
    [tag.clientSubmitTime]: new Date('2019-03-04T08:15:00Z'),
    [tag.messageDeliveryTime]: new Date('2019-03-04T08:16:00Z'),
    [tag.messageFlags]: 0x1,
    [tag.flagStatus]: 2,
    [tag.importance]: 2,
    0x8000: ['Protocollo', 'Città'],
  },
  names: ['Keywords'],
  recipients: [
    { [tag.recipientType]: 1, [tag.displayName]: 'Luca', [tag.smtpAddress]: 'luca@ente.it' },
    { [tag.recipientType]: 2, [tag.displayName]: 'Sara', [tag.addressType]: 'EX', [tag.emailAddress]: '/O=E/CN=SARA' },
  ],
  attachments: [
    { [tag.attachMethod]: 1, [tag.attachLongFilename]: 'delibera.pdf', [tag.attachDataBinary]: pdf },
    { [tag.attachMethod]: 1, [tag.attachContentId]: 'logo@ente', [tag.attachDataBinary]: Buffer.from('PNG') },
    { [tag.attachMethod]: 5, [tag.displayName]: 'Inoltrata', message: inner },
  ],
};

test('everything a message says is in what is made of it, and in an independent parser', async () => {
  const file = fileOf(writeMsg(whole));
  expect(await isMsgFile(file)).toBe(true);
  const { octets, attributes, synthesis } = await readMsg(file);
  const mail = await simpleParser(octets, { skipImageLinks: true });
  expect(mail).toMatchObject({ subject: 'Convocazione più urgente', messageId: '<1@ente.it>' });
  expect([mail.from?.text, mail.date?.toISOString()]).toEqual([
    '"Anna Rossi" <anna@ente.it>',
    '2019-03-04T08:15:00.000Z',
  ]);
  const text = octets.toString('latin1');
  expect(text).toContain('To: Luca <luca@ente.it>\r\n');
  expect(text).toContain('Cc: Sara <sara@no-smtp-address.invalid>\r\n');
  expect([mail.text?.trim(), String(mail.html)]).toEqual([
    'Si riunisce il consiglio.',
    expect.stringContaining('<b>consiglio</b>'),
  ]);
  expect(mail.attachments.map(({ contentType, content }) => [contentType, content.length])).toEqual([
    ['application/octet-stream', 3],
    ['application/pdf', pdf.length],
    ['message/rfc822', expect.any(Number)],
  ]);
  expect(mail.attachments[2]?.content.toString()).toContain('Subject: Inoltrata');
  expect(attributes).toEqual({
    internalDate: '2019-03-04T08:16:00+00:00',
    flags: ['\\Seen', '\\Flagged'],
    keywords: ['Citta', 'Protocollo'],
  });
  expect(synthesis).toMatchObject({
    ...{ format: 'outlook-msg', header: 'mapi', plain: 'stored', html: 'stored', attachments: 3, embeddedMessages: 1 },
    ...{ addressesWithoutSmtp: 1, faults: [] },
  });
  const defects =
    'import email,email.policy,sys\n' +
    'm=email.message_from_bytes(sys.stdin.buffer.read(),policy=email.policy.strict)\n' +
    'print(sum(len(p.defects) for p in m.walk()))';
  expect(execFileSync('python3', ['-c', defects], { input: octets }).toString().trim()).toBe('0');
  expect((await readMsg(file)).octets.equals(octets)).toBe(true);
});

test('a header that came over the wire is kept, but for what describes the body', async () => {
  const stored = 'Received: from mx by ente.it\r\nFrom: x@y.it\r\nContent-Type: text/plain\r\nX-Own: 1\r\n\r\n';
  const draft = { ...whole, properties: { ...whole.properties, [tag.transportMessageHeaders]: stored } };
  const { octets, synthesis } = await readMsg(fileOf(writeMsg(draft)));
  const head = octets.toString('latin1').split('\r\n\r\n')[0];
  expect(head).toMatch(/^Received: from mx by ente\.it\r\nFrom: x@y\.it\r\nX-Own: 1\r\n/);
  expect(head).toContain('Message-ID: <1@ente.it>');
  expect(synthesis).toMatchObject({ header: 'transport', headerReplaced: ['content-type'] });
});

test('an RTF body gives its text, and stays beside it', async () => {
  const rtf = Buffer.from('{\\rtf1\\ansi Delibera \\b approvata\\b0 .}');
  const packed = Buffer.alloc(16);
  packed.writeUInt32LE(rtf.length + 12, 0);
  packed.writeUInt32LE(rtf.length, 4);
  packed.write('MELA', 8, 'latin1');
  const properties = { [tag.messageClass]: 'IPM.Note', [tag.rtfCompressed]: Buffer.concat([packed, rtf]) };
  const text = (await readMsg(fileOf(writeMsg({ properties })))).octets.toString('latin1');
  expect(text).toContain('Delibera approvata.');
  expect(text).toContain('Content-Type: text/rtf');
});

test('other compound files are no messages, and a contact is no mail', async () => {
  expect(await isMsgFile(fileOf(Buffer.from('Subject: a\r\n\r\n')))).toBe(false);
  const contact = writeMsg({ properties: { [tag.messageClass]: 'IPM.Contact' } });
  await expect(readMsg(fileOf(contact))).rejects.toMatchObject({ problem: { details: { reason: 'outlook-item' } } });
});

test('a file that was cut or altered ends in a message or in a reason, and never hangs', async () => {
  const octets = writeMsg(whole);
  const broken: Buffer[] = [];
  for (let step = 1; step <= 200; step += 1) broken.push(octets.subarray(0, Math.floor((octets.length * step) / 201)));
  let random = 1;
  const next = (below: number): number => (random = (random * 48_271) % 2_147_483_647) % below;
  for (let count = 0; count < 500; count += 1) {
    const copy = Buffer.from(octets);
    for (let changes = 0; changes < 8; changes += 1) copy[next(copy.length)] = next(256);
    broken.push(copy);
  }
  // Every sector leads to the first one: each chain is a loop.
  const looped = Buffer.from(octets);
  for (let at = 0; at + 4 <= looped.length; at += 4)
    if (looped.readUInt32LE(at) === 0xfffffffe) looped.writeUInt32LE(0, at);
  broken.push(looped);
  let read = 0;
  for (const each of broken) {
    try {
      if ((await readMsg(fileOf(each))).octets.length > 0) read += 1;
    } catch (error) {
      if (!(error instanceof TravasoError)) throw error;
    }
  }
  expect(read).toBeGreaterThan(100);
});
