/**
 * Everything out of a PST, each message and item hashed and then forgotten: the reader alone, on its thread as the
 * engine uses it, without an archive behind it.
 */
import { createHash } from 'node:crypto';
import { openPstInThread } from '../../electron/engine/sources/pst/thread/pst-thread-source.ts';

const { signal } = new AbortController();
const all = createHash('sha256');
let read = 0;

async function drain(octets: AsyncIterable<Buffer>): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of octets) hash.update(piece);
  all.update(hash.digest());
  read += 1;
}

const source = await openPstInThread(process.argv[2] ?? '');
try {
  const { folders } = await source.listFolders(signal);
  for (const folder of folders) {
    const opened = await source.openFolder(folder, signal);
    const keys: string[] = [];
    for await (const entries of opened.inventory(signal)) keys.push(...entries.map(({ key }) => key));
    for await (const message of opened.fetch(keys, signal)) {
      await drain(message.body);
      message.synthesis?.();
    }
  }
  for (const folder of (await source.items.listFolders(signal)).folders) {
    for await (const item of source.items.open(folder, signal)) await drain((await item.read(signal)).octets);
  }
} finally {
  await source.close();
}
console.log(`${read} messages and items, ${all.digest('hex')}`);
