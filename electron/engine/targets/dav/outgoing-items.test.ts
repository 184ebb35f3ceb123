import { expect, test } from 'vitest';
import { contactItemFields } from '../../items/contact-fields.ts';
import { differingFields } from '../../items/item-fields.ts';
import { outgoingCalendar } from './outgoing-calendar.ts';
import { asVersion3 } from '../../items/vcard/vcard-three.ts';
import { outgoingCard } from './outgoing-card.ts';
import { putOutcome } from './put-outcome.ts';
import { identityOfResource, resourceName } from './resource-name.ts';

const text = (octets: Buffer): string => octets.toString().replaceAll('\r\n ', '');
const lines = (...each: readonly string[]): Buffer => Buffer.from(`${each.join('\r\n')}\r\n`);

test('an appointment invites nobody, mails nobody, and has the name it is known by', () => {
  const sent = text(
    outgoingCalendar({
      identity: 'travaso-1',
      octets: lines(
        ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:vecchio', 'METHOD:altro'],
        ...['ORGANIZER;CN="Rossi: Anna";SCHEDULE-AGENT=SERVER:mailto:anna@ente.it', 'ATTENDEE:mailto:b@ente.it'],
        ...['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER:-PT5M', 'ATTENDEE:mailto:capo@ente.it', 'DESCRIPTION:x'],
        ...['END:VALARM', 'END:VEVENT', 'BEGIN:VEVENT', 'RECURRENCE-ID:20250101T000000Z', 'END:VEVENT'],
        'END:VCALENDAR',
      ),
    }),
  );
  expect(sent.match(/^UID:travaso-1\r$/gm)).toHaveLength(2);
  expect(sent).not.toContain('vecchio');
  expect(sent).not.toContain('METHOD:REQUEST');
  expect(sent).toContain('ORGANIZER;CN="Rossi: Anna";SCHEDULE-AGENT=NONE:mailto:anna@ente.it');
  expect(sent).toContain('ATTENDEE;SCHEDULE-AGENT=NONE:mailto:b@ente.it');
  expect(sent).toContain('ACTION:DISPLAY');
  expect(sent).not.toContain('capo@ente.it');
});

test('a card of version 4.0 says the same in version 3.0', () => {
  const card = outgoingCard({
    identity: 'c1',
    octets: lines(
      ...['BEGIN:VCARD', 'VERSION:4.0', 'KIND:group', 'FN:Ufficio', 'MEMBER:mailto:anna@ente.it', 'BDAY:19701225'],
      ...['TEL;VALUE=uri;TYPE="work,voice":tel:+3906123456', 'ANNIVERSARY:20010203', 'BDAY:--0102'],
      ...['PHOTO:data:image/jpeg;base64,AAAA', 'X-UFFICIO:12', 'END:VCARD'],
    ),
  });
  const third = asVersion3(card);
  expect(text(third)).toContain('VERSION:3.0\r\n');
  expect(text(third)).not.toContain('data:');
  expect(differingFields(contactItemFields(card), contactItemFields(third))).toEqual([]);
});

test('a contact without a name is shown by its organisation', () => {
  const octets = lines('BEGIN:VCARD', 'VERSION:3.0', 'FN: ', 'N:;;;;', 'ORG:Comune;Protocollo', 'END:VCARD');
  expect(contactItemFields(outgoingCard({ identity: 'c2', octets })).get('name')).toEqual(['Comune Protocollo']);
});

test('an address tells the identity back, unless that is very long', () => {
  const identity = 'àè/../?#@ente.it';
  expect(identityOfResource(`https://h/a/${resourceName(identity, 'ics')}`)).toBe(identity);
  const long = resourceName('x'.repeat(300), 'vcf');
  expect(long.length).toBeLessThan(100);
  expect(identityOfResource(`https://h/a/${long}`)).toBeNull();
});

test('what a server says of an item becomes data', () => {
  const url = 'https://h/cal/1.ics';
  const named = (name: string, inner = ''): string =>
    `<d:error xmlns:d="DAV:"><c:${name} xmlns:c="x">${inner}</c:${name}></d:error>`;
  expect(putOutcome(url, 201, '')).toEqual({ kind: 'stored', key: url });
  expect(putOutcome(url, 412, '')).toEqual({ kind: 'present', key: url });
  expect(putOutcome(url, 409, named('no-uid-conflict', '<d:href>/cal/2.ics</d:href>'))).toEqual({
    kind: 'present',
    key: 'https://h/cal/2.ics',
  });
  expect(putOutcome(url, 403, named('valid-calendar-data'))).toMatchObject({
    problem: { code: 'ITEM_REFUSED', details: { reason: 'valid-calendar-data' } },
  });
  expect(putOutcome(url, 413, '')).toMatchObject({ problem: { details: { reason: 'max-resource-size' } } });
  expect(putOutcome(url, 507, '')).toMatchObject({ problem: { code: 'TARGET_QUOTA' } });
  expect(putOutcome(url, 500, '')).toMatchObject({ problem: { details: { reason: 'http-500' } } });
  expect(() => putOutcome(url, 409, '')).toThrow('TARGET_FOLDER_VANISHED');
});
