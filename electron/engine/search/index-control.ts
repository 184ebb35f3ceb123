/**
 * What the engine and its indexing thread share: plain numbers in memory both can see, because a thread that hangs on a
 * message reads no mail of ours.
 */
export class IndexControl {
  readonly buffer: SharedArrayBuffer;
  private readonly cells: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(6 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.cells = new Int32Array(buffer);
  }

  get stopped(): boolean {
    return Atomics.load(this.cells, cell.stop) === 1;
  }
  stop(): void {
    this.set(cell.stop, 1);
  }

  /** Gentle: a job works on the archive, and this is only to use what it leaves. */
  get gentle(): boolean {
    return Atomics.load(this.cells, cell.gentle) === 1;
  }
  set gentle(gentle: boolean) {
    this.set(cell.gentle, gentle ? 1 : 0);
  }

  /** The message at hand. */
  get at(): { folderId: number; number: number } {
    return { folderId: Atomics.load(this.cells, cell.folder), number: Atomics.load(this.cells, cell.number) };
  }
  moveTo(folderId: number, number: number): void {
    Atomics.store(this.cells, cell.folder, folderId);
    Atomics.store(this.cells, cell.number, number);
    Atomics.add(this.cells, cell.steps, 1);
  }

  /** Grows with every message and every commit: one that stands still hangs. */
  get steps(): number {
    return Atomics.load(this.cells, cell.steps);
  }
  step(): void {
    Atomics.add(this.cells, cell.steps, 1);
  }

  /** Blocks the calling thread for `ms` milliseconds, or until it is stopped or its pace changes. */
  sleep(ms: number): void {
    Atomics.wait(this.cells, cell.wake, Atomics.load(this.cells, cell.wake), ms);
  }

  private set(index: number, value: number): void {
    Atomics.store(this.cells, index, value);
    Atomics.add(this.cells, cell.wake, 1);
    Atomics.notify(this.cells, cell.wake);
  }
}

const cell = { stop: 0, gentle: 1, folder: 2, number: 3, steps: 4, wake: 5 } as const;
