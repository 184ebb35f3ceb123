import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { problemOf } from '../../../shared/errors.ts';
import { indexArchive } from './index-archive.ts';
import { IndexControl } from './index-control.ts';
import { indexProblem, openForIndexing, writeMeta } from './search-index.ts';

/** Builds the full-text index on a thread of its own. */
export interface IndexWork {
  readonly root: string;
  readonly archiveId: string;
  readonly catalogue: string;
  readonly index: string;
  readonly control: SharedArrayBuffer;
  /** Names of messages that ended an earlier run. */
  readonly skip: readonly string[];
  /** To be remembered with the index that takes a damaged one's place. */
  readonly afterDamage: boolean;
}

export type IndexReply =
  | { readonly kind: 'progress'; readonly messages: number }
  /** `whole`: everything is in; else it was stopped. */
  | { readonly kind: 'ended'; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly code: string };

/** Beside a job: work a quarter of the time, and look for new messages every two seconds until the job has ended. */
const gentleRest = 3;
const lookAgainMs = 2000;

async function work(): Promise<void> {
  const {
    root,
    archiveId,
    catalogue: cataloguePath,
    index: path,
    control: shared,
    skip,
    afterDamage,
  } = workerData as IndexWork;
  const control = new IndexControl(shared);
  const tell = (reply: IndexReply): void => parentPort?.postMessage(reply);
  let catalogue: Database.Database | null = null;
  let index: Database.Database | null = null;
  try {
    catalogue = new Database(cataloguePath, { readonly: true, fileMustExist: true, timeout: 10_000 });
    index = openForIndexing(path, archiveId);
    if (afterDamage) writeMeta(index, 'rebuiltAfterDamage', '1');
    const figures = index.prepare('SELECT coalesce(sum(messages), 0) FROM progress').pluck();
    let began = performance.now();
    const options = {
      ...{ root, catalogue, index },
      skip: new Set(skip),
      at: (folderId: number, number: number) => control.moveTo(folderId, number),
      pause: () => {
        control.step();
        tell({ kind: 'progress', messages: Number(figures.get()) });
        const worked = performance.now() - began;
        if (control.gentle && !control.stopped) control.sleep(worked * gentleRest);
        began = performance.now();
        return !control.stopped;
      },
    };
    for (;;) {
      const whole = await indexArchive(options);
      if (!whole || control.stopped || !control.gentle) {
        tell({ kind: 'ended', whole });
        return;
      }
      control.step();
      control.sleep(lookAgainMs);
    }
  } catch (error) {
    tell({ kind: 'failed', code: problemOf(indexProblem(error, path)).code });
  } finally {
    if (index !== null) closeTidily(index);
    catalogue?.close();
  }
}

/** A truncated journal is left behind as an empty file; an archive on a stick should not show it. */
function closeTidily(index: Database.Database): void {
  try {
    index.pragma('journal_mode = DELETE');
  } catch {
    // Damaged, or the disk is gone: an empty file more or less does not matter then.
  }
  index.close();
}

await work();
