import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { contentLines, escapeText } from '../content-lines.ts';
import { vcardFour } from './vcard-four.ts';

const card = (version: string, ...lines: readonly string[]): Buffer =>
  Buffer.from(['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n'), 'utf8');
const linesOf = (octets: Buffer): readonly string[] =>
  vcardFour(octets, 'k').octets.toString('utf8').replaceAll('\r\n ', '').split('\r\n');
/** As Thunderbird's parser reads it, by name; it leaves the backslash before a semicolon that divides nothing. */
function parsed(octets: Buffer): ReadonlyMap<string, unknown> {
  const component = new ICAL.Component(ICAL.parse(octets.toString('utf8')) as unknown[]);
  return new Map(
    component.getAllProperties().map(property => {
      const value: unknown = property.getFirstValue();
      return [property.name, typeof value === 'string' ? value.replaceAll('\\;', ';') : value];
    }),
  );
}

describe('vCard 2.1, as old telephones and Outlook write it', () => {
  const octets = card(
    '2.1',
    'N;LANGUAGE=it;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Per=F2;Anna;;Dott.ssa',
    'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Anna Per=C3=B2=',
    ' e altri',
    'TEL;CELL;PREF:+39 333',
    'EMAIL;PREF;INTERNET:anna@ente.it',
    'ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Via Roma 1=0D=0Ainterno 2;Roma;RM;00100;Italia',
    'LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Via Roma 1=0D=0A00100 Roma',
    'NOTE:C:\\temp, cartella',
    'PHOTO;TYPE=JPEG;ENCODING=BASE64:',
    ' /9j/4AAQ',
    ' SkZJRg==',
    '',
    'X-MS-OL-DESIGN;CHARSET=utf-8:<card/>',
    'REV:20240102T101500Z',
  );

  test('charsets, soft breaks, bare types, addresses with their labels, and photos', () => {
    expect(linesOf(octets)).toEqual([
      ...['BEGIN:VCARD', 'VERSION:4.0', 'PRODID:-//Travaso//vCard//EN'],
      expect.stringMatching(/^UID:urn:uuid:[0-9a-f-]{36}$/),
      'N;LANGUAGE=it:Però;Anna;;Dott.ssa',
      'FN:Anna Però e altri',
      'TEL;VALUE=text;TYPE=cell;PREF=1:+39 333',
      'EMAIL;PREF=1:anna@ente.it',
      'ADR;LABEL="Via Roma 1^n00100 Roma";TYPE=work:;;Via Roma 1\\ninterno 2;Roma;RM;00100;Italia',
      'NOTE:C:\\\\temp\\, cartella',
      'PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==',
      'X-MS-OL-DESIGN:<card/>',
      'REV:20240102T101500Z',
      ...['END:VCARD', ''],
    ]);
  });

  test('base64 that goes on without a sign, and the card of an assistant within the card', () => {
    const lines = linesOf(
      card(
        '2.1',
        'FN:Capo',
        'LOGO;ENCODING=BASE64;GIF:R0lGODlh',
        'AQABAIAA',
        '',
        'AGENT:',
        ...['BEGIN:VCARD', 'VERSION:2.1', 'FN:Vice', 'END:VCARD'],
        'TITLE:Direttore',
      ),
    );
    expect(lines).toContain('LOGO:data:image/gif;base64,R0lGODlhAQABAIAA');
    expect(lines).toContain('X-AGENT:BEGIN:VCARD\\nVERSION:2.1\\nFN:Vice\\nEND:VCARD');
    expect(lines).toContain('TITLE:Direttore');
  });
});

describe('vCard 3.0, as Apple and Google write it', () => {
  test('groups of properties, groups of people, birthdays without year, and what 4.0 has no name for', () => {
    const lines = linesOf(
      card(
        '3.0',
        'N:Rossi;Bruno;Maria,Luigi;;',
        'FN:Bruno Rossi',
        'ORG:Ministero\\, dell’Interno;Direzione I',
        'item1.TEL;type=CELL,pref:333',
        'item1.X-ABLabel:_$!<Main>!$_',
        'item2.URL;type=pref:http\\://www.interno.gov.it',
        'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-05',
        'CATEGORIES:Amici,Lavoro\\, vario',
        'GEO:41.9;12.5',
        'SORT-STRING:Rossi',
        'PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgo=',
        'X-ADDRESSBOOKSERVER-KIND:group',
        'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ABC-1',
        'UID:ABC-2',
      ),
    );
    for (const line of [
      'N:Rossi;Bruno;Maria,Luigi;;',
      'ORG:Ministero\\, dell’Interno;Direzione I',
      'item1.TEL;VALUE=text;TYPE=cell;PREF=1:333',
      'item1.X-ABLabel:_$!<Main>!$_',
      'item2.URL;PREF=1:http://www.interno.gov.it',
      'BDAY:--0505',
      'CATEGORIES:Amici,Lavoro\\, vario',
      'GEO:geo:41.9,12.5',
      'X-SORT-STRING:Rossi',
      'PHOTO:data:image/png;base64,iVBORw0KGgo=',
      'KIND:group',
      'MEMBER:urn:uuid:ABC-1',
      'UID:ABC-2',
    ]) {
      expect(lines).toContain(line);
    }
  });

  test('a date that is none stays as it is written', () => {
    expect(linesOf(card('3.0', 'FN:a', 'BDAY:il 5 maggio'))).toContain('BDAY;VALUE=text:il 5 maggio');
    expect(linesOf(card('3.0', 'FN:a', 'BDAY;VALUE=date-time:1980-05-05T00:00:00Z'))).toContain('BDAY:19800505');
  });

  test('octets that are not UTF-8 are Windows-1252; a fold within a character cuts nothing', () => {
    const old = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nicol\xf2 \x80\r\nEND:VCARD\r\n', 'latin1');
    expect(linesOf(old)).toContain('FN:Nicolò €');
    const [before, after] = Buffer.from('FN:Perù').toString('latin1').split('\xb9');
    const cut = `BEGIN:VCARD\r\nVERSION:3.0\r\n${before ?? ''}\r\n \xb9${after ?? ''}\r\nEND:VCARD\r\n`;
    expect(linesOf(Buffer.from(cut, 'latin1'))).toContain('FN:Perù');
  });
});

