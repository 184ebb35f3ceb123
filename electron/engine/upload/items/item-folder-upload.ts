import type { Problem } from '../../../../shared/errors.ts';
import { problemOf, TravasoError } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import { noOutcomes } from '../../../../shared/model/item.ts';
import type { ItemOutcomeCounts } from '../../../../shared/model/item.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import type { ItemLedger, ItemUploadRow } from '../../archive/catalogue/item-ledger.ts';
import { findItemByNumber } from '../../archive/catalogue/item-table.ts';
import type { ArchivedItem } from '../../archive/catalogue/item-table.ts';
import { putItemOutcomes } from '../../archive/catalogue/job-journal.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { isPassing } from '../../jobs/passing-problems.ts';
import type { Ports } from '../../ports.ts';
import type {
  ItemTarget,
  OutgoingItem,
  PreparedItem,
  PutOutcome,
  TargetItemCollection,
  TargetItemFolder,
} from '../../targets/item-target.ts';
import { fieldsChanged } from './fields-changed.ts';
import { readItem } from './item-identities.ts';
import type { ItemIdentities } from './item-identities.ts';
import { ItemPresence } from './item-presence.ts';
import { isRefusal, outgoing, prepare } from './plan-items.ts';
import type { PlannedItemFolder } from './plan-items.ts';

/** The most that is in doubt at once, and held in memory. */
const batchItems = 50;
const batchOctets = 8 * 1024 * 1024;
/** As for messages: a server may still be storing what it received when the line broke. */
const settleMs = 1000;
/** How often the line may break on an item sent alone before it is set aside. */
const triesPerItem = 4;

export interface ItemFolderUploadOptions {
  readonly archive: ArchiveFiles;
  readonly planned: PlannedItemFolder;
  readonly ledger: ItemLedger;
  readonly identities: ItemIdentities;
  readonly ports: Pick<Ports, 'clock' | 'faults'>;
  readonly context: JobContext;
}

interface ReadyItem {
  readonly item: ArchivedItem;
  readonly sent: OutgoingItem;
  /** ITEM_FIELDS_CHANGED, or null. */
  readonly remark: Problem | null;
}

/**
 * Carries one folder of items to the target:
 *
 *     look what is there
 *     settle the intents a lost answer left open: there is stored, not there is to be sent again
 *     per batch: what is there under its name → present; the rest: write intents → put → write outcomes
 *
 * `run` is called again on a new connection after the line broke, and goes on from the last outcome written.
 */
export class ItemFolderUpload {
  private readonly options: ItemFolderUploadOptions;
  private readonly presence: ItemPresence;
  private after = 0;
  private readonly figures: ItemOutcomeCounts = { ...noOutcomes };
  /** Numbers of the items this run has set aside. */
  private readonly asides = new Set<number>();
  /** Times the line broke while one batch, and every smaller one cut from it, was being sent. */
  private breaks = 0;
  /** Grows with every outcome. */
  achieved = 0;

  constructor(options: ItemFolderUploadOptions) {
    this.options = options;
    this.presence = new ItemPresence(options.archive.catalogue.db);
    const { items, done } = options.planned;
    this.count('toCarry', items);
    this.count('alreadyPresent', done);
  }

  async run(target: ItemTarget, folder: TargetItemFolder): Promise<void> {
    const { context, identities, ledger, planned } = this.options;
    context.phase('transferring', displayPath(planned.folder.path));
    await identities.load(planned.folder, context.signal);
    const collection = await target.openFolder(folder, context.signal);
    await this.presence.load(collection, context.signal);
    await this.settleIntents(collection, folder);
    for (;;) {
      context.signal.throwIfAborted();
      const page = ledger.pending(planned.folder, this.after, batchItems);
      if (page.length === 0) return;
      await this.handle(target, collection, folder, page);
    }
  }

  /** Every item that is left gets the same reason: the folder itself cannot be had. */
  setAsideAll(problem: Problem): void {
    const { archive, ledger, planned } = this.options;
    archive.catalogue.commit(() => {
      // Whatever was in doubt went with the folder.
      for (const { number } of ledger.openIntents(planned.folder.id)) ledger.remove(planned.folder.id, number);
    });
    for (;;) {
      const page = ledger.pending(planned.folder, this.after, 1000);
      if (page.length === 0) return;
      this.setAside(page.map(item => ({ item, problem })));
      this.after = page.at(-1)?.number ?? this.after;
    }
  }

