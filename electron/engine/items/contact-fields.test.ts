import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { contactItemFields } from './contact-fields.ts';

const photo = Buffer.from('a picture');

function card(version: string, ...lines: readonly string[]): Buffer {
  return Buffer.from(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n'));
}

test('the same person in vCard 3.0 and 4.0 has the same fields', () => {
  const third = contactItemFields(
    card(
      '3.0',
      'UID:1',
      'FN:Dott. Anna Rossi',
      'N:Rossi;Anna;;Dott.;',
      'ORG:Comune di Esempio;Protocollo',
      'item1.EMAIL;type=INTERNET;type=WORK:Anna@Ente.it',
      'TEL;TYPE=WORK,VOICE:+39 06 123-456',
      'TEL;TYPE=CELL:(333) 1234567',
      'ADR;TYPE=WORK:;;Via Roma 1;Roma;RM;00100;Italia',
      'BDAY:1970-12-25',
      `PHOTO;ENCODING=b;TYPE=JPEG:${photo.toString('base64')}`,
      'NOTE:Prima riga\\nseconda\\, riga',
      'X-UFFICIO:12',
    ),
  );
  const fourth = contactItemFields(
    card(
      '4.0',
      'UID:2',
      'FN:Dott. Anna Rossi',
      'N:Rossi;Anna;;Dott.;',
      'ORG:Comune di Esempio;Protocollo',
      'EMAIL;TYPE=work:anna@ente.it',
      'TEL;VALUE=uri;TYPE="work,voice":tel:+3906123456',
      'TEL;VALUE=text;TYPE=cell:333 1234567',
      'ADR;TYPE=work:;;Via Roma 1;Roma;RM;00100;Italia',
      'BDAY:19701225',
      `PHOTO:data:image/jpeg;base64,${photo.toString('base64')}`,
      'NOTE:Prima riga\\nseconda\\, riga',
      'X-UFFICIO:12',
    ),
  );
  expect(Object.fromEntries(third)).toEqual(Object.fromEntries(fourth));
  expect(Object.fromEntries(third)).toEqual({
    name: ['Dott. Anna Rossi'],
    'family-name': ['Rossi'],
    'given-name': ['Anna'],
    'name-prefix': ['Dott.'],
    organisation: ['Comune di Esempio'],
    department: ['Protocollo'],
    email: ['anna@ente.it'],
    'phone-work': ['+3906123456'],
    'phone-mobile': ['3331234567'],
    'address-work': ['Via Roma 1, Roma, RM, 00100, Italia'],
    birthday: ['1970-12-25'],
    photo: [createHash('sha256').update(photo).digest('hex')],
    note: ['Prima riga\nseconda, riga'],
    other: ['X-UFFICIO:12'],
  });
});

test('a list of contacts keeps its members, and a birthday without a year its day', () => {
  const group = contactItemFields(
    card(
      '4.0',
      'KIND:group',
      'FN:Ufficio',
      'MEMBER:mailto:Luca%40ente.it',
      'MEMBER:mailto:anna@ente.it',
      'BDAY:--1225',
    ),
  );
  expect(group.get('member')).toEqual(['anna@ente.it', 'luca@ente.it']);
  expect(group.get('birthday')).toEqual(['--12-25']);
});

test('a semicolon of a name is one, escaped or not, and a backslash before it stays', () => {
  const names = (fn: string): readonly string[] | undefined =>
    contactItemFields(card('4.0', `FN:${fn}`, 'N:Rossi\\; Bianchi;Anna;;;')).get('name');
  expect(names('Anna Rossi\\; Bianchi')).toEqual(['Anna Rossi; Bianchi']);
  expect(names('Anna Rossi; Bianchi')).toEqual(['Anna Rossi; Bianchi']);
  expect(names('C:\\\\; D')).toEqual(['C:\\; D']);
  const folded = contactItemFields(card('3.0', 'FN:Anna Rossi\\', ' ; Bianchi', 'N:Rossi\\; Bianchi;Anna;;;'));
  expect([folded.get('name'), folded.get('family-name')]).toEqual([['Anna Rossi; Bianchi'], ['Rossi; Bianchi']]);
});
