import { assumedBytesPerMessage, costOf, fitCost, type Cost } from './cost-model.ts';
import { createWorkHistory, sumOf, type WorkBlock } from './work-history.ts';

export interface ProgressSample {
  /** Monotonic milliseconds; the wall clock may be set meanwhile. */
  readonly atMs: number;
  readonly messagesDone: number;
  /** Null while the total is not known; it may grow when mail arrives during the run. */
  readonly messagesTotal: number | null;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  /**
   * What goes on from this sample until the next. `held` is the server asking for slowness or the line being gone: not
   * work, but likely to come again. `paused` is the person's wish, and says nothing about what comes.
   */
  readonly activity: 'working' | 'held' | 'paused';
  /** Only after verification; without it a run never shows as complete. */
  readonly verified: boolean;
}

export interface ProgressEstimate {
  /** 0 to 1, never going back; null without a total. 1 only once verified. */
  readonly fraction: number | null;
  /** Of working time, over the last part of the run; null before anything was measured. */
  readonly bytesPerSecond: number | null;
  readonly messagesPerSecond: number | null;
  /** Null while an honest answer is not possible: no total, less than a minute or 2 % of the work, or nothing left. */
  readonly timeLeft: TimeLeft | null;
}

export interface TimeLeft {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface ProgressEstimator {
  /** Samples in order of time. A sample that is older than the one before is treated as simultaneous. */
  add(sample: ProgressSample): ProgressEstimate;
}

/** Bars show whole percents: 99.6 % would be rounded to the 100 % that only verification may claim. */
const mostBeforeVerification = 0.99;
const silentSeconds = 60;
const silentShare = 0.02;
/** The range follows new knowledge with this time constant, so that it does not flicker. */
const smoothingSeconds = 20;

/** One per phase of a job. Pure: time comes with the samples. */
export function createProgressEstimator(): ProgressEstimator {
  const history = createWorkHistory();
  let first: ProgressSample | null = null;
  let last: ProgressSample | null = null;
  let fraction = 0;
  let workedSeconds = 0;
  const holds = { times: 0, seconds: 0 };
  let smoothed: TimeLeft | null = null;

  return {
    add(sample) {
      first ??= sample;
      const previous = last ?? sample;
      last = sample;
      const step = stepBetween(previous, sample);
      const elapsed = Math.max(0, sample.atMs - previous.atMs) / 1000;
      workedSeconds += step.seconds;
      if (step.seconds > 0 || step.messages > 0) history.add(step);
      if (previous.activity === 'held') holds.seconds += elapsed;
      if (sample.activity === 'held' && (previous === sample || previous.activity !== 'held')) holds.times += 1;

      const share = shareDone(sample);
      if (share !== null) fraction = Math.max(fraction, Math.min(share, mostBeforeVerification));
      const known = share !== null;

      const target =
        !known || sample.verified || workedSeconds < silentSeconds || !enoughDone(first, sample)
          ? null
          : withHolds(rangeFor(history.blocks, workLeft(sample), fraction), holds, workedSeconds);
      smoothed = target === null ? null : follow(smoothed, target, elapsed, sample.activity !== 'paused');
      return {
        fraction: !known ? null : sample.verified ? 1 : fraction,
        ...ratesOf(history.blocks),
        timeLeft: smoothed === null || smoothed.toSeconds <= 0 ? null : smoothed,
      };
    },
  };
}

function stepBetween(previous: ProgressSample, sample: ProgressSample): WorkBlock {
  const seconds = Math.max(0, sample.atMs - previous.atMs) / 1000;
  return {
    seconds: previous.activity === 'working' ? seconds : 0,
    messages: Math.max(0, sample.messagesDone - previous.messagesDone),
    bytes: Math.max(0, sample.bytesDone - previous.bytesDone),
  };
}

/** With a price that stays the same all along: a price learned on the way would move the bar without any work. */
const steadyCost: Cost = { perMessage: assumedBytesPerMessage, perByte: 1 };

function shareDone(sample: ProgressSample): number | null {
  if (sample.messagesTotal === null) return null;
  const bytesTotal = sample.bytesTotal;
  const done = costOf(steadyCost, { messages: sample.messagesDone, bytes: bytesTotal === null ? 0 : sample.bytesDone });
  const total = costOf(steadyCost, { messages: sample.messagesTotal, bytes: bytesTotal ?? 0 });
  return total === 0 ? mostBeforeVerification : done / total;
}

/** A resumed run starts in the middle: what counts is how much of its own work this run has seen. */
function enoughDone(first: ProgressSample, sample: ProgressSample): boolean {
  const before = shareDone({ ...first, messagesTotal: sample.messagesTotal, bytesTotal: sample.bytesTotal }) ?? 0;
  const now = shareDone(sample) ?? 0;
  return before < 1 && (now - before) / (1 - before) >= silentShare;
}

function workLeft(sample: ProgressSample): Pick<WorkBlock, 'messages' | 'bytes'> {
  return {
    messages: Math.max(0, (sample.messagesTotal ?? 0) - sample.messagesDone),
    bytes: Math.max(0, (sample.bytesTotal ?? 0) - sample.bytesDone),
  };
}

function ratesOf(
  blocks: readonly Readonly<WorkBlock>[],
): Pick<ProgressEstimate, 'bytesPerSecond' | 'messagesPerSecond'> {
  const recent = sumOf(blocks.slice(-Math.ceil(blocks.length / 4)));
  if (recent.seconds === 0) return { bytesPerSecond: null, messagesPerSecond: null };
  return { bytesPerSecond: recent.bytes / recent.seconds, messagesPerSecond: recent.messages / recent.seconds };
}

/**
 * What is left at the price seen so far, told as a range: between the fastest and the slowest of the whole run, its
 * last third and its last tenth; a trend toward slowness continued; widened by how unsteady the blocks were and by how
 * much of the run is still unseen.
 */
function rangeFor(
  blocks: readonly Readonly<WorkBlock>[],
  left: Pick<WorkBlock, 'messages' | 'bytes'>,
  fraction: number,
): TimeLeft {
  const cost = fitCost(blocks);
  const expected = costOf(cost, left);
  const slowness = (part: readonly Readonly<WorkBlock>[]) => {
    const sum = sumOf(part);
    const fair = costOf(cost, sum);
    return fair === 0 ? 1 : sum.seconds / fair;
  };
  const lastPart = (parts: number) => blocks.slice(-Math.max(1, Math.round(blocks.length / parts)));
  const third = Math.max(1, Math.round(blocks.length / 3));
  const recent = slowness(lastPart(3));
  const latest = slowness(lastPart(10));
  const drift = Math.max(0.5, Math.min(2, recent / slowness(blocks.slice(0, third))));

  const unseen = 1 - fraction;
  const spread = 0.08 + 0.3 * unseen + Math.min(0.3, unsteadiness(blocks, slowness));
  const fastest = Math.min(1, recent, latest) * (drift < 1 ? 1 - 0.5 * (1 - drift) : 1);
  const slowest = Math.max(1, recent, latest) * (drift > 1 ? drift ** 0.7 : 1);
  return { fromSeconds: (expected * fastest) / (1 + spread), toSeconds: expected * slowest * (1 + spread) };
}

/**
 * A server that held the run back will do so again after as much work as before. They come whole: one more or one less
 * before the end makes the difference, and the fewer were seen the less is known of their length.
 */
function withHolds(
  work: TimeLeft,
  holds: { readonly times: number; readonly seconds: number },
  worked: number,
): TimeLeft {
  if (holds.times === 0) return work;
  const mean = holds.seconds / holds.times;
  const workPerHold = worked / holds.times;
  const doubt = 0.4 / Math.sqrt(holds.times);
  return {
    fromSeconds: work.fromSeconds + Math.max(0, work.fromSeconds / workPerHold - 1) * mean * (1 - doubt),
    toSeconds: work.toSeconds + (work.toSeconds / workPerHold + 1) * mean * (1 + doubt),
  };
}

/** Standard error of the mean slowness of the blocks. */
function unsteadiness(
  blocks: readonly Readonly<WorkBlock>[],
  slowness: (part: readonly Readonly<WorkBlock>[]) => number,
): number {
  if (blocks.length < 2) return 1;
  const values = blocks.map(block => slowness([block]));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}

/** Time passes of itself; only the surprise is smoothed. While the person pauses, the time left stands still. */
function follow(current: TimeLeft | null, target: TimeLeft, elapsedSeconds: number, running: boolean): TimeLeft {
  if (current === null) return target;
  const passed = running ? elapsedSeconds : 0;
  const weight = 1 - Math.exp(-elapsedSeconds / smoothingSeconds);
  const toward = (from: number, to: number) => Math.max(0, from - passed) * (1 - weight) + to * weight;
  return {
    fromSeconds: toward(current.fromSeconds, target.fromSeconds),
    toSeconds: toward(current.toSeconds, target.toSeconds),
  };
}
