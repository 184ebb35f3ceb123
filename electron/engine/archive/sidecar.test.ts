import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDirectory } from '../testing/test-directory.ts';
import { readSidecar, sidecarLine } from './sidecar.ts';
import type { MessageRecord, SidecarEntry } from './sidecar.ts';

const message: MessageRecord = {
  ...{ record: 'message', number: 1, key: '1', size: 3, sha256: 'a'.repeat(64), internalDate: null, flags: [] },
  ...{ keywords: ['è'], file: 'data/mail/inbox-0001.2.mbox', offset: 0, storedOctets: 3, end: 4 },
};

async function read(text: string | Buffer, start = 0): Promise<SidecarEntry[]> {
  const path = join(testDirectory(), 'sidecar.jsonl');
  writeFileSync(path, text);
  const entries: SidecarEntry[] = [];
  for await (const entry of readSidecar(path, start)) entries.push(entry);
  return entries;
}

test('lines come back as they were written, with the place behind each, from wherever one begins', async () => {
  const line = sidecarLine(message);
  const many = Buffer.concat(Array.from({ length: 3000 }, () => line));
  const entries = await read(many);
  expect(entries).toHaveLength(3000);
  expect(entries.at(-1)).toEqual({ record: message, end: many.length });
  expect(await read(many, 2999 * line.length)).toEqual(entries.slice(-1));
});

test('a torn last line is not there; a complete one that is no record is passed on as broken', async () => {
  const line = sidecarLine(message).toString();
  expect(await read(line + line.slice(0, -5))).toHaveLength(1);
  const entries = await read(`${line}\0\0\0\n{"record":"other"}\n${line}`);
  expect(entries.map(({ record }) => record?.record ?? null)).toEqual(['message', null, null, 'message']);
});

test.each([
  '../../etc/passwd',
  '/etc/passwd',
  'data/mail/../../../etc/passwd',
  'data/mail/a\\..\\b.mbox',
  'data/mail/x.txt',
])('a line that points at %j, outside of the mail, is no record', async file => {
  expect(await read(sidecarLine({ ...message, file }))).toMatchObject([{ record: null }]);
});
