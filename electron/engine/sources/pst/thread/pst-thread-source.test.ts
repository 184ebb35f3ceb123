import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import type { TravasoError } from '../../../../../shared/errors.ts';
import { unicodeFormat } from '../ndb/file-format.ts';
import { openPstSource } from '../pst-source.ts';
import { fileAttachment, mailProperties } from '../testing/draft-items.ts';
import type { Provocation } from '../testing/provoking-worker.ts';
import { readSource } from '../testing/read-source.ts';
import type { ReadAll } from '../testing/read-source.ts';
import { sampleItems } from '../testing/sample-items.ts';
import { createStoreWriter, firstItem } from '../testing/store-writer.ts';
import { openPstInThread } from './pst-thread-source.ts';
import type { ThreadLimits } from './pst-thread.ts';

const nid = (index: number): number => firstItem + 0x20 * index;

/** Five messages, the third with a large attachment; then the sample items, from number 5 on. */
function writeStore(): string {
  const directory = mkdtempSync(join(tmpdir(), 'travaso-pst-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const writer = createStoreWriter(unicodeFormat);
  const items = Array.from({ length: 5 }, (_, index) =>
    writer.item(
      mailProperties(`numero ${index}`),
      [],
      index === 2 ? [fileAttachment('grande.bin', Buffer.alloc(3_000_000, 'grande '))] : [],
    ),
  );
  const path = join(directory, 'posta.pst');
  writeFileSync(path, writer.finish([{ name: 'Posta in arrivo', items }, ...sampleItems(writer)]));
  return path;
}

async function readInThread(path: string, limits?: ThreadLimits): Promise<ReadAll> {
  const source = await openPstInThread(path, limits);
  try {
    return await readSource(source);
  } finally {
    await source.close();
  }
}

const provoking = (provoke: Readonly<Record<number, Provocation>>): ThreadLimits => ({
  stallMs: 1000,
  heapMegabytes: 64,
  start: ({ workerData, resourceLimits }) =>
    new Worker(new URL('../testing/provoking-worker.ts', import.meta.url), {
      workerData: { ...workerData, provoke },
      resourceLimits,
    }),
});

const read = ({ messages }: ReadAll): readonly string[] =>
  messages.map(({ entry, octets }) => `${entry.key} ${octets === null ? 'set aside' : octets.length}`);

test('the thread gives what reading here gives: folders, flags, octets, records, items', async () => {
  const path = writeStore();
  const here = await openPstSource(path);
  const [expected, found] = [await readSource(here), await readInThread(path)];
  await here.close();
  expect({ ...found, source: null }).toEqual({ ...expected, source: null });
  expect(found.source.account).toBe(expected.source.account);
  expect(found.messages).toHaveLength(5);
  expect(found.items).toHaveLength(5);
});

test.each(['spin', 'memory', 'exit'] as const)(
  'a message that ends its reader (%s) is set aside, no other is',
  async how => {
    const path = writeStore();
    const usual = await readInThread(path);
    const found = await readInThread(path, provoking({ [nid(1)]: how, [nid(3)]: how }));
    expect(read(found)).toEqual(
      read(usual).map((line, index) => (index === 1 || index === 3 ? `${nid(index)} set aside` : line)),
    );
    expect(found.items).toHaveLength(5);
  },
);

test('a contact that ends its reader is offered like mail and fails by its name: nobody could tell what it is', async () => {
  const found = await readInThread(writeStore(), provoking({ [nid(5)]: 'exit' }));
  expect(found.items).toHaveLength(4);
  expect(read(found).at(-1)).toBe(`${nid(5)} set aside`);
});

test('a file that cannot be opened is refused as it is without a thread', async () => {
  const path = writeStore();
  writeFileSync(path, 'x'.repeat(2000));
  const alone = await openPstSource(path).catch((error: unknown) => error);
  const { problem } = alone as TravasoError;
  await expect(openPstInThread(path)).rejects.toMatchObject({ problem });
});
