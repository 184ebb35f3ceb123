import { createHash } from 'node:crypto';
import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import { noItems } from '../../../shared/model/item.ts';
import type { ItemCounts, ItemKind } from '../../../shared/model/item.ts';
import type { Archive } from '../archive/archive.ts';
import type { ArchiveWriter } from '../archive/archive-writer.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { findItem, itemsAfter, storedItems } from '../archive/catalogue/item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { putItemFigures } from '../archive/catalogue/job-journal.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { persist } from '../jobs/persistence.ts';
import type { Session } from '../jobs/session.ts';
import type { Clock } from '../ports.ts';
import type { ItemContent, SourceItem, SourceItemFolder } from '../sources/item-source.ts';
import type { MailSource } from '../sources/mail-source.ts';

/** An item up to this size is compared in memory before anything is written for it. */
const heldOctets = 4 * 1024 * 1024;
/** Rows read at a time. */
const pageSize = 1000;

export interface ItemFolderBackupOptions {
  readonly archive: Archive;
  readonly context: JobContext;
  readonly clock: Clock;
  readonly session: Session<MailSource>;
  readonly writer: ArchiveWriter;
  readonly source: SourceItemFolder;
  readonly archived: ArchivedItemFolder;
}

/** The backup of one folder of contacts, appointments or the like. Nothing is written where nothing changed. */
export class ItemFolderBackup {
  private readonly options: ItemFolderBackupOptions;
  private readonly figures: ItemCounts = { ...noItems };
  /** Keys that found their outcome, so that a broken line does not count them twice. */
  private readonly settled = new Set<string>();
  private ended = false;
  /** Anything to tell: the next run looks again, so that its report tells it again. */
  private flawed = false;

  constructor(options: ItemFolderBackupOptions) {
    this.options = options;
  }

  get counts(): Readonly<ItemCounts> {
    return this.figures;
  }

  get kind(): ItemKind {
    return this.options.source.kind;
  }

  async run(): Promise<void> {
    const { archived, context, session, source } = this.options;
    context.phase('transferring', displayPath(source.path));
    if (this.isUnchanged()) return;
    try {
      await persist(
        context,
        session,
        () => this.settled.size,
        () => session.with(connection => this.takeFolder(connection)),
      );
    } catch (error) {
      this.giveUp(error);
      return;
    }
    await this.notePresence();
    if (!this.flawed && source.changeMark !== archived.changeMark) {
      (await this.options.writer.openItems(archived)).noteComplete(source.changeMark);
    }
    this.ended = true;
    await this.options.writer.checkpointIfDue();
  }

  /** To be run inside the catalogue's transaction. */
  putFigures({ db }: Catalogue): void {
    if (this.ended) putItemFigures(db, this.options.context.id, this.options.archived.id, this.figures);
  }

  private isUnchanged(): boolean {
    const { archive, archived, source } = this.options;
    if (source.changeMark === null || source.changeMark !== archived.changeMark) return false;
    const { items, absent } = storedItems(archive.catalogue.db, archived.id);
    this.figures.found = items - absent;
    this.figures.alreadyPresent = items - absent;
    this.ended = true;
    return true;
  }

  private async takeFolder({ items }: MailSource): Promise<void> {
    const { context, source, writer } = this.options;
    if (items === undefined) throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(source.path) });
    for await (const item of items.open(source, context.signal)) {
      if (this.settled.has(item.key)) continue;
      await this.takeIn(item);
      this.settled.add(item.key);
      this.figures.found += 1;
      await writer.checkpointIfDue();
    }
  }

  private async takeIn(item: SourceItem): Promise<void> {
    const { archive, archived, context, writer } = this.options;
    const known = findItem(archive.catalogue.db, archived.id, item.key);
    if (known !== null && item.mark !== null && item.mark === known.mark) {
      this.figures.alreadyPresent += 1;
      return;
    }
    try {
      const content = await item.read(context.signal);
      // What came in part is asked for again by the next run, whatever the source says of it then.
      const mark = content.problem?.code === 'ITEM_INCOMPLETE' ? null : item.mark;
      const outcome = await this.store({ ...item, mark }, content, known);
      this.figures[outcome === 'known' ? 'alreadyPresent' : 'stored'] += 1;
      if (content.problem !== null) this.exception(content.problem);
      if (outcome === 'known' && known !== null && known.mark !== mark) {
        (await writer.openItems(archived)).noteMark(known.number, mark);
      }
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'ITEM_UNREADABLE') throw error;
      this.figures.setAside += 1;
      this.exception(problem);
    }
  }

  /** The archive's files are touched only for octets it does not have: a run without news leaves the seal alone. */
  private async store(item: SourceItem, content: ItemContent, known: ArchivedItem | null): Promise<'stored' | 'known'> {
    const pieces: Buffer[] = [];
    let held = 0;
    const rest = content.octets[Symbol.asyncIterator]();
    let next = await rest.next();
    for (; next.done !== true && held < heldOctets; next = await rest.next()) {
      pieces.push(next.value);
      held += next.value.length;
    }
    if (next.done === true && known !== null && hashOf(pieces) === known.sha256) return 'known';
    const { archived, writer } = this.options;
    const folder = await writer.openItems(archived);
    const { name, extension, mediaType, problem } = content;
    const octets = continued(pieces, next, rest);
    const { key, mark } = item;
    return await folder.store({ key, mark, name, extension, mediaType, octets, problem }, known?.sha256 ?? null);
  }

  /** What the source no longer has is marked, never removed; what is there again loses the mark. */
  private async notePresence(): Promise<void> {
    const { archive, archived, clock, writer } = this.options;
    const now = clock.now().toISOString();
    for (let after = 0; ;) {
      const page = itemsAfter(archive.catalogue.db, archived.id, after, pageSize);
      for (const { number, key, superseded, absentSince } of page) {
        const isThere = this.settled.has(key);
        if (superseded || isThere === (absentSince === null)) continue;
        (await writer.openItems(archived)).noteAbsent(number, isThere ? null : now);
      }
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  }

  /** A folder that cannot be read is named and the others go on; anything that concerns the whole job ends it. */
  private giveUp(error: unknown): void {
    const problem = problemOf(error);
    if (this.options.context.signal.aborted || !['FOLDER_VANISHED', 'FOLDER_UNREADABLE'].includes(problem.code)) {
      throw error;
    }
    this.exception(problem);
  }

  private exception(problem: Problem): void {
    const { context, source } = this.options;
    this.flawed = true;
    context.exception({ problem, folder: [...source.path], number: null, key: null });
  }
}

function hashOf(pieces: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

async function* continued(
  pieces: readonly Buffer[],
  next: IteratorResult<Buffer>,
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer> {
  yield* pieces;
  for (let piece = next; piece.done !== true; piece = await rest.next()) yield piece.value;
}
