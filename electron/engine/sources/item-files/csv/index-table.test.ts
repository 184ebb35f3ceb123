import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readItems } from '../testing/read-items.ts';
import * as lists from './testing/sample-lists.ts';
import { listOf } from './testing/sample-lists.ts';

const read = (content: string | Buffer) => readItems({ 'Rubrica.csv': content });
const codes = (problems: readonly { readonly code: string }[]): readonly string[] => problems.map(({ code }) => code);

describe('days and months', () => {
  const birthdays = async (headings: string, ...dates: readonly string[]) => {
    const file = [headings, ...dates.map((date, number) => `Nome${number},Cognome${number},${date}`)].join('\n');
    const { items, problems } = await read(file);
    return [items.map(item => item.lines.find(line => line.startsWith('BDAY'))), codes(problems).slice(1)];
  };
  const english = 'First Name,Last Name,Birthday';

  test('one date that can be read in one way only tells it for all', async () => {
    expect(await birthdays(english, '3/4/1980', '12/25/1990')).toEqual([['BDAY:19800304', 'BDAY:19901225'], []]);
    expect(await birthdays(english, '3/4/1980', '25/12/1990')).toEqual([['BDAY:19800403', 'BDAY:19901225'], []]);
  });

  test('Italian headings put the day first, unless the dates say otherwise', async () => {
    expect(await birthdays('Nome,Cognome,Compleanno', '3/4/1980')).toEqual([['BDAY:19800403'], []]);
    expect(await birthdays('Nome,Cognome,Compleanno', '3/4/1980', '4/25/1980')).toEqual([
      ['BDAY:19800304', 'BDAY:19800425'],
      [],
    ]);
  });

  test('where nothing tells, or the dates disagree, a date stays as it is written, and that is said', async () => {
    const said = ['CSV_DATES_UNCERTAIN'];
    expect(await birthdays(english, '3/4/1980', '5/5/1980')).toEqual([
      ['BDAY;VALUE=text:3/4/1980', 'BDAY:19800505'],
      said,
    ]);
    expect(await birthdays(english, '3/4/1980', '25/12/1990', '12/25/1990')).toEqual([
      ['BDAY;VALUE=text:3/4/1980', 'BDAY:19901225', 'BDAY:19901225'],
      said,
    ]);
  });

  test('what is no date stays text; one with dots has the day first', async () => {
    expect(await birthdays(english, '31/2/1980', '3.4.1980', '1980-04-03', 'maggio')).toEqual([
      ['BDAY;VALUE=text:31/2/1980', 'BDAY:19800403', 'BDAY:19800403', 'BDAY;VALUE=text:maggio'],
      [],
    ]);
  });
});

