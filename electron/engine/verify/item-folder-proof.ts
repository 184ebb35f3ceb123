import type { ErrorCode, ProblemDetails } from '../../../shared/errors.ts';
import { problemOf } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import { noOutcomes } from '../../../shared/model/item.ts';
import type { ItemOutcomeCounts } from '../../../shared/model/item.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { carriedItemsAfter } from '../archive/catalogue/item-ledger.ts';
import type { ItemLedger, ItemProof, ItemUploadRow } from '../archive/catalogue/item-ledger.ts';
import type { ArchivedItem } from '../archive/catalogue/item-table.ts';
import { putItemOutcomes } from '../archive/catalogue/job-journal.ts';
import { differingFields } from '../items/item-fields.ts';
import type { ItemFields } from '../items/item-fields.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { ItemTarget, TargetItemCollection, TargetItemFolder } from '../targets/item-target.ts';
import { readItem } from '../upload/items/item-identities.ts';
import type { ItemIdentities } from '../upload/items/item-identities.ts';
import { isRefusal, outgoing, prepare } from '../upload/items/plan-items.ts';
import type { PlannedItemFolder } from '../upload/items/plan-items.ts';

/** Items read back at a time. */
const pageSize = 50;

export interface ItemFolderProofOptions {
  readonly archive: ArchiveFiles;
  readonly planned: PlannedItemFolder;
  readonly ledger: ItemLedger;
  readonly identities: ItemIdentities;
  readonly context: JobContext;
}

interface Outcome {
  readonly item: ArchivedItem;
  readonly row: ItemUploadRow | null;
  /** Null for an item the upload set aside. */
  readonly proof: ItemProof | null;
  readonly differing: readonly string[];
}

/**
 * Proves one folder of items: reads each back from where the ledger says it is, and compares what a person would see of
 * it with what the archive's file becomes at this target. `run` goes on after a lost line.
 */
export class ItemFolderProof {
  private readonly options: ItemFolderProofOptions;
  private readonly figures: ItemOutcomeCounts = { ...noOutcomes };
  private after = 0;
  achieved = 0;

  constructor(options: ItemFolderProofOptions) {
    this.options = options;
  }

  /** @param folder null when the target does not have it */
  async run(target: ItemTarget, folder: TargetItemFolder | null): Promise<void> {
    const { archive, context, identities, planned } = this.options;
    context.phase('checking', displayPath(planned.folder.path));
    await identities.load(planned.folder, context.signal);
    const collection = folder === null ? null : await openIfThere(target, folder, context.signal);
    for (;;) {
      context.signal.throwIfAborted();
      const page = carriedItemsAfter(archive.catalogue.db, planned.folder, this.after, pageSize);
      if (page.length === 0) return;
      this.record(await this.prove(target, folder, collection, page));
      this.after = page.at(-1)?.number ?? this.after;
    }
  }

  writeFigures(): void {
    const { archive, context, planned } = this.options;
    archive.catalogue.commit(() => {
      putItemOutcomes(archive.catalogue.db, context.id, planned.folder.id, this.figures);
    });
  }

  private async prove(
    target: ItemTarget,
    folder: TargetItemFolder | null,
    collection: TargetItemCollection | null,
    page: readonly ArchivedItem[],
  ): Promise<readonly Outcome[]> {
    const { context, ledger } = this.options;
    const rows = new Map(page.map(({ folderId, number }) => [number, ledger.find(folderId, number)]));
    const keyOf = ({ number }: ArchivedItem): string | null => {
      const row = rows.get(number);
      return row?.targetFolder === folder?.key ? (row?.key ?? null) : null;
    };
    const asked = Map.groupBy(
      page.filter(item => keyOf(item) !== null),
      item => keyOf(item) ?? '',
    );
    const compared = new Map<number, Pick<Outcome, 'proof' | 'differing'>>();
    if (collection !== null && asked.size > 0) {
      // One after the other as they come: ten years of a series fill more memory than its file.
      for await (const { key, fields } of collection.read([...asked.keys()], context.signal)) {
        if (fields === null) continue;
        for (const item of asked.get(key) ?? []) compared.set(item.number, await this.compare(target, item, fields));
      }
    }
    return page.map(item => {
      const row = rows.get(item.number) ?? null;
      if (row?.state === 'set-aside') return { item, row, proof: null, differing: [] };
      return { item, row, ...(compared.get(item.number) ?? { proof: 'missing', differing: [] }) };
    });
  }

  private async compare(
    target: ItemTarget,
    item: ArchivedItem,
    found: ItemFields,
  ): Promise<Pick<Outcome, 'proof' | 'differing'>> {
    const { archive, identities, planned } = this.options;
    const identity = identities.of(planned.folder.id, item.number);
    const prepared = prepare(target, outgoing(planned.folder, item, identity, await readItem(archive, item)));
    // It is there under its name, and this program could not have put it there: somebody else's item of the same name.
    if (isRefusal(prepared)) return { proof: 'differs', differing: [] };
    const differing = differingFields(prepared.kept, found);
    return { proof: differing.length === 0 ? 'verified' : 'differs', differing };
  }

  private record(outcomes: readonly Outcome[]): void {
    const { archive, ledger } = this.options;
    archive.catalogue.commit(() => {
      for (const { row, proof, differing } of outcomes)
        if (row !== null && proof !== null) ledger.put({ ...row, proof, differing });
    });
    for (const outcome of outcomes) this.report(outcome);
  }

  private report({ item, row, proof, differing }: Outcome): void {
    this.count('toCarry');
    switch (proof) {
      case 'verified':
        this.count('verified');
        return;
      case 'differs':
        this.count('differs');
        this.remark(item, 'ITEM_DIFFERS', differing.length === 0 ? {} : { fields: differing.join(', ') });
        return;
      case 'missing':
        this.count('missing');
        this.remark(item, 'ITEM_MISSING');
        return;
      case null:
        this.count('setAside');
        this.remark(item, row?.problem?.code ?? 'ITEM_REFUSED', row?.problem?.details);
    }
  }

  private remark(item: ArchivedItem, code: ErrorCode, details: ProblemDetails = {}): void {
    const { context, planned } = this.options;
    const { kind, path } = planned.folder;
    context.exception({
      problem: { code, details: { folder: displayPath(path), name: item.name, kind, item: item.key, ...details } },
      folder: [...path],
      number: null,
      key: item.key,
    });
  }

  private count(figure: keyof ItemOutcomeCounts): void {
    this.figures[figure] += 1;
    this.achieved += 1;
    this.options.context.countItems(this.options.planned.folder.kind, figure);
  }
}

async function openIfThere(
  target: ItemTarget,
  folder: TargetItemFolder,
  signal: AbortSignal,
): Promise<TargetItemCollection | null> {
  try {
    return await target.openFolder(folder, signal);
  } catch (error) {
    if (problemOf(error).code === 'TARGET_FOLDER_VANISHED') return null;
    throw error;
  }
}
