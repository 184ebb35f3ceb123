import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZipFile as ZipWriter } from 'yazl';
import { ansiFormat, unicodeFormat } from '../pst/ndb/file-format.ts';
import { sampleStore } from '../pst/testing/sample-store.ts';
import { recognise } from './recognise.ts';

const { signal } = new AbortController();
const message = 'From: anna@ente.it\nDate: Mon, 4 Mar 2019 08:15:00 +0100\nSubject: x\n\ntesto\n';
const mozilla = `From - Mon Mar  4 08:15:00 2019\nX-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n${message}\n`;
let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'travaso-recognise-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function putZip(name: string, entries: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const path = join(root, name);
  const zip = new ZipWriter();
  for (const [entry, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), entry);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** An entry said to be encrypted, in its own header and in the directory (APPNOTE 4.4.4, bit 0). */
async function encrypt(path: string): Promise<string> {
  const octets = await readFile(path);
  for (const [magic, flags] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    for (let at = octets.indexOf(magic, 0, 'latin1'); at >= 0; at = octets.indexOf(magic, at + 4, 'latin1')) {
      octets.writeUInt16LE(octets.readUInt16LE(at + flags) | 1, at + flags);
    }
  }
  await writeFile(path, octets);
  return path;
}

const facts = async (path: string) =>
  (await recognise(path, signal)).map(({ kind, program, variant, zipped, address }) => ({
    ...{ kind, program, variant, zipped },
    address: address?.replace(root, '…') ?? null,
  }));

test('an Outlook file by any name, with the version that wrote it', async () => {
  const path = await put('vacanze.jpg', sampleStore(unicodeFormat, 1));
  expect(await facts(path)).toEqual([
    { kind: 'pst', program: 'outlook', variant: 'unicode', zipped: false, address: 'pst:…/vacanze.jpg' },
  ]);
  expect((await facts(await put('vecchio', sampleStore(ansiFormat, 0))))[0]).toMatchObject({ variant: 'ansi' });
  const ost = sampleStore(unicodeFormat, 0);
  ost.write('SO', 8, 'latin1');
  expect((await facts(await put('copia.pst', ost)))[0]).toMatchObject({ kind: 'pst', variant: 'ost' });
});

test('Thunderbird: a profile, a folder taken out of one, and a single file', async () => {
  await put('profilo/prefs.js', '// preferenze');
  await put('profilo/Mail/Local Folders/Inbox', mozilla);
  await put('profilo/Mail/Local Folders/Inbox.msf', '// indice');
  expect(await facts(join(root, 'profilo'))).toMatchObject([
    { kind: 'thunderbird-profile', program: 'thunderbird', address: 'mbox:…/profilo' },
  ]);
  expect(await facts(join(root, 'profilo/Mail'))).toMatchObject([{ kind: 'mbox', program: 'thunderbird' }]);
  expect(await facts(join(root, 'profilo/Mail/Local Folders/Inbox'))).toMatchObject([
    { kind: 'mbox', program: 'thunderbird' },
  ]);
});

test('Apple Mail: a package of its export, and its messages of one file each', async () => {
  await put('Progetti.mbox/mbox', mozilla.replaceAll(/X-Mozilla.*\n/g, ''));
  await put('Progetti.mbox/table_of_contents', 'x');
  expect(await facts(join(root, 'Progetti.mbox'))).toMatchObject([{ kind: 'apple-mbox', program: 'apple-mail' }]);
  await put('V10/A/Posta.mbox/B/Data/Messages/1.emlx', `90\n${message}`);
  expect(await facts(join(root, 'V10'))).toMatchObject([{ kind: 'eml', program: 'apple-mail', variant: 'emlx' }]);
});

test('what a ZIP holds is told, not that it is one', async () => {
  expect(await facts(await putZip('posta.zip', { 'Inbox/1.eml': message, 'Inbox/2.eml': message }))).toEqual([
    { kind: 'eml', program: null, variant: null, zipped: true, address: 'eml:…/posta.zip' },
  ]);
  expect(await facts(await putZip('foto.zip', { 'mare.jpg': 'x' }))).toEqual([]);
});

test('an Outlook file within a ZIP is named, with the way on', async () => {
  const path = await putZip('outlook.zip', { 'backup.pst': sampleStore(unicodeFormat, 0) });
  expect(await recognise(path, signal)).toMatchObject([
    { kind: 'pst', address: null, problem: { code: 'INPUT_NEEDS_UNPACKING', details: { file: 'backup.pst' } } },
  ]);
});

