import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ZipFile as ZipWriter } from 'yazl';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { thunderbirdItalian, listOf } from '../electron/engine/sources/item-files/csv/testing/sample-lists.ts';
import { reportSchema } from '../shared/model/report.ts';
import type { Survey } from '../shared/model/mailbox.ts';
import { newFolder, run, runTo } from './reliability/journey.ts';
import { readArchive } from './rig/archive-oracle.ts';

const card = (...lines: readonly string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const calendar = [
  ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN'],
  ...['BEGIN:VEVENT', 'UID:serie', 'DTSTART:20240101T090000Z', 'RRULE:FREQ=DAILY;COUNT=5', 'SUMMARY:Serie'],
  ...['END:VEVENT', 'BEGIN:VEVENT', 'UID:uno', 'DTSTART:20240102T090000Z', 'SUMMARY:Uno', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:serie', 'RECURRENCE-ID:20240103T090000Z', 'DTSTART:20240103T100000Z', 'SUMMARY:Spostato'],
  ...['END:VEVENT', 'BEGIN:VTODO', 'UID:compito', 'SUMMARY:Compito', 'END:VTODO', 'END:VCALENDAR', ''],
].join('\r\n');
const list = listOf(
  thunderbirdItalian,
  [
    { Nome: 'Anna', Cognome: 'Però', 'Email primaria': 'anna@ente.it', 'Personalizzato 1': 'stanza 7' },
    { Nome: 'Bruno', Cognome: 'Rossi', 'Telefono lavoro': '06 1' },
  ],
  ';',
);

/** What a person may have in a folder: an address book, a calendar of last year, a list from Thunderbird in Windows. */
const files: Readonly<Record<string, string | Buffer>> = {
  'Rubrica.vcf': card('FN:Carla', 'TEL;TYPE=CELL:333', 'UID:c-1') + card('FN:Dino'),
  'vecchi/Agenda 2024.ics': calendar,
  'vecchi/Thunderbird.csv': Buffer.from(list, 'latin1'),
  'vecchi/foto.jpg': Buffer.from([0xff, 0xd8, 0, 1]),
};

async function folderOf(content: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const root = join(await newFolder(), 'I miei dati');
  for (const [name, octets] of Object.entries(content)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), octets);
  }
  return root;
}

const backup = (source: string, archive: string, ...more: readonly string[]): string[] => [
  ...['backup', '--source', source, '--archive', archive, ...more],
];

