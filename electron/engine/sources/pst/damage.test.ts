import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../../shared/errors.ts';
import { tag } from './ltp/property-ids.ts';
import { folderTable } from './messaging/node-ids.ts';
import { unicodeFormat } from './ndb/file-format.ts';
import { readerOfBuffer } from './ndb/file-reader.ts';
import type { FileReader } from './ndb/file-reader.ts';
import { mailProperties, messageAttachment, nestedMessage, recipient } from './testing/draft-items.ts';
import { fixture, fixtureFolder, haveFixtures, fixturesMissing } from './testing/fixtures.ts';
import { writeTable } from './testing/heap-writer.ts';
import { readThrough } from './testing/read-source.ts';
import { createStoreWriter, property } from './testing/store-writer.ts';

if (!haveFixtures) console.warn(fixturesMissing);

/** Counts of what came out; null when the file was refused as a whole, with a reason. */
async function outcome(file: Buffer): Promise<{ readonly read: number; readonly named: number } | null> {
  try {
    const { messages, items, problems } = await readThrough(readerOfBuffer(file));
    const faulty = messages.filter(message => (message.record?.faults.length ?? 0) > 0).length;
    const lost =
      messages.filter(({ octets }) => octets === null).length + items.filter(item => item.file === null).length;
    return { read: messages.length + items.length - lost, named: lost + problems.length + faulty };
  } catch (error) {
    if (!(error instanceof TravasoError)) throw error;
    expect(['INPUT_FILE_INVALID', 'SOURCE_FILE_DAMAGED']).toContain(error.code);
    expect(error.problem.details['reason']).toBeTruthy();
    return null;
  }
}

/** The stretches of a file that are read at all: damage elsewhere shows nothing. */
async function stretchesRead(file: Buffer): Promise<readonly (readonly [from: number, bytes: number])[]> {
  const found = new Map<number, number>();
  const plain = readerOfBuffer(file);
  const recording: FileReader = {
    ...plain,
    read: (offset, target) => {
      const read = plain.read(offset, target);
      if (read > 0) found.set(offset, read);
      return read;
    },
  };
  await readThrough(recording);
  return [...found];
}

type Hurt = (file: Buffer) => Buffer;

function corruptions(stretches: readonly (readonly [number, number])[]): fc.Arbitrary<Hurt> {
  const spot = fc
    .tuple(fc.constantFrom(...stretches), fc.nat(1_000_000))
    .map(([[from, length], inside]) => from + (inside % length));
  return fc.oneof(
    fc.tuple(spot, fc.nat(7)).map(([at, bit]): Hurt => file => {
      file[at] = (file[at] ?? 0) ^ (1 << bit);
      return file;
    }),
    fc.array(fc.tuple(spot, fc.nat(255)), { minLength: 2, maxLength: 8 }).map((edits): Hurt => file => {
      for (const [at, value] of edits) file[at] = value;
      return file;
    }),
    spot.map(
      (at): Hurt =>
        file =>
          file.fill(0, at & ~511, (at & ~511) + 512),
    ),
    fc.tuple(spot, fc.uint8Array({ minLength: 16, maxLength: 96 })).map(([at, noise]): Hurt => file => {
      file.set(noise.subarray(0, Math.max(0, Math.min(noise.length, file.length - at))), at);
      return file;
    }),
  );
}

const cutTo =
  (length: number): Hurt =>
  file =>
    file.subarray(0, length);

function hurts(stretches: readonly (readonly [number, number])[], bytes: number): fc.Arbitrary<Hurt> {
  return fc.oneof(
    { weight: 4, arbitrary: corruptions(stretches) },
    { weight: 1, arbitrary: fc.nat(bytes - 1).map(cutTo) },
  );
}

const fixtures = haveFixtures ? readdirSync(fixtureFolder).filter(name => name.endsWith('.pst')) : [];

test.skipIf(!haveFixtures).each(fixtures)(
  '%s, hurt in a hundred ways: reads, or names what is lost, and ends',
  { timeout: 60_000 },
  async name => {
    const whole = readFileSync(fixture(name));
    const sound = await outcome(whole);
    await fc.assert(
      fc.asyncProperty(hurts(await stretchesRead(whole), whole.length), async hurt => {
        const result = await outcome(hurt(Buffer.from(whole)));
        // Nothing goes missing in silence.
        if (result !== null && result.read < (sound?.read ?? 0)) expect(result.named).toBeGreaterThan(0);
      }),
      { seed: 7, numRuns: 100 },
    );
  },
);

/** Milliseconds of processor time that this thread has used. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Minutes for each file: `TRAVASO_FUZZ=full npm test -- pst/damage`. */
const full = process.env['TRAVASO_FUZZ'] === 'full';