  writeFigures(): void {
    const { archive, context, planned } = this.options;
    archive.catalogue.commit(() => {
      putItemOutcomes(archive.catalogue.db, context.id, planned.folder.id, this.figures);
    });
  }

  private async settleIntents(collection: TargetItemCollection, folder: TargetItemFolder): Promise<void> {
    const { archive, context, ledger, planned, ports } = this.options;
    let open = ledger.openIntents(planned.folder.id);
    for (const look of ['first', 'second']) {
      if (open.length === 0) return;
      if (look === 'second') {
        await ports.clock.sleep(settleMs, context.signal);
        await this.presence.load(collection, context.signal);
      }
      const found = open.flatMap(row => {
        const key = this.keyAtTarget(row.number);
        return key === null ? [] : [{ ...row, state: 'stored' as const, targetFolder: folder.key, key }];
      });
      const numbers = new Set(found.map(({ number }) => number));
      const lost = open.filter(({ number }) => !numbers.has(number));
      archive.catalogue.commit(() => {
        for (const row of found) ledger.put(row);
        if (look === 'second') for (const { folderId, number } of lost) ledger.remove(folderId, number);
      });
      for (const { number, problem } of found) {
        const item = findItemByNumber(archive.catalogue.db, planned.folder.id, number);
        if (item !== null) this.arrived('uploaded', item, problem);
      }
      // Only the answers were lost: no item of these breaks the line, and none after them is to blame.
      if (found.length > 0) this.breaks = 0;
      open = lost;
    }
  }

  private async handle(
    target: ItemTarget,
    collection: TargetItemCollection,
    folder: TargetItemFolder,
    page: readonly ArchivedItem[],
  ): Promise<void> {
    const left = this.recognise(
      folder,
      page.filter(({ number }) => !this.asides.has(number)),
    );
    const most = Math.ceil(batchItems / 10 ** this.breaks);
    for await (const batch of this.ready(target, left, most)) {
      const [only] = batch;
      if (only !== undefined && batch.length === 1 && this.breaks >= triesPerItem) {
        this.setAside([{ item: only.item, problem: { code: 'ITEM_REFUSED', details: { reason: 'line-breaks' } } }]);
      } else {
        await this.send(collection, folder, batch);
      }
      this.breaks = 0;
    }
    this.after = page.at(-1)?.number ?? this.after;
  }

  /** What is there under its name is left as it is, and proved like what was sent. */
  private recognise(folder: TargetItemFolder, items: readonly ArchivedItem[]): readonly ArchivedItem[] {
    const { archive, ledger } = this.options;
    const found = items.flatMap(item => {
      const key = this.keyAtTarget(item.number);
      return key === null ? [] : [{ item, key }];
    });
    if (found.length === 0) return items;
    archive.catalogue.commit(() => {
      for (const { item, key } of found) ledger.put(this.row(item, 'present', folder, key));
    });
    for (const { item } of found) this.arrived('alreadyPresent', item, null);
    const numbers = new Set(found.map(({ item }) => item.number));
    return items.filter(({ number }) => !numbers.has(number));
  }

  /** Reads the files, sets aside what cannot go, and keeps what is in doubt and in memory small. */
  private async *ready(
    target: ItemTarget,
    items: readonly ArchivedItem[],
    most: number,
  ): AsyncGenerator<readonly ReadyItem[]> {
    const { archive, identities, planned } = this.options;
    let batch: ReadyItem[] = [];
    let octets = 0;
    for (const item of items) {
      const identity = identities.of(planned.folder.id, item.number);
      const sent = outgoing(planned.folder, item, identity, await readItem(archive, item));
      const prepared = prepare(target, sent);
      if (isRefusal(prepared)) {
        this.setAside([{ item, problem: prepared }]);
        continue;
      }
      batch.push({ item, sent, remark: this.remarkOf(item, prepared) });
      octets += sent.octets.length;
      if (batch.length < most && octets < batchOctets) continue;
      yield batch;
      batch = [];
      octets = 0;
    }
    if (batch.length > 0) yield batch;
  }

