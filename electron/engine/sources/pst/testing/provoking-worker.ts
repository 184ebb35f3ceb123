import { parentPort, workerData } from 'node:worker_threads';
import { openPst } from '../pst-file.ts';
import type { ThreadData } from '../thread/protocol.ts';
import { servePst } from '../thread/serve-pst.ts';

/** What an item does to the thread that reads it. */
export type Provocation = 'spin' | 'memory' | 'throw';
export type ProvokingData = ThreadData & { readonly provoke: Readonly<Record<number, Provocation>> };

const { provoke } = workerData as ProvokingData;

async function provoked(how: Provocation | undefined): Promise<void> {
  if (how === 'spin') for (;;);
  if (how === 'throw') {
    setImmediate(() => {
      throw new Error('broken');
    });
    await new Promise(() => undefined);
  }
  const kept: number[][] = [];
  while (how === 'memory') kept.push(new Array<number>(10_000).fill(kept.length));
}

/** As the usual one, but for items that end it. */
if (parentPort !== null) {
  await servePst(parentPort, workerData as ThreadData, async (path, onRead) => {
    const file = await openPst(path, onRead);
    return {
      ...file,
      item: async (nid, faults) => {
        await provoked(provoke[nid]);
        return await file.item(nid, faults);
      },
    };
  });
}
