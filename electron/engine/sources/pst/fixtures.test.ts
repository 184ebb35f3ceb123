import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { simpleParser } from 'mailparser';
import { openPstSource } from './pst-source.ts';
import { fixture, haveFixtures, fixturesMissing } from './testing/fixtures.ts';
import { readSource } from './testing/read-source.ts';
import type { ReadAll } from './testing/read-source.ts';

if (!haveFixtures) console.warn(fixturesMissing);
const real = test.skipIf(!haveFixtures);

async function read(name: string): Promise<ReadAll> {
  const source = await openPstSource(fixture(name));
  const all = await readSource(source);
  await source.close();
  return all;
}

async function parsed(all: ReadAll, index = 0): ReturnType<typeof simpleParser> {
  return simpleParser(all.messages[index]?.octets ?? Buffer.alloc(0), { skipHtmlToText: true, skipTextToHtml: true });
}

/** The first item that begins a component of this name. */
const itemText = (all: ReadAll, begin: string): string =>
  all.items
    .map(({ file }) => file?.octets.toString('utf8').replaceAll('\r\n ', '') ?? '')
    .find(text => text.includes(`\r\n${begin}\r\n`)) ?? '';

real('CJK: subject, body in two forms, names of attachments, of a Unicode file', async () => {
  const all = await read('hht_Hello_CJK.pst');
  expect(all.source.about).toMatchObject({ format: 'unicode', storeName: 'Hello CJK', passwordSet: false });
  expect(all.folders).toEqual(['Outlook データ ファイルのトップ', '削除済みアイテム']);
  const mail = await parsed(all);
  expect(mail.subject).toBe('Hello +CJK');
  expect(mail.text).toBe('Hello\n\nC 你好\n\nJ こんにちは\n\nK 안녕하세요\n\n');
  expect(mail.html).toContain('안녕하세요');
  expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    ['C 你好.png', 'image/png'],
    ['J こんにちは.png', 'image/png'],
    ['K 안녕하세요.png', 'image/png'],
  ]);
  for (const { content } of mail.attachments) expect(content.toString('latin1', 1, 4)).toBe('PNG');
  // As it came over the wire.
  expect(mail.headers.get('x-mailer')).toBe('Microsoft Outlook 15.0');
  expect(mail.messageId).toBe('<000001dca8ba$97112960$c5337c20$@hmailserver.test>');
});

real('messages in messages in messages, with their attachments', async () => {
  const all = await read('hht_alpha-beta-gamma-delta.pst');
  const text = all.messages[0]?.octets?.toString('latin1') ?? '';
  expect(text.match(/^Subject: .*$/gm)).toEqual([
    'Subject: Alpha',
    'Subject: Beta',
    'Subject: Gamma',
    'Subject: Delta',
  ]);
  expect(text.match(/^This is message \w+/gm)).toEqual([
    'This is message alpha',
    'This is message beta',
    'This is message gamma',
    'This is message delta',
  ]);
  expect(text.match(/filename="\w+\.png"/g)).toEqual([
    'filename="alpha.png"',
    'filename="beta.png"',
    'filename="gamma.png"',
    'filename="delta.png"',
  ]);
  const other = (await read('hht_msgInMsgInMsg.pst')).messages[0]?.octets?.toString('latin1') ?? '';
  expect(other.match(/^Subject: /gm)).toHaveLength(3);
});

real('an embedded message beside the body of the one around it', async () => {
  const mail = await parsed(await read('pstsdk_submessage.pst'));
  expect(mail.subject).toBe('This is a message which has an embedded message attached');
  expect(mail.text?.trim()).toBe('This is the body of the regular message');
  const [embedded] = mail.attachments;
  expect(embedded?.contentType).toBe('message/rfc822');
  expect((await simpleParser(embedded?.content ?? '')).subject).toBe('This is an embedded message');
});

real('ANSI files: mail, names in the code page of the writer, a password that protects nothing', async () => {
  const posts = await read('pstsdk_test_ansi.pst');
  expect(posts.source.about).toMatchObject({ format: 'ansi', passwordSet: true });
  expect(posts.folders).toContain('Folder');
  expect((await parsed(posts)).subject).toBe('Post');
  const contacts = await read('hht_contacts97-2002.pst');
  expect(contacts.items[0]?.folder).toEqual(['連絡先 (Contact dedicated)']);
});

real('a contact is the same from an ANSI and from a Unicode file', async () => {
  const unicode = itemText(await read('hht_contacts.pst'), 'VERSION:4.0');
  const ansi = itemText(await read('hht_contacts97-2002.pst'), 'VERSION:4.0');
  const withoutTime = (card: string): string => card.replace(/^REV:.*$/m, '');
  expect(withoutTime(ansi)).toBe(withoutTime(unicode));
  expect(unicode.split('\r\n')).toEqual(
    expect.arrayContaining([
      'VERSION:4.0',
      'FN:Mr. イグザンプル ドット コム 殿',
      'N:イグザンプル;コム;ドット;Mr.;殿',
      'ORG:My work company;My division',
      'EMAIL;X-DISPLAY="コム ドット イグザンプル 殿 (test@example.com)":test@example.com',
      'TEL;VALUE=text;TYPE="cell":080-0001-0001',
      'ADR;TYPE=work:;;Somewhere;Osaka;Osaka;544-0001;日本',
      'BDAY:20000101',
    ]),
  );
});

