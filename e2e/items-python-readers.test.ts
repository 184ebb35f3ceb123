import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  appointmentsItalian,
  googleNew,
  listOf,
  outlookItalian,
} from '../electron/engine/sources/item-files/csv/testing/sample-lists.ts';
import { newFolder, run } from './reliability/journey.ts';
import { sharedFixture } from './rig/shared-fixtures.ts';

const shelf = sharedFixture('pst');
// Debian's modules belong to Debian's Python, which need not be the first in the path.
const python = ['python3', '/usr/bin/python3'].find(
  each => spawnSync(each, ['-c', 'import vobject, icalendar']).status === 0,
);
if (shelf === null) console.warn('skipped: no PST files in ../shared/fixtures/pst');
if (python === undefined) console.warn('skipped: no python3-vobject and python3-icalendar');

/** Prints how many vCards, calendars and components were read, and every file that a reader refuses. */
const readers = `
import icalendar, json, pathlib, sys, vobject
counts, faults = {'vcard': 0, 'icalendar': 0}, []
for path in sorted(pathlib.Path(sys.argv[1], 'data').rglob('*')):
    text = path.read_bytes() if path.suffix in ('.vcf', '.ics') else None
    if text is None: continue
    try:
        if path.suffix == '.vcf':
            cards = list(vobject.readComponents(text.decode('utf-8')))
            assert cards and all(card.fn.value for card in cards)
            counts['vcard'] += len(cards)
        else:
            calendar = icalendar.Calendar.from_ical(text)
            assert calendar.subcomponents and not calendar.errors
            counts['icalendar'] += 1
    except Exception as error:
        faults.append('%s: %r' % (path.name, error))
print(json.dumps({'counts': counts, 'faults': faults}))
`;

test.skipIf(shelf === null || python === undefined)(
  'Python reads every contact and appointment of the PST files',
  async () => {
    const archive = await newFolder();
    for (const name of ['hht_contacts.pst', 'libpst_dist-list.pst', 'hht_threeItems.pst', 'tika_testPST.pst']) {
      await run(['backup', '--source', `pst:${join(shelf ?? '', name)}`, '--archive', archive, '--json']);
    }
    const read = JSON.parse(execFileSync(python ?? '', ['-c', readers, archive]).toString()) as {
      readonly counts: Readonly<Record<'vcard' | 'icalendar', number>>;
      readonly faults: readonly string[];
    };
    expect(read.faults).toEqual([]);
    expect(read.counts.vcard).toBeGreaterThan(2);
  },
);

/** As Nokia, Apple, Google Calendar, Outlook and Google Contacts write them. */
const samples: Readonly<Record<string, string | Buffer>> = {
  'telefono.vcf': [
    ...['BEGIN:VCARD', 'VERSION:2.1', 'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Per=C3=B2;Anna;;;'],
    ...['TEL;CELL;PREF:+39 333', 'ADR;HOME:;;Via Roma, 1;Roma;;00100;Italia', 'PHOTO;ENCODING=BASE64;JPEG:'],
    ...['/9j/4AAQSkZJRgABAQAAAQABAAD', '/9j/4AAQSkZJRgABAQAAAQABAAA=', '', 'END:VCARD', ''],
  ].join('\r\n'),
  'iCloud.vcf': [
    ...[
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:Rossi;Bruno;;;',
      'FN:Bruno Rossi',
      'item1.EMAIL;type=INTERNET;type=pref:b@c.it',
    ],
    ...['item1.X-ABLabel:_$!<Other>!$_', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-05', 'UID:ABC', 'END:VCARD'],
    ...['BEGIN:VCARD', 'VERSION:3.0', 'FN:Ufficio', 'N:Ufficio', 'X-ADDRESSBOOKSERVER-KIND:group'],
    ...['X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ABC', 'END:VCARD', ''],
  ].join('\n'),
  'calendario.ics': [
    ...['BEGIN:VCALENDAR', 'PRODID:-//Google Inc//Google Calendar 70.9054//EN', 'VERSION:2.0', 'X-WR-CALNAME:Anna'],
    ...['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20240101T000000Z', 'DTSTART:20240101T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'],
    ...['SUMMARY:Però\\, una serie', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20240101T000000Z'],
    ...['RECURRENCE-ID:20240102T090000Z', 'DTSTART:20240102T100000Z', 'END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n'),
  'outlook.csv': Buffer.from(
    listOf(outlookItalian, [{ Nome: 'Carla', Cognome: 'Però', Compleanno: '25/12/1980', 'Utente 1': '"x"; y' }], ';'),
    'latin1',
  ),
  'google.csv': listOf(googleNew, [{ 'First Name': 'Dino', 'Phone 1 - Label': 'Ditta', 'Phone 1 - Value': '06' }]),
  'appuntamenti.csv': listOf(appointmentsItalian, [
    { Oggetto: 'Ferie, finalmente', 'Data inizio': '13/08/2025', 'Giornata intera': 'Vero', Riservatezza: 'Normale' },
  ]),
};

test.skipIf(python === undefined)('Python reads what comes out of files of contacts and calendars', async () => {
  const [source, archive] = [await newFolder(), await newFolder()];
  mkdirSync(source, { recursive: true });
  for (const [name, content] of Object.entries(samples)) writeFileSync(join(source, name), content);
  await run(['backup', '--source', `items:${source}`, '--archive', archive, '--json']);
  const read = JSON.parse(execFileSync(python ?? '', ['-c', readers, archive]).toString()) as unknown;
  expect(read).toEqual({ counts: { vcard: 5, icalendar: 2 }, faults: [] });
});