test('contacts and calendars by any name, with the program that made them; a list that says nothing, with its headings', async () => {
  const items = (name: string, program: string | null, variant: string | null) => [
    { kind: 'items', program, variant, zipped: false, address: `items:…/${name}` },
  ];
  const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nEND:VCARD\r\n';
  const calendar = 'BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nEND:VCALENDAR\r\n';
  expect(await facts(await put('vacanze', `\uFEFF${card}`))).toEqual(items('vacanze', null, 'vcf'));
  expect(await facts(await put('wide', Buffer.from(`\uFEFF${card}`, 'utf16le')))).toEqual(items('wide', null, 'vcf'));
  expect(await facts(await put('agenda', calendar))).toEqual(items('agenda', 'google', 'ics'));
  // The beginning of the file ends within a character, which must not make its headings another encoding's.
  const list = `Nome;Cognome;Società;Città (uff.);E-mail\n${';;;;è'.repeat(20_000)}`;
  expect(await facts(await put('elenco', list))).toEqual(items('elenco', null, 'csv'));
  expect(await facts(await put('outlook', 'First Name,Last Name,E-mail Address\na,b,c@d\n'))).toEqual(
    items('outlook', 'outlook', 'csv'),
  );
  await put('dati/a.vcf', card);
  await put('dati/sotto/b.ics', calendar);
  expect(await facts(join(root, 'dati'))).toEqual(items('dati', null, null));
  expect(await facts(await putZip('dati.zip', { 'a.vcf': card }))).toMatchObject([{ kind: 'items', zipped: true }]);
  const unknown = await put('bilancio.csv', 'Prodotto;Prezzo\nPenna;1\n');
  expect(await recognise(unknown, signal)).toMatchObject([
    { kind: 'items', address: null, problem: { details: { file: 'bilancio.csv', headings: 'Prodotto, Prezzo' } } },
  ]);
  expect(await facts(await put('appunti.txt', 'Nome, cognome e altro:\ncomprare il latte\n'))).toEqual([]);
});

test('a tar within gzip is an export; anything else within gzip is nothing', async () => {
  const tar = Buffer.alloc(1536);
  tar.write('Inbox/0000000257-x.eml.meta', 0);
  tar.write('ustar', 257);
  expect(await facts(await put('export', gzipSync(tar)))).toMatchObject([{ kind: 'zimbra-tgz', program: 'zimbra' }]);
  expect(await facts(await put('registro.gz', gzipSync('una riga\n'.repeat(200))))).toEqual([]);
});

test('several kinds in one folder are all named, the one with most files first', async () => {
  for (const number of [1, 2, 3]) await put(`misto/${number}.eml`, message);
  await put('misto/backup.pst', sampleStore(unicodeFormat, 0));
  await putZip('misto/altri.zip', { '1.eml': message, '2.eml': message });
  await encrypt(await putZip('misto/segreto.zip', { '1.eml': message }));
  await put('misto/appunti.txt', 'nota: comprare il latte\n');
  expect((await recognise(join(root, 'misto'), signal)).map(({ kind, name, files }) => [kind, name, files])).toEqual([
    ['eml', 'misto', 3],
    ['eml', 'altri.zip', 2],
    ['pst', 'backup.pst', 1],
    ['zip', 'segreto.zip', 1],
  ]);
});

test('bad input: encrypted, empty, cut off, not there, not to be read; nothing of it is written to', async () => {
  const encrypted = await encrypt(await putZip('protetto.zip', { '1.eml': message }));
  const cut = await put('tagliato.zip', (await readFile(join(root, 'posta.zip'))).subarray(0, 60));
  const cases = [
    [encrypted, 'INPUT_FILE_ENCRYPTED'],
    [await put('vuoto.pst', ''), 'INPUT_FILE_EMPTY'],
    [cut, 'SOURCE_FILE_DAMAGED'],
    [join(root, 'assente.pst'), 'INPUT_FILE_INVALID'],
  ] as const;
  const before = await stat(encrypted);
  for (const [path, code] of cases) {
    await expect(recognise(path, signal), path).rejects.toMatchObject({ problem: { code } });
  }
  expect((await stat(encrypted)).mtimeMs).toBe(before.mtimeMs);
});

test('it is given up when told so', async () => {
  await expect(recognise(join(root, 'misto'), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