/** The files of items, by where they lie and what they hash to. */
function held(archive: string): readonly string[] {
  const entries = readdirSync(join(archive, 'data'), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && !entry.name.endsWith('.jsonl'))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => `${path.slice(archive.length + 6)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort();
}

describe('files of contacts and calendars on the command line', () => {
  test('a folder of them, recognised: into the archive, once, and verified; the same within a ZIP', async () => {
    const source = await folderOf(files);
    const archive = await newFolder();
    const first = await runTo(0, backup(`items:${source}`, archive, '--json'));
    expect(first.result).toMatchObject({
      status: 'succeeded',
      items: {
        contact: { found: 4, stored: 4 },
        event: { found: 2, stored: 2 },
        task: { found: 1, stored: 1 },
      },
    });
    const exceptions = (first.result as unknown as { exceptions: { code: string; details: object }[] }).exceptions;
    expect(exceptions.map(({ code, details }) => [code, details])).toEqual([
      ['CSV_READ_AS', expect.objectContaining({ encoding: 'Windows-1252', delimiter: ';', program: 'Thunderbird' })],
      ['ITEMS_LEFT_OUT', expect.objectContaining({ items: 1, kind: 'other-files' })],
    ]);
    expect(held(archive).map(each => each.replace(/ .*/, ''))).toEqual([
      'calendars/agenda-2024-0002/00000/serie-0001.ics',
      'calendars/agenda-2024-0002/00000/uno-0002.ics',
      'contacts/rubrica-0001/00000/carla-0001.vcf',
      'contacts/rubrica-0001/00000/dino-0002.vcf',
      'contacts/thunderbird-0004/00000/anna-pero-0001.vcf',
      'contacts/thunderbird-0004/00000/bruno-rossi-0002.vcf',
      'tasks/agenda-2024-0003/00000/compito-0001.ics',
    ]);
    expect((await readArchive(archive)).wrong).toEqual([]);
    await runTo(0, ['verify', '--archive', archive, '--json']);
    const report = join(await newFolder(), 'rapporto.json');
    await run(['report', '--archive', archive, '--out', report, '--json']);
    expect(reportSchema.parse(JSON.parse(readFileSync(report, 'utf8'))).items).toHaveLength(4);

    const second = await runTo(0, backup(`items:${source}`, archive, '--json'));
    expect(second.result).toMatchObject({
      manifestSha256: (first.result as unknown as { manifestSha256: string }).manifestSha256,
      items: { contact: { found: 4, stored: 0, alreadyPresent: 4 }, event: { stored: 0, alreadyPresent: 2 } },
    });

    const zip = join(await newFolder(), 'I miei dati.zip');
    const writer = new ZipWriter();
    for (const [name, content] of Object.entries(files)) writer.addBuffer(Buffer.from(content), name);
    writer.end();
    await pipeline(writer.outputStream, createWriteStream(zip));
    const fromZip = await newFolder();
    const recognised = await run(backup(zip, fromZip, '--lang', 'it'));
    expect([recognised.exitCode, recognised.stderr]).toEqual([0, expect.stringContaining(`items:${zip}`)]);
    expect(recognised.text).toContain(
      'Il file vecchi/Thunderbird.csv è un elenco di Thunderbird: lettere Windows-1252, colonne divise da «;».',
    );
    const octets = (root: string) =>
      held(root)
        .map(each => each.replace(/^.* /, ''))
        .sort();
    expect(octets(fromZip)).toEqual(octets(archive));
  });

  test('a file that changed is followed: what is new and what is different, and what is gone is marked', async () => {
    const source = await folderOf({
      'Rubrica.vcf': card('FN:Anna', 'TEL:1') + card('FN:Bruno', 'UID:b') + card('FN:C'),
    });
    const file = join(source, 'Rubrica.vcf');
    const archive = await newFolder();
    await runTo(0, backup(file, archive, '--json'));
    writeFileSync(file, card('FN:Nuova') + card('FN:Bruno Rossi', 'UID:b') + card('FN:Anna', 'TEL:2', 'NOTE:x'));
    const second = await runTo(0, backup(file, archive, '--json'));
    expect(second.result).toMatchObject({ items: { contact: { found: 3, stored: 3, alreadyPresent: 0 } } });
    const sidecar = readFileSync(join(archive, 'data/contacts/rubrica-0001.jsonl'), 'utf8');
    const records = sidecar
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    const keys = records.filter(({ record }) => record === 'item').map(({ key }) => key);
    expect(keys).toEqual([keys[0], 'b', keys[2], expect.any(String), 'b', keys[0]]);
    expect(records.filter(({ record }) => record === 'absent')).toMatchObject([{ number: 3 }]);
    await runTo(0, ['verify', '--archive', archive, '--json']);
  });

  test('what is broken is named with its line and stays as it came; the job is partial', async () => {
    const source = await folderOf({ 'a.vcf': `${card('FN:Anna')}${card('FN:Rotto', 'riga senza senso')}` });
    const archive = await newFolder();
    const result = await run(backup(`items:${join(source, 'a.vcf')}`, archive, '--lang', 'it'));
    expect(result.exitCode).toBe(2);
    expect(result.text).toContain('T-430 a: L’elemento «Rotto» della cartella a non è scritto secondo le regole.');
    expect(readFileSync(join(archive, 'data/contacts/a-0001/00000/rotto-0002.vcf'), 'utf8')).toBe(
      card('FN:Rotto', 'riga senza senso'),
    );
    expect((await readArchive(archive)).wrong).toEqual([]);
  });

  test('a list whose headings mean nothing is told with its headings, and nothing is written', async () => {
    const source = await folderOf({ 'bilancio.csv': 'Prodotto;Prezzo\r\nPenna;1\r\n' });
    for (const chosen of [join(source, 'bilancio.csv'), source, `items:${join(source, 'bilancio.csv')}`]) {
      const result = await run(backup(chosen, await newFolder(), '--lang', 'it'));
      expect([chosen, result.exitCode]).toEqual([chosen, 65]);
      expect(`${result.stderr}${result.text}`).toContain(
        'Travaso non capisce le colonne del file bilancio.csv: Prodotto, Prezzo.',
      );
    }
  });

  test('mail and contacts in one folder are a choice', async () => {
    const source = await folderOf({ ...files, '1.eml': 'From: a@b\n\nx\n' });
    const result = await run(backup(source, await newFolder(), '--json'));
    expect([result.exitCode, JSON.stringify(result.result)]).toEqual([64, expect.stringContaining('items:')]);
  });
});

test('in the assistant: recognised by content, and counted before anything is taken', async () => {
  const source = await folderOf(files);
  const engine = createEngine(defaultPorts());
  onTestFinished(() => engine.close());
  const { found } = await engine.api['file.recognise']({ path: source });
  expect(found).toMatchObject([{ kind: 'items', program: null, variant: null, address: `items:${source}`, files: 3 }]);
  const account = { address: found[0]?.address ?? '', signInId: null };
  const { surveyId } = await engine.api['survey.start']({ source: account });
  const survey = await vi.waitFor(async (): Promise<Survey> => {
    const read = await engine.api['survey.read']({ surveyId });
    if (read.phase !== 'done' && read.phase !== 'failed') throw new Error(read.phase);
    return read;
  });
  expect(survey).toMatchObject({ phase: 'done', folders: [], problem: null });
  expect(survey.items).toEqual([
    { kind: 'contact', items: 4 },
    { kind: 'event', items: 2 },
    { kind: 'task', items: 1 },
  ]);
  expect(survey.remarks.map(({ code }) => code)).toEqual(['CSV_READ_AS', 'ITEMS_LEFT_OUT']);
});
