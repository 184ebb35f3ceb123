import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readLeftOut, writeLeftOut } from './left-out.ts';
import { noFaults } from './no-faults.ts';

async function temporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'travaso-left-out-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

const junk = { path: ['Posta indesiderata', 'a/b'], role: 'junk', messages: 431 } as const;

test('what was left out comes back, and nothing left out leaves no file', async () => {
  const root = await temporary();
  await writeLeftOut(root, { folders: [] }, noFaults);
  expect(await readdir(root)).toEqual([]);
  const folders = [{ ...junk, path: [...junk.path] }];
  await writeLeftOut(root, { folders }, noFaults);
  expect(await readLeftOut(root)).toEqual({ folders, items: [] });
  const items = [{ kind: 'contact', items: 12 }] as const;
  await writeLeftOut(root, { items }, noFaults);
  expect(await readLeftOut(root)).toEqual({ folders, items });
  await writeLeftOut(root, { folders: [] }, noFaults);
  expect(await readLeftOut(root)).toEqual({ folders: [], items });
  await writeLeftOut(root, { items: [] }, noFaults);
  expect(await readdir(root)).toEqual([]);
});

test.each(['', '{"version":1,"folders":[{"path":[]}]}', '{"version":2,"folders":[]}', '\0\0\0'])(
  'a file that says nothing sensible (%j) leaves nothing out',
  async content => {
    const root = await temporary();
    await writeFile(join(root, 'left-out.json'), content);
    expect(await readLeftOut(root)).toEqual({ folders: [], items: [] });
  },
);
