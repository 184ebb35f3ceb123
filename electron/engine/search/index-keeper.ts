import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { TravasoError } from '../../../shared/errors.ts';
import type { IndexState } from '../../../shared/model/message-list.ts';
import type { Log } from '../ports.ts';
import { indexPlace } from './index-place.ts';
import type { IndexPlace, PlaceQuestion } from './index-place.ts';
import { startIndexing } from './indexing-thread.ts';
import type { IndexingThread } from './indexing-thread.ts';
import {
  deleteIndex,
  indexFigures,
  indexProblem,
  openForIndexing,
  openIndex,
  readMeta,
  writeMeta,
} from './search-index.ts';

export interface IndexKeeperOptions extends Omit<PlaceQuestion, 'total'> {
  /** Path of the catalogue. */
  readonly catalogue: string;
  readonly total: () => number;
  /** Whether a job works on the archive: the index then takes only what it leaves. */
  readonly isBusy: () => boolean;
  readonly log: Log;
}

/** How often, in milliseconds, a thread is told whether to be gentle. */
const paceMs = 1000;

/** The full-text index of one archive: builds it, answers from it, makes it anew when it is damaged. */
export class IndexKeeper {
  private readonly options: IndexKeeperOptions;
  private place: IndexPlace;
  private thread: IndexingThread | null = null;
  private reading: Database | null = null;
  private paused = false;
  private problem: string | null = null;
  private afterDamage = false;
  private done = 0;

  constructor(options: IndexKeeperOptions) {
    this.options = options;
    this.place = indexPlace({ ...options, total: options.total() });
  }

  state(): IndexState {
    const total = this.options.total();
    const known = this.read(db => ({
      ...indexFigures(db),
      complete: readMeta(db, 'complete') !== null,
      declined: readMeta(db, 'declined') !== null,
      afterDamage: readMeta(db, 'rebuiltAfterDamage') !== null,
    }));
    const done = Math.max(known?.done ?? 0, this.thread === null ? 0 : this.done);
    return {
      phase: this.phase(known, done, total),
      messages: { done: Math.min(done, total), total },
      incomplete: known?.incomplete ?? 0,
      rebuiltAfterDamage: this.afterDamage || known?.afterDamage === true,
      searchable: known !== null && !known.declined,
      elsewhere: this.place.elsewhere,
      problem: this.problem === null ? null : { code: this.problem },
    };
  }

  /** Begins, or goes on. Takes back that it was declined. */
  async start(rebuild = false): Promise<void> {
    if (rebuild) await this.clear();
    else if (this.read(db => readMeta(db, 'declined')) !== null) await this.clear();
    this.paused = false;
    this.begin();
  }

  /** Goes on with an index that was asked for once and does not hold everything yet. */
  catchUp(): void {
    const known = this.read(db => ({ declined: readMeta(db, 'declined') !== null, done: indexFigures(db).done }));
    if (known === null ? !this.afterDamage : known.declined || known.done >= this.options.total()) return;
    this.begin();
  }

  async pause(): Promise<void> {
    this.paused = true;
    await this.thread?.stop();
  }

  async decline(): Promise<void> {
    await this.clear();
    const db = openForIndexing(this.place.path, this.options.archiveId);
    writeMeta(db, 'declined', '1');
    db.close();
  }

  /**
   * Asks the index something. Null when there is none. One that turns out damaged is deleted, and made anew at the next
   * `catchUp`.
   */
  read<T>(use: (db: Database) => T): T | null {
    try {
      const db = this.open();
      return db === null ? null : use(db);
    } catch (error) {
      const problem = indexProblem(error, this.place.path);
      if (!(problem instanceof TravasoError && problem.code === 'SEARCH_INDEX_DAMAGED')) throw problem;
      this.options.log.warn('search-index-damaged');
      this.letGo();
      this.discard();
      this.afterDamage = true;
      return null;
    }
  }

  /** Closes the file it reads from; the next question opens it again. */
  letGo(): void {
    this.reading?.close();
    this.reading = null;
  }

  async close(): Promise<void> {
    await this.thread?.stop();
    this.letGo();
  }

  private phase(
    known: { readonly complete: boolean; readonly declined: boolean } | null,
    done: number,
    total: number,
  ): IndexState['phase'] {
    if (this.thread !== null) return known?.complete === true && done >= total ? 'ready' : 'building';
    if (known?.declined === true) return 'declined';
    if (this.problem !== null) return 'failed';
    if (known === null) return this.paused ? 'paused' : 'absent';
    if (known.complete) return done >= total ? 'ready' : 'stale';
    return 'paused';
  }

  private begin(): void {
    if (this.thread !== null || this.place.readOnly) return;
    this.problem = null;
    const { root, archiveId, catalogue, isBusy, log } = this.options;
    const thread = startIndexing({
      ...{ root, archiveId, catalogue, index: this.place.path },
      afterDamage: this.afterDamage,
      gentle: isBusy(),
      progress: messages => {
        this.done = messages;
      },
    });
    this.thread = thread;
    const pace = setInterval(() => thread.setGentle(isBusy()), paceMs).unref();
    void thread.ended.then(end => {
      clearInterval(pace);
      this.thread = null;
      if (end.kind !== 'failed') return;
      log.warn('search-index-failed', { code: end.code });
      if (end.code !== 'SEARCH_INDEX_DAMAGED' || this.afterDamage) {
        this.problem = end.code;
        return;
      }
      this.letGo();
      this.discard();
      this.afterDamage = true;
      this.begin();
    });
  }

  private async clear(): Promise<void> {
    await this.thread?.stop();
    this.letGo();
    this.discard();
    this.afterDamage = false;
    this.problem = null;
    this.done = 0;
  }

  /** What cannot be deleted, on read-only media, is passed over for the cache. */
  private discard(): void {
    if (!this.place.readOnly) deleteIndex(this.place.path);
    this.place = indexPlace({ ...this.options, total: this.options.total() });
  }

  private open(): Database | null {
    const { path, readOnly } = this.place;
    if (this.reading !== null) return this.reading;
    if (!existsSync(path)) return null;
    const db = openIndex(path, this.options.archiveId, { readOnly });
    this.reading = db;
    return db;
  }
}
