import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zimbraVcard } from '../../../items/zimbra-vcard.ts';
import type { OutgoingItem } from '../../item-target.ts';
import { outgoingContact } from './contact-attributes.ts';
import { prepareContact } from './prepare-contact.ts';

function card(...lines: readonly string[]): OutgoingItem {
  const octets = Buffer.from(['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n'));
  return { kind: 'contact', identity: 'c1', name: 'Anna', mediaType: 'text/vcard', octets };
}

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
/** Where a part ends with a backslash, the parser (ical.js) does not see that it ends. */
const word = fc
  .stringMatching(/^[A-Za-zàèìòù0-9;,\\'’. -]{1,20}$/)
  .filter(text => text.trim() === text && text !== '?' && !text.endsWith('\\'));
const own = fc.record(
  {
    ...{ firstName: word, lastName: word, middleName: word, nickname: word, fullName: word, company: word },
    ...{ department: word, jobTitle: word, notes: word, workStreet: word, workCity: word, homePostalCode: word },
    ...{ otherCountry: word, assistantPhone: word, homeFax: word, custom1: word, workStreet2: word, pager: word },
    email: fc.emailAddress(),
    email2: fc.emailAddress(),
    mobilePhone: fc.stringMatching(/^\+\d{6,12}$/),
    workPhone2: fc.stringMatching(/^\d{6,12}$/),
    birthday: fc.constant('1970-12-25'),
    imAddress1: fc.constantFrom('xmpp:anna@ente.it', 'anna'),
    workURL: fc.constantFrom('https://ente.it/a%20b?c=1', 'https://ente.it/è'),
  },
  { requiredKeys: ['email'] },
);

test('a contact of Zimbra comes back to the fields it had, whatever they hold', () => {
  fc.assert(
    fc.property(own, fc.subarray(['Lavoro', 'Casa, famiglia']), (fields, tags) => {
      const contact = { fields, id: 'c1', tags, members: [], photo: null, changed: null };
      const item = { ...card(), octets: zimbraVcard(contact).octets };
      expect(prepareContact(item).changed).toEqual([]);
      expect(outgoingContact(item.octets).tags).toEqual(tags);
    }),
    { numRuns: 150 },
  );
});

test('fields get the names that the mailbox shows', () => {
  const { fields, tags, photo } = outgoingContact(
    card(
      ...['FN:Dott. Anna Rossi', 'N:Rossi;Anna;;Dott.;', 'EMAIL;TYPE=work:a@ente.it', 'EMAIL:b@ente.it'],
      ...['TEL;TYPE=cell:333', 'TEL;TYPE="work,fax":06', 'TEL;TYPE=home:07', 'ORG:Comune;Ufficio;Piano 2'],
      ...['ADR;TYPE=work:C.P. 1;;Via Roma 1;Roma;RM;00100;Italia', 'BDAY:19701225', 'CATEGORIES:Lavoro,A:B'],
      ...['X-ZIMBRA-assistantPhone:0 1\\, 2', `PHOTO:data:image/jpeg;base64,${jpeg.toString('base64')}`],
    ).octets,
  );
  expect(fields).toEqual({
    ...{ lastName: 'Rossi', firstName: 'Anna', namePrefix: 'Dott.', email: 'a@ente.it', email2: 'b@ente.it' },
    ...{ mobilePhone: '333', workFax: '06', homePhone: '07', company: 'Comune', department: 'Ufficio, Piano 2' },
    ...{ workStreet: 'C.P. 1, Via Roma 1', workCity: 'Roma', workState: 'RM', workPostalCode: '00100' },
    ...{ workCountry: 'Italia', birthday: '1970-12-25', assistantPhone: '0 1, 2', notes: 'Categoria: A:B' },
  });
  expect(tags).toEqual(['Lavoro']);
  expect(photo).toEqual({ mediaType: 'image/jpeg', octets: jpeg });
});

test('what has no place is told in the notes, and what cannot be told is named', () => {
  const { changed } = prepareContact(
    card(
      ...['FN:Anna', 'N:;Anna;;;', 'NOTE:Mia', 'ADR;TYPE=work:;;Via 1;;;;', 'ADR;TYPE=work:;;Via 2;;;;', 'GEO:geo:1,2'],
      `PHOTO:data:image/jpeg;base64,${Buffer.from('no picture').toString('base64')}`,
    ),
  );
  expect(changed).toEqual([
    { field: 'address-work', fate: 'as-text' },
    { field: 'other', fate: 'as-text' },
    { field: 'photo', fate: 'left-out' },
  ]);
  const more = ['NOTE:Mia', 'ROLE:Capo', 'X-TRAVASO-COLUMN;X-HEADING="Numero di stanza":2\\, primo piano'];
  expect(outgoingContact(card('FN:Anna', ...more).octets).fields['notes']).toBe(
    'Mia\n\nRuolo: Capo\nNumero di stanza: 2, primo piano',
  );
});

test('a list of contacts keeps the addresses of its members', () => {
  const list = card(
    ...['KIND:group', 'FN:Squadra', 'MEMBER:mailto:bruno%40ente.it', 'MEMBER:urn:x-zimbra:G%3Auid%3Danna%2Cdc%3Dente'],
    'MEMBER:urn:x-zimbra:C%3A257',
  );
  const { fields, members } = outgoingContact(list.octets);
  expect(members).toEqual([
    { type: 'I', value: 'bruno@ente.it' },
    { type: 'G', value: 'uid=anna,dc=ente' },
  ]);
  expect(fields).toMatchObject({ type: 'group', nickname: 'Squadra', fileAs: '8:Squadra' });
  expect(prepareContact(list).changed).toEqual([{ field: 'member', fate: 'as-text' }]);
});

test('what is no vCard is refused', () => {
  const broken = { ...card(), octets: Buffer.from('BEGIN:VCARD\r\nFN') };
  expect(() => prepareContact(broken)).toThrow(expect.objectContaining({ code: 'ITEM_REFUSED' }));
});
