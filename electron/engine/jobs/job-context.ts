import type { JobException, JobPhase, MessageFigures } from '../../../shared/model/job.ts';
import type { ItemFigures, ItemKind, ItemOutcomeCounts } from '../../../shared/model/item.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { FolderBoard } from './folder-board.ts';
import type { Patience } from './patience.ts';

/**
 * What a job's work is given. The work reports facts as they happen; what an observer is shown of them, how often and
 * in which words, is decided elsewhere.
 */
export interface JobContext {
  readonly id: string;
  /** Aborts when the job is to pause or be cancelled: stop at the next safe point, keep what is done. */
  readonly signal: AbortSignal;
  phase(phase: JobPhase, folder?: string | null): void;
  /** The work of this run, once it is known. */
  total(messages: number, octets: number): void;
  /** One or more messages handled (whatever the outcome). */
  done(messages: number, octets: number): void;
  count(figure: keyof MessageFigures, by?: number): void;
  /** Contacts, appointments and the like, at a target. Counting nothing (`by` 0) says that there are some of this kind. */
  countItems(kind: ItemKind, outcome: keyof ItemOutcomeCounts, by?: number): void;
  exception(exception: JobException): void;
  /**
   * Waiting for `ms` because of `problem`; shown with the time it ends, and until something is achieved again. Returns
   * early when the job is to stop, or when the person would rather try now.
   */
  wait(problem: Problem, ms: number): Promise<void>;
  /** How long this host's jobs wait for a line. */
  readonly patience: Patience;
  /** How far each folder is; work on a folder goes through `folders.enter`. */
  readonly folders: FolderBoard;
}

/** A job as it works on one folder. */
export interface FolderContext extends JobContext {
  /** All there is to handle in the folder, and what of it was handled before this run. */
  counted(all: WorkAmount, before: WorkAmount): void;
  /** This run has done with the folder, whatever the outcome. */
  finished(): void;
}

export interface WorkAmount {
  readonly messages: number;
  readonly octets: number;
}

/** How the work ended by itself. Whether that is `succeeded` or `partial` follows from the exceptions. */
export interface JobOutcome {
  readonly plan?: UploadPlan;
  readonly manifestSha256?: string;
  readonly written?: readonly string[];
  /** Contacts, appointments and the like; absent when there were none to look at. */
  readonly itemFigures?: ItemFigures;
}
