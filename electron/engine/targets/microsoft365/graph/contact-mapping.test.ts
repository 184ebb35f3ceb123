import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactItemFields } from '../../../items/contact-fields.ts';
import { differingFields } from '../../../items/item-fields.ts';
import { contactFromGraph } from './contact-from-graph.ts';
import { contactToGraph } from './contact-to-graph.ts';

function card(...lines: readonly string[]): Buffer {
  return Buffer.from(['BEGIN:VCARD', 'VERSION:4.0', ...lines, 'END:VCARD', ''].join('\r\n'));
}

const png = Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64');
const rich = card(
  'UID:u1',
  'FN:Dott.ssa Anna Bianchi',
  'N:Bianchi;Anna;Maria;Dott.ssa;PhD',
  'ORG:Comune di Prova;Anagrafe;Sportello 2',
  'TITLE:Funzionaria',
  ...['z@ente.it', 'b@ente.it', 'c@ente.it', 'D@ente.it'].map(each => `EMAIL:${each}`),
  'TEL;TYPE="work,voice":06 1111-1',
  'TEL;TYPE="work,voice":06 2222',
  'TEL;TYPE="work,voice":06 3333',
  'TEL;TYPE=cell:+39 333 1',
  'TEL;TYPE="work,fax":06 4444',
  'ADR;TYPE=work:;int. 3;Via Roma 1;Roma;RM;00100;Italia',
  'ADR;TYPE=work:;;Via Milano 2;Milano;MI;20100;Italia',
  'URL:https://ente.it',
  'IMPP:xmpp:anna@ente.it',
  'BDAY:19700302',
  'ANNIVERSARY:20010506',
  'NOTE:prima riga\\nseconda',
  'CATEGORIES:Colleghi,Ufficio',
  `PHOTO:data:image/png;base64,${png}`,
  'X-ZIMBRA-custom1:valore',
);

test('what has a place goes there in the order of the card, all the rest stands in the notes and is named', () => {
  const { resource, photo, changed } = contactToGraph(rich);
  expect(resource).toMatchObject({
    displayName: 'Dott.ssa Anna Bianchi',
    surname: 'Bianchi',
    title: 'Dott.ssa',
    generation: 'PhD',
    department: 'Anagrafe, Sportello 2',
    emailAddresses: [{ address: 'z@ente.it' }, { address: 'b@ente.it' }, { address: 'c@ente.it' }],
    businessPhones: ['0611111', '062222'],
    mobilePhone: '+393331',
    businessAddress: { street: 'int. 3, Via Roma 1', city: 'Roma', state: 'RM', postalCode: '00100' },
    birthday: '1970-03-02T11:59:00Z',
    categories: ['Colleghi', 'Ufficio'],
  });
  expect(photo).toMatchObject({ mediaType: 'image/png' });
  const notes = String(resource['personalNotes']);
  expect(notes).toMatch(/^prima riga\nseconda\n\n---\n/);
  for (const line of [
    'd@ente.it',
    '063333',
    'Fax: 064444',
    '2001-05-06',
    'Via Milano 2, Milano',
    'X-ZIMBRA-CUSTOM1:valore',
  ])
    expect(notes).toContain(line);
  const texts = changed.filter(({ fate }) => fate === 'as-text').map(({ field }) => field);
  expect(texts.sort()).toEqual(['address-work', 'anniversary', 'email', 'fax', 'other', 'phone-work']);
});

test('a list becomes a contact that names its members; a picture Graph does not take is named', () => {
  const list = contactToGraph(card('KIND:group', 'FN:Ufficio', 'MEMBER:mailto:a@ente.it', 'MEMBER:mailto:b@ente.it'));
  expect(list.resource['personalNotes']).toContain('Membro / Member: a@ente.it\nMembro / Member: b@ente.it');
  expect(list.changed).toEqual([{ field: 'member', fate: 'as-text' }]);
  const picture = contactToGraph(card('FN:X', `PHOTO:data:image/jpeg;base64,${Buffer.from('BM').toString('base64')}`));
  expect(picture).toMatchObject({ photo: null, changed: [{ field: 'photo', fate: 'left-out' }] });
  expect(contactToGraph(card('FN:X', 'PHOTO:https://ente.it/a.jpg')).resource['personalNotes']).toContain(
    'ente.it/a.jpg',
  );
});

test('a contact without a name gets one that can be seen', () => {
  expect(contactToGraph(card('EMAIL:solo@ente.it')).resource['displayName']).toBe('solo@ente.it');
  expect(contactToGraph(card('TEL:1')).resource['displayName']).toBe('?');
});

test('a value that a server changed or lost is found', () => {
  const { resource, kept } = contactToGraph(rich);
  expect(differingFields(kept, contactFromGraph(resource, true))).toEqual([]);
  expect(differingFields(kept, contactFromGraph({ ...resource, surname: 'Bianca' }, true))).toEqual(['family-name']);
  expect(differingFields(kept, contactFromGraph({ ...resource, homePhones: ['1'] }, false))).toEqual([
    'phone-home',
    'photo',
  ]);
});

const words = fc.string({ unit: 'grapheme', maxLength: 20 }).map(each => each.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' '));
const escaped = words.map(each => each.replaceAll(/[\\;,]/g, '\\$&'));
const line = fc.oneof(
  fc.tuple(fc.constantFrom('EMAIL', 'NICKNAME', 'TITLE', 'NOTE', 'CATEGORIES', 'URL', 'IMPP', 'X-A', 'ROLE'), escaped),
  fc.tuple(
    fc.constantFrom('TEL', 'TEL;TYPE=home', 'TEL;TYPE="work,voice"', 'TEL;TYPE=cell'),
    fc.stringMatching(/^[\d +-]{1,9}$/),
  ),
  fc.tuple(
    fc.constantFrom('ADR', 'ADR;TYPE=work', 'ADR;TYPE=home'),
    fc.array(escaped, { minLength: 7, maxLength: 7 }).map(each => each.join(';')),
  ),
  fc.tuple(fc.constantFrom('BDAY', 'ANNIVERSARY'), fc.constantFrom('19990131', '--0229', '1999-01-31')),
);

test('whatever a card holds arrives in a field or in the notes', () => {
  fc.assert(
    fc.property(escaped, fc.array(line, { maxLength: 14 }), (name, lines) => {
      const octets = card(`FN:${name}`, ...lines.map(([property, value]) => `${property}:${value}`));
      const { resource, kept } = contactToGraph(octets);
      expect(differingFields(kept, contactFromGraph(resource, false))).toEqual([]);
      const all = JSON.stringify(resource);
      for (const [field, values] of contactItemFields(octets)) {
        for (const value of values.flatMap(each => each.split(/\n|, /))) {
          if (!field.startsWith('address')) expect(all).toContain(JSON.stringify(value.trim()).slice(1, -1));
        }
      }
    }),
    { numRuns: 200 },
  );
});
