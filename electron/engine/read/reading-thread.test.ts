import { afterEach, expect, test } from 'vitest';
import { readHead } from './read-head.ts';
import { startReadingThread } from './reading-thread.ts';
import type { ReadingThread } from './reading-thread.ts';

const octets = (): Buffer => Buffer.from('Subject: prova\r\nFrom: anna@ente.it\r\n\r\nciao\r\n');
const wish = { inside: [], pec: 'inner' } as const;
let thread: ReadingThread | null = null;
afterEach(async () => {
  await thread?.close();
});

test('reads, passes on what is wrong, and stops when it is closed', async () => {
  thread = startReadingThread();
  expect((await thread.read(octets(), wish)).text?.body).toBe('ciao\n');
  expect((await thread.part(octets(), [], '1')).toString()).toBe('ciao\r\n');
  await expect(thread.part(octets(), [], '7')).rejects.toMatchObject({ code: 'MESSAGE_PART_UNKNOWN' });
  const [one, two] = await Promise.all([thread.read(octets(), wish), thread.read(octets(), wish)]);
  expect(one).toEqual(two);
  const late = expect(thread.read(octets(), wish)).rejects.toMatchObject({ code: 'ENGINE_STOPPED' });
  await thread.close();
  await late;
});

test('gives a message up that takes too long, and says so', async () => {
  // No thread is up within a millisecond.
  thread = startReadingThread({ messageMs: 1 });
  expect(await thread.read(octets(), wish)).toMatchObject({ text: null, problems: ['too-slow'] });
  await expect(thread.part(octets(), [], '1')).rejects.toMatchObject({ code: 'MESSAGE_PART_UNREADABLE' });
});

test('then shows its header alone', () => {
  expect(readHead(octets())).toMatchObject({
    headers: { subject: 'prova', from: [{ name: '', address: 'anna@ente.it' }] },
    ...{ text: null, parts: [], problems: ['too-slow'] },
  });
});