  private async send(
    collection: TargetItemCollection,
    folder: TargetItemFolder,
    batch: readonly ReadyItem[],
  ): Promise<void> {
    const { archive, context, ledger, ports } = this.options;
    archive.catalogue.commit(() => {
      for (const { item, remark } of batch) ledger.put({ ...this.row(item, 'intent', folder, null), problem: remark });
    });
    const outcomes: PutOutcome[] = [];
    try {
      ports.faults.reached('target.put-items', 'before');
      const sent = batch.map(each => each.sent);
      for await (const outcome of collection.put(sent, context.signal)) outcomes.push(outcome);
      ports.faults.reached('target.put-items', 'after');
    } catch (error) {
      // An item that breaks the line every time must not keep its neighbours from going: the next try sends fewer.
      this.breaks = isPassing(problemOf(error)) && outcomes.length === 0 ? this.breaks + 1 : 0;
      this.writeOutcomes(folder, batch, outcomes);
      throw error;
    }
    this.writeOutcomes(folder, batch, outcomes);
    const full = outcomes.find(outcome => outcome.kind === 'refused' && outcome.problem.code === 'TARGET_QUOTA');
    if (full?.kind === 'refused') throw new TravasoError('TARGET_QUOTA', full.problem.details);
  }

  private writeOutcomes(folder: TargetItemFolder, batch: readonly ReadyItem[], outcomes: readonly PutOutcome[]): void {
    const { archive, ledger } = this.options;
    const refused: { item: ArchivedItem; problem: Problem }[] = [];
    const arrived: { ready: ReadyItem; figure: 'uploaded' | 'alreadyPresent' }[] = [];
    archive.catalogue.commit(() => {
      for (const outcome of outcomes) {
        const ready = batch[outcome.index];
        if (ready === undefined) continue;
        if (outcome.kind === 'refused') {
          ledger.remove(ready.item.folderId, ready.item.number);
          // A full account is no verdict on the item: it stays to be sent once there is room.
          if (outcome.problem.code !== 'TARGET_QUOTA') refused.push({ item: ready.item, problem: outcome.problem });
        } else {
          const problem = outcome.kind === 'stored' ? ready.remark : null;
          ledger.put({ ...this.row(ready.item, outcome.kind, folder, outcome.key), problem });
          arrived.push({ ready, figure: outcome.kind === 'stored' ? 'uploaded' : 'alreadyPresent' });
        }
      }
    });
    for (const { ready, figure } of arrived)
      this.arrived(figure, ready.item, figure === 'uploaded' ? ready.remark : null);
    this.setAside(refused);
  }

  private setAside(refused: readonly { readonly item: ArchivedItem; readonly problem: Problem }[]): void {
    if (refused.length === 0) return;
    const { archive, ledger, planned } = this.options;
    const named = refused.map(({ item, problem: { code, details } }) => {
      const { kind, path } = planned.folder;
      const known = { folder: displayPath(path), name: item.name, kind, item: item.key };
      return { item, problem: { code, details: { ...known, ...details } } };
    });
    archive.catalogue.commit(() => {
      for (const { item, problem } of named) ledger.put({ ...this.row(item, 'set-aside', null, null), problem });
    });
    for (const { item, problem } of named) {
      this.asides.add(item.number);
      this.count('setAside');
      this.remark(item, problem);
    }
  }

  private arrived(figure: 'uploaded' | 'alreadyPresent', item: ArchivedItem, remark: Problem | null): void {
    this.count(figure);
    if (remark !== null) this.remark(item, remark);
  }

  private remarkOf(item: ArchivedItem, { changed }: PreparedItem): Problem | null {
    return fieldsChanged(changed, {
      folder: displayPath(this.options.planned.folder.path),
      name: item.name,
      item: item.key,
    });
  }

  private remark(item: ArchivedItem, problem: Problem): void {
    const { context, planned } = this.options;
    context.exception({
      problem: { code: problem.code, details: { ...problem.details } },
      folder: [...planned.folder.path],
      number: null,
      key: item.key,
    });
  }

  private keyAtTarget(number: number): string | null {
    const { identities, planned } = this.options;
    return this.presence.key(identities.of(planned.folder.id, number));
  }

  private row(
    { folderId, number }: ArchivedItem,
    state: ItemUploadRow['state'],
    folder: TargetItemFolder | null,
    key: string | null,
  ): ItemUploadRow {
    return { folderId, number, state, targetFolder: folder?.key ?? '', key, problem: null, proof: null, differing: [] };
  }

  private count(figure: keyof ItemOutcomeCounts, by = 1): void {
    this.figures[figure] += by;
    this.achieved += by;
    this.options.context.countItems(this.options.planned.folder.kind, figure, by);
  }
}
