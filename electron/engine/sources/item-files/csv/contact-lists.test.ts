import { describe, expect, test } from 'vitest';
import { readItems } from '../testing/read-items.ts';
import * as lists from './testing/sample-lists.ts';
import { listOf } from './testing/sample-lists.ts';

const read = (content: string | Buffer) => readItems({ 'Rubrica.csv': content });

describe('contacts of each program, with all that they say', () => {
  test.each([
    ['English', lists.outlookEnglish, ',', 'UTF-8'],
    ['Italian', lists.outlookItalian, ';', 'Windows-1252'],
  ] as const)('Outlook in %s', async (language, headings, delimiter, encoding) => {
    const isItalian = language === 'Italian';
    const of = (english: string, italian: string): string => (isItalian ? italian : english);
    const row = {
      [of('Title', 'Titolo')]: 'Dott.ssa',
      [of('First Name', 'Nome')]: 'Anna',
      [of('Last Name', 'Cognome')]: 'Però',
      [of('Company', 'Società')]: 'Comune; di Roma',
      [of('Job Title', 'Posizione')]: 'Dirigente',
      [of('Business Street', 'Via (uff.)')]: 'Via Roma 1',
      [of('Business Street 2', 'Via (uff.) 2')]: 'scala B',
      [of('Business City', 'Città (uff.)')]: 'Roma',
      [of('Business Phone', 'Ufficio')]: '06 1',
      [of('Business Phone 2', 'Ufficio 2')]: '06 2',
      [of('Mobile Phone', 'Cellulare')]: '333',
      [of('E-mail Address', 'Indirizzo posta elettronica')]: 'anna@ente.it',
      [of('E-mail 2 Address', 'Indirizzo posta elettronica 2')]: 'a@b.it',
      [of('E-mail Type', 'Tipo posta elettronica')]: 'SMTP',
      [of('Birthday', 'Compleanno')]: isItalian ? '25/04/1980' : '4/25/1980',
      [of('Anniversary', 'Anniversario')]: '0/0/00',
      [of('Categories', 'Categorie')]: 'Amici;Lavoro',
      [of('Government ID Number', 'Cod. Fisc./P. IVA')]: 'PRENNA80',
      Notes: 'due\r\nrighe',
    };
    const file = listOf(headings, [row], delimiter);
    const { items, problems, told } = await read(encoding === 'UTF-8' ? file : Buffer.from(file, 'latin1'));
    expect(told).toEqual([['contact', 'Rubrica', 1]]);
    expect(problems).toEqual([
      { code: 'CSV_READ_AS', details: { file: 'Rubrica.csv', program: 'Outlook', delimiter, encoding } },
    ]);
    expect(items[0]?.name).toBe('Dott.ssa Anna Però');
    expect(items[0]?.lines).toEqual([
      ...[
        'BEGIN:VCARD',
        'VERSION:4.0',
        'PRODID:-//Travaso//CSV//EN',
        expect.stringMatching(/^UID:urn:uuid:/) as string,
      ],
      'FN:Dott.ssa Anna Però',
      'N:Però;Anna;;Dott.ssa;',
      'ORG:Comune\\; di Roma;',
      'TITLE:Dirigente',
      'EMAIL:anna@ente.it',
      'EMAIL:a@b.it',
      'TEL;VALUE=text;TYPE="cell":333',
      'TEL;VALUE=text;TYPE="work,voice":06 1',
      'TEL;VALUE=text;TYPE="work,voice":06 2',
      'ADR;TYPE="work":;;Via Roma 1\\nscala B;Roma;;;',
      'BDAY:19800425',
      'NOTE:due\\nrighe',
      'CATEGORIES:Amici,Lavoro',
      ...[
        `X-TRAVASO-COLUMN;X-HEADING="${of('E-mail Type', 'Tipo posta elettronica')}":SMTP`,
        `X-TRAVASO-COLUMN;X-HEADING="${of('Government ID Number', 'Cod. Fisc./P. IVA')}":PRENNA80`,
      ].sort(
        (a, b) =>
          headings.findIndex(each => a.includes(`"${each}"`)) - headings.findIndex(each => b.includes(`"${each}"`)),
      ),
      ...['END:VCARD', ''],
    ]);
  });

  test('Google, before and after 2023', async () => {
    const old = listOf(lists.googleOld, [
      {
        Name: 'Anna Però',
        'Given Name': 'Anna',
        'Family Name': 'Però',
        Birthday: '--04-25',
        'Group Membership': '* myContacts ::: Amici',
        'E-mail 1 - Type': '* Work',
        'E-mail 1 - Value': 'anna@ente.it ::: anna2@ente.it',
        'Phone 1 - Type': 'Mobile',
        'Phone 1 - Value': '333',
        'Phone 2 - Type': 'Portineria',
        'Phone 2 - Value': '06 9',
        'Address 1 - Type': 'Home',
        'Address 1 - Formatted': 'Via Roma 1\nRoma',
        'Address 1 - Street': 'Via Roma 1',
        'Address 1 - City': 'Roma',
        'Organization 1 - Name': 'Ente',
        'Organization 1 - Title': 'Capo',
        'Event 1 - Type': 'Anniversary',
        'Event 1 - Value': '2010-06-12',
      },
    ]);
    const { items, problems } = await read(`\uFEFF${old}`);
    expect(problems.map(({ details }) => [details['program'], details['encoding']])).toEqual([['Google', 'UTF-8']]);
    expect(items[0]?.lines.slice(4, -2)).toEqual([
      'FN:Anna Però',
      'N:Però;Anna;;;',
      'ORG:Ente;',
      'TITLE:Capo',
      'EMAIL;TYPE="work":anna@ente.it',
      'EMAIL;TYPE="work":anna2@ente.it',
      'TEL;VALUE=text;TYPE="cell":333',
      'TEL;VALUE=text;TYPE="voice":06 9',
      'ADR;TYPE="home":;;Via Roma 1;Roma;;;',
      'BDAY:--0425',
      'ANNIVERSARY:20100612',
      'CATEGORIES:Amici',
      'X-TRAVASO-COLUMN;X-HEADING="Phone 2 - Type":Portineria',
    ]);
    const now = listOf(lists.googleNew, [
      {
        'First Name': 'Bruno',
        'Last Name': 'Rossi',
        'Organization Name': 'Ente',
        'Organization Department': 'Ufficio I',
        Labels: '* myContacts ::: * starred ::: Colleghi',
        'E-mail 1 - Label': 'Home',
        'E-mail 1 - Value': 'b@casa.it',
        'Phone 1 - Label': 'Work Fax',
        'Phone 1 - Value': '06 3',
        'Address 1 - Label': 'Work',
        'Address 1 - Formatted': 'Piazza 2, Milano',
        'Custom Field 1 - Label': 'Matricola',
        'Custom Field 1 - Value': '42',
      },
    ]);
    expect((await read(now)).items[0]?.lines.slice(4, -2)).toEqual([
      'FN:Bruno Rossi',
      'N:Rossi;Bruno;;;',
      'ORG:Ente;Ufficio I',
      'EMAIL;TYPE="home":b@casa.it',
      'TEL;VALUE=text;TYPE="work,fax":06 3',
      'ADR;TYPE="work":;;Piazza 2\\, Milano;;;;',
      'CATEGORIES:starred,Colleghi',
      'X-TRAVASO-COLUMN;X-HEADING="Custom Field 1 - Label":Matricola',
      'X-TRAVASO-COLUMN;X-HEADING="Custom Field 1 - Value":42',
    ]);
  });

  test.each([
    [
      'English',
      lists.thunderbirdEnglish,
      [
        'Display Name',
        'Primary Email',
        'Work Phone',
        'Home City',
        'Birth Year',
        'Birth Month',
        'Birth Day',
        'Custom 1',
        'Notes',
      ],
    ],
    [
      'Italian',
      lists.thunderbirdItalian,
      [
        'Nome visualizzato',
        'Email primaria',
        'Telefono lavoro',
        'Città di residenza',
        'Anno di nascita',
        'Mese di nascita',
        'Giorno di nascita',
        'Personalizzato 1',
        'Note',
      ],
    ],
  ] as const)('Thunderbird in %s, divided by tabs, in UTF-16', async (_, headings, named) => {
    const cells = ['Anna Però', 'a@b.it', '06 1', 'Roma', '1980', '4', '5', 'uno', 'nota'];
    const row = Object.fromEntries(named.map((heading, index) => [heading, cells[index] ?? '']));
    const { items, problems } = await read(Buffer.from(`\uFEFF${listOf(headings, [row], '\t')}`, 'utf16le'));
    expect(problems).toEqual([
      {
        code: 'CSV_READ_AS',
        details: { file: 'Rubrica.csv', program: 'Thunderbird', delimiter: 'TAB', encoding: 'UTF-16' },
      },
    ]);
    expect(items[0]?.lines.slice(4, -2)).toEqual([
      'FN:Anna Però',
      'EMAIL:a@b.it',
      'TEL;VALUE=text;TYPE="work,voice":06 1',
      'ADR;TYPE="home":;;;Roma;;;',
      'BDAY:19800405',
      'NOTE:nota',
      `X-TRAVASO-COLUMN;X-HEADING="${named[7]}":uno`,
    ]);
  });

  test('Zimbra, with a group and a field of its own', async () => {
    const file = listOf(lists.zimbra, [
      { firstName: 'Anna', lastName: 'Però', email: 'a@b.it', email2: 'c@d.it', workPhone: '06 1', codiceInterno: '7' },
      { type: 'group', nickname: 'Ufficio', dlist: 'Bruno <b@ente.it>, c@ente.it' },
    ]);
    const { items, problems } = await read(file);
    expect(problems.map(({ code, details }) => [code, details['program']])).toEqual([['CSV_READ_AS', 'Zimbra']]);
    expect(items[0]?.lines).toEqual(
      expect.arrayContaining(['N:Però;Anna;;;', 'EMAIL:a@b.it', 'EMAIL:c@d.it', 'X-ZIMBRA-codiceInterno:7']),
    );
    expect(items[1]?.lines).toEqual(
      expect.arrayContaining(['KIND:group', 'FN:Ufficio', 'MEMBER:mailto:b@ente.it', 'MEMBER:mailto:c@ente.it']),
    );
  });

  test('a list that somebody made: what is not known stays with its heading, and is said', async () => {
    const { items, problems } = await read(
      'sep=;\r\nNominativo;E-mail;Cellulare;Badge;Vuota\r\nAnna;a@b.it;333;A17;;fuori\r\n',
    );
    expect(problems).toEqual([
      { code: 'CSV_READ_AS', details: { file: 'Rubrica.csv', delimiter: ';', encoding: 'UTF-8' } },
      { code: 'CSV_COLUMNS_KEPT', details: { file: 'Rubrica.csv', headings: 'Badge' } },
    ]);
    expect(items[0]?.lines).toEqual(
      expect.arrayContaining(['X-TRAVASO-COLUMN;X-HEADING="Badge":A17', 'X-TRAVASO-COLUMN;X-HEADING="":fuori']),
    );
  });
});
