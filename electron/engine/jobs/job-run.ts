import { errorCodes, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { noOutcomes } from '../../../shared/model/item.ts';
import type { ItemOutcomes } from '../../../shared/model/item.ts';
import { noMessages } from '../../../shared/model/job.ts';
import type { JobException, JobKind, JobSnapshot, JobStatus, MessageFigures } from '../../../shared/model/job.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { addException, putJob } from '../archive/catalogue/job-journal.ts';
import type { JobRecord, RestoreRecord } from '../archive/catalogue/job-journal.ts';
import { diskProblem } from '../archive/disk-problem.ts';
import type { Clock } from '../ports.ts';
import { FolderBoard } from './folder-board.ts';
import type { JobContext, JobOutcome } from './job-context.ts';
import { serverNamedTime } from './persistence.ts';
import type { Patience } from './patience.ts';
import { assertCanBecome } from './job-states.ts';

/** Exceptions are written to the journal in groups: one commit each would cost more than the messages. */
const exceptionsHeld = 200;

/** Failures after which the same job can go on once the person has made room or signed in again. */
const pausing: ReadonlySet<string> = new Set(['DISK_FULL', 'DISK_NOT_WRITABLE', 'TARGET_QUOTA', 'SIGNIN_EXPIRED']);

export interface JobRunOptions {
  readonly id: string;
  readonly kind: JobKind;
  readonly archive: string;
  readonly account: string | null;
  readonly restore?: RestoreRecord | null;
  /** First start of the job, when this run resumes it. */
  readonly created: string | null;
  /** Null for work that leaves no trace (checking an archive on read-only media). */
  readonly journal: Catalogue | null;
  readonly clock: Clock;
  readonly patience: Patience;
  /** Told at every change; it decides how often to look. */
  readonly changed: () => void;
}

/** One run of one job: keeps its state, and the journal in step with it. */
export class JobRun {
  private readonly options: JobRunOptions;
  readonly folders = new FolderBoard();
  private readonly stop = new AbortController();
  /** Ends a wait that nobody but ourselves decided on. */
  private impatience = new AbortController();
  private readonly startedMs: number;
  private waitedMs = 0;
  private state: JobStatus = 'queued';
  private readonly figures: MessageFigures = { ...noMessages };
  private readonly itemOutcomes: ItemOutcomes = {};
  private readonly progress = {
    phase: 'connecting' as JobSnapshot['progress']['phase'],
    folder: null as string | null,
    messages: { done: 0, total: null as number | null },
    octets: { done: 0, total: null as number | null },
    waiting: null as JobSnapshot['progress']['waiting'],
  };
  private exceptionCount = 0;
  private partial = false;
  private held: JobException[] = [];
  private problem: Problem | null = null;
  private outcome: JobOutcome = {};
  private readonly created: string;

  constructor(options: JobRunOptions) {
    this.options = options;
    this.startedMs = options.clock.monotonicMs();
    this.created = options.created ?? options.clock.now().toISOString();
  }

  /** Runs the work to its end. Never rejects: how it ended is in the snapshot. */
  async run(work: (context: JobContext) => Promise<JobOutcome>): Promise<void> {
    this.become('running');
    try {
      this.writeJournal();
      this.outcome = await work(this.context());
      this.end(this.endAsAsked() ?? (this.partial ? 'partial' : 'succeeded'));
    } catch (error) {
      const asked = this.endAsAsked();
      if (asked !== null) {
        this.end(asked);
        return;
      }
      // SQLite meets a full or failing disk outside of commits, too: its temporary tables spill to files.
      this.problem = problemOf(diskProblem(error, this.options.archive));
      this.end(pausing.has(this.problem.code) ? 'paused' : 'failed');
    }
  }

  pause(): void {
    this.become('pausing');
    this.stop.abort();
  }

  cancel(): void {
    this.become('cancelling');
    this.stop.abort();
  }

  /** The person knows that the line is back. A wait that a server asked for goes on. */
  retryNow(): void {
    this.impatience.abort();
  }

  get result(): JobOutcome {
    return this.outcome;
  }

  snapshot(): JobSnapshot {
    const elapsedMs = this.options.clock.monotonicMs() - this.startedMs;
    return {
      id: this.options.id,
      kind: this.options.kind,
      status: this.state,
      archive: this.options.archive,
      created: this.created,
      updated: this.options.clock.now().toISOString(),
      progress: structuredClone(this.progress),
      figures: { ...this.figures },
      ...(Object.keys(this.itemOutcomes).length === 0 ? {} : { itemOutcomes: structuredClone(this.itemOutcomes) }),
      octets: this.progress.octets.done,
      elapsedMs,
      workedMs: elapsedMs - this.waitedMs,
      exceptions: this.exceptionCount,
      ...(this.options.restore == null ? {} : { restore: true }),
      problem: this.problem,
    };
  }

  private context(): JobContext {
    const { clock, changed } = this.options;
    return {
      id: this.options.id,
      signal: this.stop.signal,
      patience: this.options.patience,
      phase: (phase, folder = null) => {
        this.progress.waiting = null;
        this.progress.phase = phase;
        this.progress.folder = folder;
        changed();
      },
      total: (messages, octets) => {
        this.progress.messages.total = messages;
        this.progress.octets.total = octets;
        changed();
      },
      done: (messages, octets) => {
        this.progress.waiting = null;
        this.progress.messages.done += messages;
        this.progress.octets.done += octets;
        changed();
      },
      count: (figure, by = 1) => {
        this.figures[figure] += by;
      },
      countItems: (kind, outcome, by = 1) => {
        const counts = (this.itemOutcomes[kind] ??= { ...noOutcomes });
        counts[outcome] += by;
      },
      exception: exception => {
        this.exceptionCount += 1;
        // A remark (exit 0) is listed but leaves the run a success: nothing is missing because of it.
        if (errorCodes[exception.problem.code].exit !== 0) this.partial = true;
        this.held.push(exception);
        if (this.held.length >= exceptionsHeld) this.writeJournal();
        changed();
      },
      wait: async (problem, ms) => {
        if (ms === 0) return;
        const signals = [this.stop.signal];
        if (serverNamedTime(problem) === null) {
          this.impatience = new AbortController();
          signals.push(this.impatience.signal);
        }
        const until = (moreMs: number): string => new Date(clock.now().getTime() + moreMs).toISOString();
        this.progress.waiting = { problem, until: until(ms) };
        changed();
        const before = clock.monotonicMs();
        await clock.sleep(ms, AbortSignal.any(signals));
        this.waitedMs += clock.monotonicMs() - before;
        // It stands until something is achieved: a server that is away for an hour is one message, not sixty.
        this.progress.waiting = { problem, until: until(0) };
        changed();
      },
      folders: this.folders,
    };
  }

  /** Pausing and cancelling end as what was asked for, also when the work stumbled while stopping. */
  private endAsAsked(): JobStatus | null {
    if (this.state === 'pausing') return 'paused';
    return this.state === 'cancelling' ? 'cancelled' : null;
  }

  private end(status: JobStatus): void {
    this.folders.rest();
    this.progress.waiting = null;
    this.become(status);
    try {
      this.writeJournal();
    } catch (error) {
      // The disk that made the job stop cannot take the news either. The next start finds it `interrupted`.
      this.problem ??= problemOf(error);
    }
    this.options.changed();
  }

  private become(status: JobStatus): void {
    assertCanBecome(this.state, status);
    this.state = status;
    this.options.changed();
  }

  private writeJournal(): void {
    const { journal, id, kind, account, restore = null } = this.options;
    if (journal === null) return;
    const { status, created, updated, figures, itemOutcomes, octets, elapsedMs, problem } = this.snapshot();
    const manifestSha256 = this.outcome.manifestSha256 ?? null;
    const record: JobRecord = {
      id,
      kind,
      status,
      created,
      updated,
      account,
      figures,
      octets,
      elapsedMs,
      manifestSha256,
      problem,
      ...(itemOutcomes === undefined ? {} : { itemOutcomes }),
      ...(restore === null ? {} : { restore }),
    };
    const exceptions = this.held;
    journal.commit(() => {
      putJob(journal.db, record);
      for (const exception of exceptions) addException(journal.db, id, exception);
    });
    this.held = [];
  }
}
