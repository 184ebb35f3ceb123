import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveWriter } from '../archive/archive-writer.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { putFolderFigures } from '../archive/catalogue/job-journal.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { FolderWriter } from '../archive/folder-writer.ts';
import { presentFigures } from '../archive/catalogue/message-table.ts';
import type { FolderContext, WorkAmount } from '../jobs/job-context.ts';
import { isPassing } from '../jobs/passing-problems.ts';
import { persist } from '../jobs/persistence.ts';
import type { FetchedMessage, InventoryEntry, MailSource, OpenFolder, SourceFolder } from '../sources/mail-source.ts';
import type { Inventory } from './inventory.ts';
import { LineBreaks } from './line-breaks.ts';
import type { BackupOptions } from './run-backup.ts';
import type { Session } from '../jobs/session.ts';
import type { Unclaimed } from './unclaimed.ts';

/** Messages asked for in one go. The source batches them for its server as it likes. */
const pageSize = 2000;

export interface FolderBackupOptions extends BackupOptions {
  readonly context: FolderContext;
  readonly source: SourceFolder;
  readonly archived: ArchivedFolder;
  readonly inventory: Inventory;
  readonly unclaimed: Unclaimed;
  readonly session: Session<MailSource>;
  readonly writer: ArchiveWriter;
}

type PendingMessage = InventoryEntry & { readonly id: number };

/** The backup of one folder: `count` first, for all folders, then `transfer`. */
export class FolderBackup {
  private readonly options: FolderBackupOptions;
  /** Set by `count`; null when the folder cannot be read or says that nothing changed. */
  private opened: Pick<OpenFolder, 'generation' | 'changeMark'> | null = null;
  private readonly figures = { found: 0, alreadyPresent: 0, stored: 0, storedOctets: 0, setAside: 0, vanished: 0 };
  private failed = false;
  /** Whether `figures.found` is the source's word; a folder that could not be counted has no figures. */
  private hasFigures = false;
  /** Whether the run came to this folder's end; until then its counts would contradict each other. */
  private ended = false;
  /** Grows with every octet received: what tells a slow line from a dead one. */
  private received = 0;
  private readonly breaks = new LineBreaks();
  /** Whether messages of another generation were recognised by their octets. */
  private metAgain = false;

  constructor(options: FolderBackupOptions) {
    this.options = options;
  }

  /** Compares the source's inventory with the archive. Returns what has to be fetched. */
  async count(): Promise<WorkAmount> {
    const { archive, source, archived, context, inventory, session } = this.options;
    const nothing = { messages: 0, octets: 0 };
    if (!source.selectable) {
      this.hasFigures = true;
      return nothing;
    }
    const mark = source.status?.changeMark ?? null;
    if (source.status !== null && mark !== null && mark === archived.changeMark) {
      const { messages } = source.status;
      const unchanged = { messages, octets: presentFigures(archive.catalogue.db, archived.id).octets };
      this.found(messages, messages);
      context.counted(unchanged, unchanged);
      return nothing;
    }
    context.phase('counting', displayPath(source.path));
    try {
      await persist(
        context,
        session,
        // A broken inventory starts over: what came of it is no progress, and may not bring the next try at once.
        () => 0,
        () => this.takeInventory(),
      );
      await this.startGeneration();
    } catch (error) {
      this.giveUp(error);
      return nothing;
    }
    const found = inventory.found(archived.id);
    const present = inventory.alreadyPresent(archived.id);
    const missing = inventory.missing(archived.id);
    this.found(found, present.messages);
    context.counted({ messages: found, octets: present.octets + missing.octets }, present);
    return missing;
  }

  /** Fetches what is missing and notes what changed. */
  async transfer(): Promise<void> {
    const { archived, context, inventory, source, writer } = this.options;
    if (this.opened !== null && !this.failed) {
      context.phase('transferring', displayPath(source.path));
      try {
        await this.fetchMissing();
        await this.noteChanges();
        if (this.figures.setAside === 0) await this.noteComplete();
      } catch (error) {
        this.giveUp(error);
      }
      inventory.forget(archived.id);
    }
    context.finished();
    this.ended = true;
    await writer.checkpointIfDue();
  }