describe('names', () => {
  test.each([
    ['FN', ['FN: Anna  Rossi ', 'ORG:Ente'], 'Anna Rossi'],
    ['N', ['FN:', 'N:Rossi;Anna;;Dott.;'], 'Dott. Anna Rossi'],
    ['a company', ['N:;;;;', 'ORG:Ente\\; uno;Ufficio'], 'Ente; uno'],
    ['an address', ['EMAIL:a@b.it'], 'a@b.it'],
    ['nothing', ['NOTE:x'], ''],
  ])('from %s', (_, lines, name) => {
    const read = vcardFour(card('3.0', ...lines), 'k');
    expect(read.name).toBe(name);
    expect(linesOf(card('3.0', ...lines))).toContain(
      `FN:${name === '' ? '?' : escapeText(lines[0]?.startsWith('FN: ') ? ' Anna  Rossi ' : name)}`,
    );
  });
});

describe('what is no vCard comes back as it came, with its line', () => {
  test.each([
    ['a line without a name', card('3.0', 'FN:a', 'questa non vale'), 4],
    ['base64 that is none', card('3.0', 'FN:a', 'PHOTO;ENCODING=b:§§§'), 4],
    ['a version nobody knows', card('7.0', 'FN:a'), 2],
    ['no end', Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:a\r\n'), 3],
    ['nothing', Buffer.alloc(0), 1],
  ])('%s', (_, octets, line) => {
    expect(vcardFour(octets, 'k')).toEqual({ name: '', octets, malformedLine: line });
  });
});

const text = fc.string({
  unit: fc.constantFrom('a', 'è', '🌻', ';', ',', '\\', '\n', ':', '"', '=', ' ', '^'),
  maxLength: 60,
});
const word = text.filter(each => each.trim() !== '');
/** That parser takes the semicolon behind an escaped backslash for an escaped one. */
const part = word.map(each => `${each.trim()}.`);

test('whatever is written in 3.0 is read from 4.0 by another parser, and 4.0 stays what it is', () => {
  fc.assert(
    fc.property(word, text, fc.array(part, { minLength: 2, maxLength: 4 }), (name, note, parts) => {
      const lines = [`FN:${escapeText(name)}`, `NOTE:${escapeText(note)}`, `N:${parts.map(escapeText).join(';')}`];
      const octets = contentLines(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD']);
      const four = vcardFour(octets, 'k');
      expect(four.malformedLine).toBeNull();
      const read = parsed(four.octets);
      expect(read.get('fn')).toBe(name);
      expect(read.get('note') ?? '').toBe(note);
      expect([read.get('n')].flat()).toEqual(parts);
      expect(vcardFour(four.octets, 'other').octets.equals(four.octets)).toBe(true);
    }),
  );
});

test('quoted-printable of vCard 2.1 says the same as 3.0', () => {
  fc.assert(
    fc.property(word, note => {
      const quoted = [...Buffer.from(note)].map(octet => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`);
      const broken = quoted.join('').replaceAll(/.{72}/g, '$&=\r\n');
      const old = card('2.1', 'FN:a', `NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${broken}`);
      // There, only a semicolon has a backslash in front.
      expect(parsed(vcardFour(old, 'k').octets).get('note')).toBe(note.replaceAll('\\;', ';'));
    }),
  );
});

test('octets of any kind are judged, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (some, isFramed) => {
      const octets = Buffer.from(some);
      const framed = Buffer.concat([Buffer.from('BEGIN:VCARD\n'), octets, Buffer.from('\nEND:VCARD\n')]);
      const { octets: out, malformedLine } = vcardFour(isFramed ? framed : octets, 'k');
      if (malformedLine === null) expect(parsed(out).get('version')).toBe('4.0');
    }),
  );
});
