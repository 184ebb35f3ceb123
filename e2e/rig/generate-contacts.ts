import fc from 'fast-check';
import { escaped } from './item-lines.ts';

const names = fc.constantFrom('Anna', 'Niccolò', 'Zoë', '李', 'Anna 🌻', 'Gian-Carlo');
const families = fc.constantFrom('Verdi', 'D’Angelo', 'Müller', 'Rossi; Bianchi', 'De, Luca');

const card = fc.record({
  given: names,
  family: families,
  version: fc.constantFrom('3.0', '4.0'),
  email: fc.emailAddress(),
  second: fc.option(fc.emailAddress()),
  mobile: fc.option(fc.constantFrom('+39 333 1234567', '06,123')),
  office: fc.option(fc.constantFrom('+39 06 123-456', '(02) 7654321')),
  organisation: fc.option(fc.constantFrom('Comune di Esempio', 'Ditta “Rossi, figli; nipoti”')),
  street: fc.option(fc.constantFrom('Via Roma 1', 'Piazza dell’Unità, 2; interno 3')),
  birthday: fc.option(fc.constantFrom('1970-12-25', '2000-02-29')),
  note: fc.option(fc.string({ unit: 'grapheme', maxLength: 200 })),
  categories: fc.subarray(['Amici', 'Lavoro, urgente']),
  photo: fc.option(fc.uint8Array({ minLength: 100, maxLength: 400 }), { freq: 6 }),
});
type GeneratedCard = (typeof card extends fc.Arbitrary<infer T> ? T : never) & { readonly name: string };

export const generatedContacts: fc.Arbitrary<GeneratedCard> = card.map(fields => ({
  ...fields,
  name: `${fields.given} ${fields.family}`,
}));

/** @param largePhoto octets of a picture to have instead of its own; 0 for its own */
export function cardLines(given: GeneratedCard, index: number, largePhoto: number): readonly string[] {
  const isOld = given.version === '3.0';
  const type = (name: string): string => (isOld ? `;TYPE=${name.toUpperCase()}` : `;TYPE=${name}`);
  const octets = largePhoto > 0 ? Buffer.alloc(largePhoto, 'una foto grande ') : given.photo;
  const picture = octets === null ? null : Buffer.from(octets).toString('base64');
  const { categories, organisation, street, birthday, note } = given;
  return [
    ...['BEGIN:VCARD', `VERSION:${given.version}`, `UID:contatto-${index}@ente.it`, `FN:${escaped(given.name)}`],
    `N:${escaped(given.family)};${escaped(given.given)};;;`,
    `EMAIL${type('work')}:${given.email}`,
    ...(given.second === null ? [] : [`EMAIL${type('home')}:${given.second}`]),
    ...(given.mobile === null ? [] : [`TEL${type('cell')}:${escaped(given.mobile)}`]),
    ...(given.office === null ? [] : [`TEL${type('work')}:${escaped(given.office)}`]),
    ...(organisation === null ? [] : [`ORG:${escaped(organisation)};Protocollo`]),
    ...(street === null ? [] : [`ADR${type('work')}:;;${escaped(street)};Roma;RM;00100;Italia`]),
    ...(birthday === null ? [] : [`BDAY:${isOld ? birthday : birthday.replaceAll('-', '')}`]),
    ...(note === null ? [] : [`NOTE:${escaped(note)}`]),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escaped).join(',')}`]),
    ...(picture === null
      ? []
      : [isOld ? `PHOTO;ENCODING=b;TYPE=JPEG:${picture}` : `PHOTO:data:image/jpeg;base64,${picture}`]),
    ...[`X-UFFICIO:${index % 40}`, 'END:VCARD'],
  ];
}
