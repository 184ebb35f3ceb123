import { createProgressEstimator } from '../../../shared/progress/estimate.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatBytes, formatNumber, formatWait } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { describeTimeLeft } from '../../../shared/words/time-left.ts';
import { commandWords } from './command-words.ts';

/** Without a terminal a line is printed this often (milliseconds), so that a log file stays readable. */
const logIntervalMs = 10_000;

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Shows a job's progress: one line that is written over on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  private readonly output: Output;
  private readonly language: Language;
  private estimator = createProgressEstimator();
  private phase = '';
  private shownAtMs = -Infinity;
  private width = 0;

  constructor(output: Output, language: Language) {
    this.output = output;
    this.language = language;
  }

  show(snapshot: JobSnapshot): void {
    const { progress } = snapshot;
    const newPhase = progress.phase !== this.phase;
    if (newPhase) this.estimator = createProgressEstimator();
    this.phase = progress.phase;
    const text = this.describe(snapshot);
    if (this.output.isTTY === true) {
      const padded = text.padEnd(this.width);
      this.width = text.length;
      this.output.write(`\r${padded}`);
    } else if (newPhase || snapshot.elapsedMs - this.shownAtMs >= logIntervalMs) {
      this.shownAtMs = snapshot.elapsedMs;
      this.output.write(`${text}\n`);
    }
  }

  end(): void {
    if (this.output.isTTY === true && this.width > 0) this.output.write('\n');
  }

  private describe(snapshot: JobSnapshot): string {
    const { progress } = snapshot;
    const words = commandWords[this.language];
    const { messages, octets, waiting } = progress;
    if (waiting !== null) {
      const left = Date.parse(waiting.until) - Date.parse(snapshot.updated);
      const { happened, deskCode } = explain(waiting.problem, this.language);
      return `${happened} (${deskCode}) ${words.goesOn} ${formatWait(left, this.language)}`;
    }
    const estimate = this.estimator.add({
      atMs: snapshot.elapsedMs,
      messagesDone: messages.done,
      messagesTotal: messages.total,
      bytesDone: octets.done,
      bytesTotal: octets.total,
      activity: snapshot.status === 'running' ? 'working' : 'paused',
      verified: false,
    });
    const parts = [words.phases[progress.phase]];
    if (messages.total !== null) {
      const number = (value: number): string => formatNumber(value, this.language);
      parts.push(`${number(messages.done)} ${words.of} ${number(messages.total)} ${words.messages}`);
      parts.push(formatBytes(octets.done, this.language));
    }
    if (estimate.bytesPerSecond !== null) parts.push(`${formatBytes(estimate.bytesPerSecond, this.language)}/s`);
    if (estimate.timeLeft !== null)
      parts.push(`${words.timeLeft} ${describeTimeLeft(estimate.timeLeft, this.language)}`);
    if (progress.folder !== null) parts.push(progress.folder);
    return parts.join(' · ');
  }
}
