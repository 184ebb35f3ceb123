import { sumOf, type WorkBlock } from './work-history.ts';

/** What work costs: so many seconds for each message, and so many for each byte. */
export interface Cost {
  readonly perMessage: number;
  readonly perByte: number;
}

/**
 * Bytes that take as long as one message does by itself, until the run itself shows better: a command and its answer
 * against a line of about one megabyte a second. Wrong by ten it still orders small and large folders rightly.
 */
export const assumedBytesPerMessage = 30_000;

export function costOf(cost: Cost, work: Readonly<Pick<WorkBlock, 'messages' | 'bytes'>>): number {
  return cost.perMessage * work.messages + cost.perByte * work.bytes;
}

/**
 * Least squares over the blocks, both prices at least zero. Small and large messages often come evenly mixed; then the
 * two prices cannot be told apart and any split fits, so the assumption above pulls gently toward itself.
 */
export function fitCost(blocks: readonly Readonly<WorkBlock>[]): Cost {
  const total = sumOf(blocks);
  // In units of the mean block both columns are near 1, and one pull weighs the same on each.
  const messageUnit = total.messages / blocks.length;
  const byteUnit = total.bytes / blocks.length;
  if (messageUnit === 0 && byteUnit === 0) return { perMessage: 0, perByte: 0 };
  if (byteUnit === 0) return { perMessage: total.seconds / total.messages, perByte: 0 };
  if (messageUnit === 0) return { perMessage: 0, perByte: total.seconds / total.bytes };

  const rate = total.seconds / (total.messages * assumedBytesPerMessage + total.bytes);
  const assumedMessage = rate * assumedBytesPerMessage * messageUnit;
  const assumedByte = rate * byteUnit;
  const meanSeconds = total.seconds / blocks.length;

  let mm = pull;
  let bb = pull;
  let mb = 0;
  let mt = (pull * assumedMessage) / meanSeconds;
  let bt = (pull * assumedByte) / meanSeconds;
  for (const block of blocks) {
    const m = block.messages / messageUnit;
    const b = block.bytes / byteUnit;
    const t = block.seconds / meanSeconds;
    mm += m * m;
    bb += b * b;
    mb += m * b;
    mt += m * t;
    bt += b * t;
  }
  const determinant = mm * bb - mb * mb;
  let message = (mt * bb - bt * mb) / determinant;
  let byte = (bt * mm - mt * mb) / determinant;
  if (message < 0) [message, byte] = [0, bt / bb];
  if (byte < 0) [message, byte] = [mt / mm, 0];
  return { perMessage: (message * meanSeconds) / messageUnit, perByte: (byte * meanSeconds) / byteUnit };
}

/** Weight of the assumption, counted in blocks. */
const pull = 1;