  /** To be run inside the catalogue's transaction. */
  putFigures({ db }: Catalogue): void {
    if (!this.hasFigures || !this.ended) return;
    putFolderFigures(db, this.options.context.id, this.options.archived.id, this.figures);
  }

  private async takeInventory(): Promise<void> {
    const { archived, context, inventory, session, source } = this.options;
    await session.with(async connection => {
      const opened = await connection.openFolder(source, context.signal);
      // After a change of generation every message of the folder has to be met again under its new key.
      inventory.forget(archived.id);
      for await (const batch of opened.inventory(context.signal)) {
        inventory.add(archived.id, batch);
      }
      this.opened = { generation: opened.generation, changeMark: opened.changeMark };
    });
  }

  /** The keys of another generation are voided before anything is compared by key. */
  private async startGeneration(): Promise<void> {
    const { archived, writer } = this.options;
    if (this.opened === null || this.opened.generation === archived.generation) return;
    const folder = await writer.open(archived);
    folder.noteGeneration(this.opened.generation);
    if (archived.generation !== null) await writer.checkpoint();
  }

  private async fetchMissing(): Promise<void> {
    const { archived, context, inventory, session, unclaimed, writer } = this.options;
    unclaimed.load(archived.id);
    for (let after = 0; ;) {
      const page = inventory.missingPage(archived.id, after, pageSize);
      const last = page.at(-1);
      if (last === undefined) return;
      const left = new Map(page.map(message => [message.key, message]));
      const folder = await writer.open(archived);
      while (left.size > 0) {
        await persist(
          context,
          session,
          () => this.received + this.figures.setAside,
          () => this.fetchPage(folder, left),
        );
      }
      after = last.id;
      await writer.checkpointIfDue();
    }
  }

  /** Fetches the messages of `left` and takes each one out of it that has found its outcome. */
  private async fetchPage(folder: FolderWriter, left: Map<string, PendingMessage>): Promise<void> {
    const { context, session, source, writer } = this.options;
    await session.with(async connection => {
      const opened = await connection.openFolder(source, context.signal);
      if (opened.generation !== this.opened?.generation) {
        // Renumbered while we were reading: the keys we hold mean other messages now. The next run starts afresh.
        throw new TravasoError('FOLDER_UNREADABLE', { folder: displayPath(source.path), reason: 'renumbered' });
      }
      const asked = this.breaks.choose([...left.keys()]);
      try {
        for await (const message of opened.fetch(asked, context.signal)) {
          const pending = left.get(message.key);
          if (pending === undefined) continue;
          this.breaks.began(message.key);
          await this.takeIn(folder, pending, message, left);
          this.breaks.finished();
          await writer.checkpointIfDue();
        }
      } catch (error) {
        this.noteBreak(error, left);
        throw error;
      }
      // Asked for and not given: gone since the inventory was taken.
      for (const key of asked) this.vanished(left, key);
    });
  }