test.skipIf(!haveFixtures || !full).each(fixtures)(
  '%s, cut at 200 places and corrupted 500 times: reads, or names what is lost, within ten seconds each',
  { timeout: 3_600_000 },
  async name => {
    const whole = readFileSync(fixture(name));
    const sound = await outcome(whole);
    const stretches = await stretchesRead(whole);
    const check = async (hurt: Hurt): Promise<void> => {
      const started = cpuMs();
      const result = await outcome(hurt(Buffer.from(whole)));
      // The processor's time, not the clock's: how busy the machine is with others says nothing about the reader.
      expect(cpuMs() - started).toBeLessThan(10_000);
      if (result !== null && result.read < (sound?.read ?? 0)) expect(result.named).toBeGreaterThan(0);
    };
    for (let place = 0; place < 200; place += 1) await check(cutTo(Math.floor((place * whole.length) / 200)));
    await fc.assert(fc.asyncProperty(corruptions(stretches), check), { seed: 11, numRuns: 500 });
  },
);

/** One folder with messages of every build, to be hurt in places known. */
function sample(): Buffer {
  const writer = createStoreWriter(unicodeFormat);
  const items = Array.from({ length: 40 }, (_, index) =>
    writer.item(mailProperties(`message ${index}`, property.text(tag.body, `body of ${index} `.repeat(800))), [
      recipient(1, 'Anna', 'anna@ente.it'),
    ]),
  );
  return writer.finish([{ name: 'Inbox', items: [...items, nestedMessage(writer, 3)] }]);
}

test('cut anywhere, a file gives what lies before the cut or says why not', { timeout: 60_000 }, async () => {
  const whole = sample();
  for (let part = 1; part < 40; part++) {
    const result = await outcome(whole.subarray(0, Math.floor((whole.length * part) / 40)));
    if (result !== null && result.read < 41) expect(result.named).toBeGreaterThan(0);
  }
});

test('a cut body is said to be cut, and the other messages are whole', async () => {
  const file = sample();
  // The second block of a long body: its header and first block stay readable.
  const at = file.indexOf(Buffer.from('body of 7 '.repeat(3), 'utf16le'));
  file.fill(0xee, at + 64, at + 128);
  const { messages } = await readThrough(readerOfBuffer(file));
  expect(messages.filter(message => (message.record?.faults.length ?? 0) > 0)).toHaveLength(1);
  expect(messages[7]?.record?.faults).toEqual(['block-checksum']);
});

test('folders whose parent is gone are found, with their mail', async () => {
  const writer = createStoreWriter(unicodeFormat);
  const mail = writer.item(mailProperties('found'));
  const lost = writer.item(mailProperties('without a folder'));
  writer.nodes.node(0x300004, lost.dataBid, lost.subnodesBid, 0x9992);
  const folder = writer.item([property.text(tag.displayName, 'Pratiche')], null);
  writer.nodes.node(0x9002, folder.dataBid, folder.subnodesBid, 0x9982);
  writer.nodes.node(0x300024, mail.dataBid, mail.subnodesBid, 0x9002);
  // Two folders that are each other's parents.
  writer.nodes.node(0x9102, folder.dataBid, folder.subnodesBid, 0x9122);
  writer.nodes.node(0x9122, folder.dataBid, folder.subnodesBid, 0x9102);
  writer.nodes.node(0x300044, mail.dataBid, mail.subnodesBid, 0x9122);
  const { messages } = await readThrough(readerOfBuffer(writer.finish([{ name: 'Inbox', items: [] }])));
  expect(messages.map(({ folder: path, octets }) => [path, /Subject: (.*)\r/.exec(String(octets))?.[1]])).toEqual([
    ['Lost and found/Pratiche', 'found'],
    ['Lost and found/Pratiche (2)/Pratiche', 'found'],
    ['Lost and found/0x9992', 'without a folder'],
  ]);
});

test(
  'a message that says the same thing without end is stopped, and the next one is read',
  { timeout: 60_000 },
  async () => {
    const writer = createStoreWriter(unicodeFormat);
    const long = writer.item(mailProperties('long', property.text(tag.body, 'again and again '.repeat(20_000))));
    const bomb = writer.item(
      mailProperties('bomb'),
      [],
      Array.from({ length: 300 }, () => messageAttachment('a', long)),
    );
    const { messages } = await readThrough(
      readerOfBuffer(writer.finish([{ name: 'Inbox', items: [bomb, writer.item(mailProperties('next'))] }])),
    );
    expect(messages.map(({ octets }) => octets === null)).toEqual([true, false]);
  },
);

test('folders that share one list of messages do not multiply it', async () => {
  const writer = createStoreWriter(unicodeFormat);
  const folder = writer.item([property.text(tag.displayName, 'Shared')], null);
  const list = writeTable(
    writer.nodes,
    Array.from({ length: 500 }, (_, index) => ({ id: 0x500004 + 0x20 * index, cells: [] })),
  );
  for (let index = 0; index < 50; index++) {
    const nid = 0xa002 + 0x20 * index;
    writer.nodes.node(nid, folder.dataBid, folder.subnodesBid, 0x8022);
    writer.nodes.node(folderTable(nid, 'contents'), list.dataBid, list.subnodesBid);
  }
  const { messages, problems } = await readThrough(readerOfBuffer(writer.finish([])));
  // Named once as missing, by the first folder that lists them.
  expect(messages).toHaveLength(500);
  expect(new Set(problems)).toEqual(new Set(['SOURCE_FILE_DAMAGED cycle']));
});