describe('appointments and tasks of Outlook', () => {
  test('in Italian, on the clock on the wall', async () => {
    const { items, told, problems } = await read(
      listOf(
        lists.appointmentsItalian,
        [
          {
            Oggetto: 'Riunione, sala 2',
            'Data inizio': '03/04/2025',
            'Ora inizio': '9:30:00',
            'Data fine': '03/04/2025',
            'Ora fine': '10.45',
            'Giornata intera': 'Falso',
            'Promemoria attivato/disattivato': 'Vero',
            'Data promemoria': '03/04/2025',
            'Ora promemoria': '9:15:00',
            'Partecipanti necessari': 'Bruno Rossi',
            Luogo: 'Roma',
            Privato: 'Vero',
            Priorità: 'Alta',
          },
          { Oggetto: 'Ferie', 'Data inizio': '10/08/2025', 'Data fine': '21/08/2025', 'Giornata intera': 'Vero' },
          { Oggetto: 'Mai', 'Data inizio': '31/02/2025', 'Ora inizio': '9:00' },
        ],
        ';',
      ),
    );
    expect(told).toEqual([['event', 'Rubrica', 3]]);
    expect(codes(problems)).toEqual(['CSV_READ_AS']);
    expect(items[0]?.lines.slice(6, -3)).toEqual([
      'SUMMARY:Riunione\\, sala 2',
      'DTSTART:20250403T093000',
      'DTEND:20250403T104500',
      'LOCATION:Roma',
      'CLASS:PRIVATE',
      'PRIORITY:1',
      'X-TRAVASO-COLUMN;X-HEADING="Partecipanti necessari":Bruno Rossi',
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'DESCRIPTION:Riunione\\, sala 2', 'END:VALARM'],
    ]);
    expect(items[1]?.lines).toEqual(
      expect.arrayContaining(['DTSTART;VALUE=DATE:20250810', 'DTEND;VALUE=DATE:20250821']),
    );
    expect(items[2]).toMatchObject({
      name: 'Mai',
      extension: 'csv',
      problem: { code: 'ITEM_MALFORMED', details: { line: 4 } },
    });
    for (const { octets } of items.slice(0, 2)) expect(ICAL.parse(octets.toString())).toHaveLength(3);
  });

  test('in English: the month first where nothing tells, which is said; the afternoon', async () => {
    const { items, problems } = await read(
      listOf(lists.appointmentsEnglish, [
        {
          Subject: 'Call',
          'Start Date': '3/4/2025',
          'Start Time': '12:30:00 AM',
          'End Date': '3/4/2025',
          'End Time': '2:00:00 PM',
        },
      ]),
    );
    expect(codes(problems)).toEqual(['CSV_READ_AS', 'CSV_MONTH_FIRST_ASSUMED']);
    expect(items[0]?.lines).toEqual(expect.arrayContaining(['DTSTART:20250304T003000', 'DTEND:20250304T140000']));
  });

  test('tasks', async () => {
    const { items, told } = await read(
      listOf(lists.tasksEnglish, [
        { Subject: 'Relazione', 'Due Date': '12/25/2025', '% Complete': '0.5', Notes: 'x', Status: 'In Progress' },
      ]),
    );
    expect(told).toEqual([['task', 'Rubrica', 1]]);
    expect(items[0]?.lines).toEqual(
      expect.arrayContaining(['BEGIN:VTODO', 'DUE;VALUE=DATE:20251225', 'PERCENT-COMPLETE:50', 'DESCRIPTION:x']),
    );
  });
});

describe('a list that is none, or broken', () => {
  test('headings that mean nothing are told', async () => {
    await expect(read('Prodotto;Prezzo;Nome\nPenna;1;x\n')).rejects.toMatchObject({
      problem: { code: 'CSV_HEADINGS_UNKNOWN', details: { file: 'Rubrica.csv', headings: 'Prodotto, Prezzo, Nome' } },
    });
  });

  test('a row whose quotation marks do not close stays as it is, with its line, and takes no other with it', async () => {
    const rows = ['Nome,Cognome,Note', 'Anna,Uno,"due\nrighe"', 'Bru,"no",Due "x" y', '"Car"la,Tre,', 'Dino,Quattro,'];
    const { items } = await read(`${rows.join('\r\n')}\r\n"Elsa,Cinque`);
    expect(items.map(({ name, extension, problem }) => [name, extension, problem?.details['line'] ?? null])).toEqual([
      ['Anna Uno', 'vcf', null],
      ['Bru no', 'vcf', null],
      [expect.stringContaining('Car'), 'csv', 5],
      ['Dino Quattro', 'vcf', null],
      [expect.stringContaining('Elsa'), 'csv', 7],
    ]);
    expect(items[2]?.octets.toString()).toBe('Nome,Cognome,Note\r\n"Car"la,Tre,\r\n');
  });

  test('every cell that is not empty is somewhere in the item, whatever it holds', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'è', '"', ';', ',', '\n', '1', '\\', ' '), maxLength: 12 });
    const headings = [
      'First Name',
      'Last Name',
      'E-mail Address',
      'Mobile Phone',
      'Boh',
      'User 1',
      'Notes',
      'Home City',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: headings.length, maxLength: headings.length }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.constantFrom(',', ';', '\t', '|'),
        async (rows, delimiter) => {
          const filled = rows.filter(row => row.some(each => each.trim() !== ''));
          const file = listOf(
            headings,
            rows.map(row => Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? '']))),
            delimiter,
          );
          if (filled.length === 0) return;
          const { items } = await read(file);
          expect(items).toHaveLength(filled.length);
          for (const [index, item] of items.entries()) {
            expect(item.problem?.code ?? 'ITEM_NAMELESS').toBe('ITEM_NAMELESS');
            const said = item.lines.map(line => line.replaceAll(/\\([\\;,])/g, '$1')).join('\n');
            for (const each of filled[index] ?? []) expect(said).toContain(each.trim().replaceAll('\n', '\\n'));
          }
        },
      ),
    );
  });
});
