/**
 * What happened so far, in at most `capacity` blocks of equal working time. When they are used up, neighbours are
 * joined and the blocks to come are twice as long: memory stays the same over a run of days, and the latest third of
 * the run is always made of many blocks.
 */
export interface WorkBlock {
  /** Seconds of work: neither paused nor held back by the server. */
  seconds: number;
  messages: number;
  bytes: number;
}

export interface WorkHistory {
  /** Adds what happened between two samples. */
  add(step: Readonly<WorkBlock>): void;
  /** Oldest first. The last one may be shorter than the others. */
  readonly blocks: readonly Readonly<WorkBlock>[];
}

const capacity = 64;
const firstBlockSeconds = 2;

export function createWorkHistory(): WorkHistory {
  let blocks: WorkBlock[] = [];
  let blockSeconds = firstBlockSeconds;
  return {
    add(step) {
      const last = blocks.at(-1);
      if (last !== undefined && last.seconds < blockSeconds) join(last, step);
      else blocks.push({ ...step });
      if (blocks.length > capacity) {
        blocks = halved(blocks);
        blockSeconds *= 2;
      }
    },
    get blocks() {
      return blocks;
    },
  };
}

function halved(blocks: readonly WorkBlock[]): WorkBlock[] {
  const joined: WorkBlock[] = [];
  blocks.forEach((block, index) => {
    const last = joined.at(-1);
    if (index % 2 === 1 && last !== undefined) join(last, block);
    else joined.push({ ...block });
  });
  return joined;
}

function join(into: WorkBlock, block: Readonly<WorkBlock>): void {
  into.seconds += block.seconds;
  into.messages += block.messages;
  into.bytes += block.bytes;
}

export function sumOf(blocks: readonly Readonly<WorkBlock>[]): Readonly<WorkBlock> {
  const sum: WorkBlock = { seconds: 0, messages: 0, bytes: 0 };
  for (const block of blocks) join(sum, block);
  return sum;
}
