import { expect, test } from 'vitest';
import { addressFrom } from './address.ts';
import { nodeOfEntryId, oneOffOfEntryId, splitEntryList } from './entry-id.ts';
import { keywordOf, kindOfClass, plainSubject } from './message.ts';

test('what an item is: unknown classes are mail, so that nothing is dropped', () => {
  expect(
    ['IPM.Note', 'IPM.Note.SMIME', 'REPORT.IPM.Note.NDR', 'IPM.Schedule.Meeting.Request', 'IPM.Custom.Form', null].map(
      kindOfClass,
    ),
  ).toEqual(['mail', 'mail', 'mail', 'mail', 'mail', 'mail']);
  expect(
    ['IPM.Contact', 'ipm.contact.custom', 'IPM.DistList', 'IPM.Appointment', 'IPM.Task', 'IPM.StickyNote'].map(
      kindOfClass,
    ),
  ).toEqual(['contact', 'contact', 'distribution-list', 'appointment', 'task', 'note']);
  // A task request is mail that carries a task.
  expect(kindOfClass('IPM.TaskRequest')).toBe('mail');
});

test('a category becomes a keyword that IMAP can carry', () => {
  expect(['Da fare', 'Città', 'a*b', '重要', ' Rosso '].map(keywordOf)).toEqual([
    'Da_fare',
    'Citta',
    'a_b',
    '__',
    'Rosso',
  ]);
});

test('the mark of a subject prefix is no part of the subject', () => {
  expect(plainSubject('\u0001\u0005RE: Ciao')).toBe('RE: Ciao');
  expect(plainSubject('Ciao\r\nBcc: x')).toBe('Ciao Bcc: x');
  expect(plainSubject(null)).toBe('');
});

test('addresses: SMTP wherever it stands, a directory name otherwise', () => {
  const none = { name: null, type: null, address: null, smtp: null, entryId: null };
  expect(addressFrom({ ...none, name: "'anna@ente.it'", type: 'SMTP', address: 'anna@ente.it' }, 1252)).toEqual({
    name: '',
    smtp: 'anna@ente.it',
    directoryName: null,
  });
  expect(
    addressFrom({ ...none, name: 'Anna', type: 'EX', address: '/o=E/cn=anna', smtp: 'anna@ente.it' }, 1252)?.smtp,
  ).toBe('anna@ente.it');
  expect(addressFrom({ ...none, name: 'Anna', type: 'EX', address: '/o=E/cn=a@b' }, 1252)).toEqual({
    name: 'Anna',
    smtp: null,
    directoryName: '/o=E/cn=a@b',
  });
  expect(addressFrom(none, 1252)).toBeNull();
});

test('entry ids: one-off addresses, nodes of the store, lists of entries', () => {
  const head = Buffer.from('00000000812b1fa4bea310199d6e00dd010f540200000080', 'hex');
  head.writeUInt16LE(0x8000, 22);
  const oneOff = Buffer.concat([head, Buffer.from('Anna\0SMTP\0anna@ente.it\0', 'utf16le')]);
  expect(oneOffOfEntryId(oneOff, 1252)).toEqual({ name: 'Anna', type: 'SMTP', address: 'anna@ente.it' });
  expect(oneOffOfEntryId(oneOff.subarray(0, 40), 1252)?.name).toBe('Anna');
  const ofStore = Buffer.alloc(24);
  ofStore.writeUInt32LE(0x8082, 20);
  expect(nodeOfEntryId(ofStore)).toBe(0x8082);
  expect(nodeOfEntryId(oneOff)).toBeNull();
  const list = Buffer.concat([
    Buffer.from('0200000000000000', 'hex'),
    Buffer.from('0300000061626300', 'hex'),
    Buffer.from('0100000064', 'hex'),
  ]);
  expect(splitEntryList(list).map(String)).toEqual(['abc', 'd']);
  expect(splitEntryList(Buffer.from('ffffffff00000000ffffffff', 'hex'))).toEqual([]);
});
