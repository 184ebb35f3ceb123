/**
 * What the thread leaves where the engine can see it even while the thread answers nothing: which item it is at, and
 * that it gets on. Two numbers in shared memory; nothing is ever waited for on them.
 */
export interface Watch {
  /** The thread begins with this item (node id); 0 for the file as a whole. */
  at(nid: number): void;
  /** Something was achieved. */
  tick(): void;
  readonly nid: number;
  readonly ticks: number;
}

const places = { nid: 0, ticks: 1 } as const;

export function newWatchMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(Object.keys(places).length * Int32Array.BYTES_PER_ELEMENT);
}

export function watchOver(memory: SharedArrayBuffer): Watch {
  const words = new Int32Array(memory);
  return {
    at: nid => {
      Atomics.store(words, places.nid, nid);
      Atomics.add(words, places.ticks, 1);
    },
    tick: () => {
      Atomics.add(words, places.ticks, 1);
    },
    get nid() {
      return Atomics.load(words, places.nid);
    },
    get ticks() {
      return Atomics.load(words, places.ticks);
    },
  };
}