  private async takeIn(
    folder: FolderWriter,
    pending: PendingMessage,
    message: FetchedMessage,
    left: Map<string, PendingMessage>,
  ): Promise<void> {
    try {
      const outcome = await folder.store(
        { ...pending, synthesis: message.synthesis },
        this.counted(message.body),
        sha256 => this.options.unclaimed.claim(sha256),
      );
      left.delete(pending.key);
      if (outcome.kind === 'known') this.claimed(folder, outcome.number, pending);
      else this.stored(outcome, pending);
      this.options.context.done(1, outcome.size);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'MESSAGE_UNREADABLE') throw error;
      left.delete(pending.key);
      this.setAside(pending, problem);
    }
  }

  private noteBreak(error: unknown, left: Map<string, PendingMessage>): void {
    const problem = problemOf(error);
    if (!isPassing(problem) || this.options.context.signal.aborted) return;
    const pending = left.get(this.breaks.broke() ?? '');
    if (pending === undefined) return;
    left.delete(pending.key);
    this.setAside(pending, { code: 'MESSAGE_UNREADABLE', details: { reason: problem.code } });
  }

  private async *counted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of body) {
      this.received += piece.length;
      yield piece;
    }
  }

  private async noteChanges(): Promise<void> {
    const { archived, inventory, writer, ports } = this.options;
    const now = ports.clock.now().toISOString();
    // What was met again after a renumbering has its key only from a commit on, and would look gone until then.
    if (this.metAgain) await writer.checkpoint();
    for (let after = 0; ;) {
      const page = inventory.changedPage(archived.id, after, pageSize);
      const folder = page.length > 0 ? await writer.open(archived) : null;
      for (const { number, ...attributes } of page) folder?.noteAttributes(number, attributes);
      await writer.checkpointIfDue();
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
    }
    for (const which of ['gone', 'back'] as const) {
      for (let after = 0; ;) {
        const page = inventory.presencePage(archived.id, which, after, pageSize);
        const folder = page.length > 0 ? await writer.open(archived) : null;
        for (const number of page) folder?.noteAbsent(number, which === 'gone' ? now : null);
        await writer.checkpointIfDue();
        const last = page.at(-1);
        if (last === undefined) break;
        after = last;
      }
    }
  }

  private async noteComplete(): Promise<void> {
    const { archived, writer } = this.options;
    const mark = this.opened?.changeMark ?? null;
    if (mark === archived.changeMark) return;
    (await writer.open(archived)).noteComplete(mark);
  }

  private found(found: number, alreadyPresent: number): void {
    this.hasFigures = true;
    this.figures.found = found;
    this.figures.alreadyPresent = alreadyPresent;
    this.options.context.count('found', found);
    this.options.context.count('alreadyPresent', alreadyPresent);
  }

  private stored(outcome: { number: number; size: number }, pending: PendingMessage): void {
    const { context, source } = this.options;
    this.figures.stored += 1;
    this.figures.storedOctets += outcome.size;
    context.count('stored');
    if (pending.announcedSize !== null && pending.announcedSize !== outcome.size) {
      const details = { announced: pending.announcedSize, received: outcome.size };
      context.exception({
        problem: { code: 'MESSAGE_SIZE_DIFFERS', details },
        folder: [...source.path],
        number: outcome.number,
        key: pending.key,
      });
    }
  }

  private claimed(folder: FolderWriter, number: number, pending: PendingMessage): void {
    this.metAgain = true;
    this.figures.alreadyPresent += 1;
    this.options.context.count('alreadyPresent');
    folder.noteKey(number, pending.key);
    folder.noteAttributes(number, pending);
  }

  private vanished(left: Map<string, PendingMessage>, key: string): void {
    const message = left.get(key);
    if (message === undefined) return;
    left.delete(key);
    this.figures.vanished += 1;
    this.setAside(message, { code: 'MESSAGE_VANISHED', details: { folder: displayPath(this.options.source.path) } });
  }

  private setAside(message: PendingMessage, problem: Problem): void {
    const { context, source } = this.options;
    this.figures.setAside += 1;
    context.count('setAside');
    context.done(1, 0);
    context.exception({ problem, folder: [...source.path], number: null, key: message.key });
  }

  /** A folder that cannot be read is named and the others go on; anything that concerns the whole job ends it. */
  private giveUp(error: unknown): void {
    const { context, source } = this.options;
    const problem = problemOf(error);
    if (context.signal.aborted || !['FOLDER_VANISHED', 'FOLDER_UNREADABLE'].includes(problem.code)) throw error;
    this.failed = true;
    context.exception({ problem, folder: [...source.path], number: null, key: null });
  }
}
