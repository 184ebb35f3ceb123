import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZipFile as ZipWriter } from 'yazl';
import { openZip } from './open-zip.ts';

const octets = Buffer.from('Subject: città\r\n\r\ntesto\r\n');
let directory = '';
let path = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'travaso-zip-'));
  path = join(directory, 'posta.zip');
  const zip = new ZipWriter();
  zip.addEmptyDirectory('Attività');
  zip.addBuffer(octets, 'Attività/uno.eml', { mtime: new Date('2024-03-04T10:00:00Z') });
  zip.addBuffer(Buffer.from('bersaglio'), 'collegamento', { mode: 0o120777 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

test('tells the entries with their true names, and gives back their octets', async () => {
  const zip = await openZip(path);
  const entries = await Array.fromAsync(zip.entries());
  expect(entries.map(({ name, link, encrypted }) => ({ name, link, encrypted }))).toEqual([
    { name: 'Attività/', link: false, encrypted: false },
    { name: 'Attività/uno.eml', link: false, encrypted: false },
    { name: 'collegamento', link: true, encrypted: false },
  ]);
  const message = entries.find(({ name }) => name.endsWith('.eml'));
  if (message === undefined) throw new Error('no message');
  expect(message.size).toBe(octets.length);
  expect(Buffer.concat(await Array.fromAsync(await zip.read(message)))).toEqual(octets);
  await zip.close();
});

test('octets that are not what the directory says are an error, not a message', async () => {
  const damaged = join(directory, 'rovinato.zip');
  const content = await readFile(path);
  const at = content.indexOf('Attività/uno.eml') + Buffer.byteLength('Attività/uno.eml') + 4;
  content[at] = (content[at] ?? 0) ^ 0xff;
  await writeFile(damaged, content);
  const zip = await openZip(damaged);
  const message = (await Array.fromAsync(zip.entries())).find(({ name }) => name.endsWith('.eml'));
  if (message === undefined) throw new Error('no message');
  await expect(zip.read(message).then(stream => Array.fromAsync(stream))).rejects.toThrow();
  await zip.close();
});
