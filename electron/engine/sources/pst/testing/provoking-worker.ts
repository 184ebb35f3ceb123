import { exit } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { openPst } from '../pst-file.ts';
import type { ThreadData } from '../thread/protocol.ts';
import { servePst } from '../thread/serve-pst.ts';

/** What an item does to the thread that reads it. */
export type Provocation = 'spin' | 'memory' | 'exit';
export type ProvokingData = ThreadData & { readonly provoke: Readonly<Record<number, Provocation>> };

const { provoke } = workerData as ProvokingData;

function provoked(how: Provocation | undefined): void {
  if (how === 'spin') for (;;);
  if (how === 'exit') exit(1);
  const kept: number[][] = [];
  while (how === 'memory') kept.push(new Array<number>(10_000).fill(kept.length));
}

/** As the usual one, but for items that end it. */
if (parentPort !== null) {
  servePst(parentPort, workerData as ThreadData, (path, onRead) => {
    const file = openPst(path, onRead);
    return {
      ...file,
      item: (nid, faults) => {
        provoked(provoke[nid]);
        return file.item(nid, faults);
      },
    };
  });
}