real('a distribution list is a group with its members', async () => {
  const all = await read('libpst_dist-list.pst');
  expect(all.items.map(item => item.kind).sort()).toEqual(['contact', 'contact', 'event']);
  const card = itemText(all, 'KIND:group');
  expect(card).toContain('KIND:group\r\nFN:test dist list');
  expect(card.match(/^MEMBER.*$/gm)?.map(line => line.trim())).toEqual([
    'MEMBER;X-CN="contact name 1":mailto:contact1@rjohnson.id.au',
    'MEMBER;X-CN="dist name 1":mailto:dist1@rjohnson.id.au',
    'MEMBER;X-CN="dist name 2":mailto:dist2@rjohnson.id.au',
  ]);
});

real('a series with a deleted and two moved occurrences, in the time zone it was made in', async () => {
  const calendar = itemText(await read('libpst_dist-list.pst'), 'BEGIN:VEVENT');
  const zone = ';TZID="(UTC-08:00) Pacific Time (US & Canada)"';
  expect(
    calendar.match(/^(DTSTART;|DTEND;|RRULE:FREQ=WEEKLY|EXDATE|RECURRENCE-ID).*$/gm)?.map(line => line.trim()),
  ).toEqual([
    `DTSTART${zone}:20160802T080000`,
    `DTEND${zone}:20160802T083000`,
    'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=SU',
    `EXDATE${zone}:20160809T080000`,
    `RECURRENCE-ID${zone}:20160823T080000`,
    `DTSTART${zone}:20160823T090000`,
    `DTEND${zone}:20160823T093000`,
    `RECURRENCE-ID${zone}:20160830T080000`,
    `DTSTART${zone}:20160830T100000`,
    `DTEND${zone}:20160830T103000`,
  ]);
  expect(calendar).toContain('TZID:(UTC-08:00) Pacific Time (US & Canada)');
  // Each moved occurrence has a text of its own, which Outlook keeps in an embedded message.
  expect(calendar.match(/^DESCRIPTION:This.*$/gm)?.map(line => line.trim())).toEqual([
    'DESCRIPTION:This is a complete test',
    'DESCRIPTION:This is the appointment at 9',
    'DESCRIPTION:This is the one at 10',
  ]);
});

real('a meeting of an ANSI file, with its attendees', async () => {
  const calendar = itemText(await read('gopst_32-bit.pst'), 'BEGIN:VEVENT');
  expect(calendar).toContain('SUMMARY:Updated: Olympus training for new hires');
  expect(calendar).toContain('DTSTART:20040819T183000Z\r\nDTEND:20040819T193000Z');
  expect(calendar.match(/^ATTENDEE/gm)).toHaveLength(7);
});

real('bodies as plain text, HTML and RTF', async () => {
  const all = await read('tika_variousBodyTypes.pst');
  expect(all.messages.map(({ record }) => [record?.plain, record?.html])).toEqual([
    ['stored', 'stored'],
    ['stored', 'stored'],
    ['stored', null],
    ['stored', null],
  ]);
  const types = all.messages.map(({ octets }) => octets?.toString('latin1').match(/^Content-Type: text\/\w+/gm));
  expect(types[2]).toEqual(['Content-Type: text/plain', 'Content-Type: text/rtf']);
  // Only an RTF body that holds HTML.
  const nested = await read('hht_msgInMsgInMsg.pst');
  expect(nested.messages[0]?.record?.html).toBe('rtf');
  expect((await parsed(nested)).html).toMatch(/^<html[^]*I have sub attachments![^]*<\/html>\s*$/);
});

real('French and Portuguese names, replies and threads', async () => {
  const all = await read('tika_testPST.pst');
  expect(all.messages).toHaveLength(7);
  const mails = await Promise.all(all.messages.map((_, index) => parsed(all, index)));
  expect(mails[0]?.from?.value[0]).toEqual({ name: 'Jörn Kottmann', address: 'kottmann@gmail.com' });
  expect(mails[0]?.inReplyTo).toMatch(/^<.*>$/);
  expect(mails[6]?.subject).toBe('FW: First email');
});

/** Over all octets of a file's messages and items in order: the same on every machine, with every clock and locale. */
const outputs: Readonly<Record<string, string>> = {
  'gopst_32-bit.pst': 'ec5806b497060f40470d80321d2ba6a3',
  'hht_Hello_CJK.pst': '11b5dac2261d0b0b84641ab10d4e68db',
  'hht_alpha-beta-gamma-delta.pst': '21e63e61ac29b42d762038a6c462a3f0',
  'hht_contacts.pst': 'db53fce32a01ba10c49e8c8c22faef2b',
  'hht_contacts97-2002.pst': '240b5494ceba7fb86997648ed031a1e3',
  'hht_msgInMsgInMsg.pst': '662a5b857b8ece5c665991b0a18376a1',
  'hht_threeItems.pst': 'b9dc6c0552552d425c33c8fad85ccf31',
  'libpst_dist-list.pst': '8d07371d27e3d93219083b28b7a029c7',
  'libyal_outlook.pst': '4282668932b51d35b44a086eccff884f',
  'pstsdk_submessage.pst': '46b73512c2fad164794c83856471d4e6',
  'pstsdk_test_ansi.pst': '53760a91c2a08c2272828a74a899d943',
  'pstsdk_test_unicode.pst': '53d2709ef4e50f9c15e783cf5287add3',
  'tika_testPST.pst': '77ecb0485eb2fd0ffdc5d6b134437209',
  'tika_variousBodyTypes.pst': 'efaba7f792d970782f6fcae6a0d94705',
};

real.each(Object.entries(outputs))('%s always gives the same octets', async (name, expected) => {
  const all = await read(name);
  const hash = createHash('sha256');
  for (const { octets } of all.messages) hash.update(octets ?? Buffer.alloc(0));
  for (const { file } of all.items) hash.update(file?.fileName ?? '').update(file?.octets ?? Buffer.alloc(0));
  expect(hash.digest('hex').slice(0, 32)).toBe(expected);
});
