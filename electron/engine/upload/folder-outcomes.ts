import type { Problem } from '../../../shared/errors.ts';
import { putFolderFigures } from '../archive/catalogue/job-journal.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { UploadRow } from '../archive/catalogue/upload-ledger.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { TargetFolder } from '../targets/mail-target.ts';
import type { FolderUploadOptions } from './folder-upload-options.ts';

export interface Refused {
  readonly message: ArchivedMessage;
  readonly problem: Problem;
}

type Means = Pick<FolderUploadOptions, 'archive' | 'ledger' | 'place' | 'carried' | 'context'>;

/** What became of each message of one folder: told to the ledger, to the folder's figures and to the job. */
export class FolderOutcomes {
  /** Grows with everything the target acknowledged. */
  achieved = 0;
  private readonly means: Means;
  private readonly figures = { found: 0, alreadyPresent: 0, uploaded: 0, uploadedOctets: 0, setAside: 0 };
  /** Numbers of the messages this run has set aside. */
  private readonly asides = new Set<number>();

  constructor(means: Means) {
    this.means = means;
  }

  /** @param found what the folder holds, and what of it the ledger has as done before this run */
  begin(found: WorkAmount, done: WorkAmount): void {
    const { context } = this.means;
    this.figures.found = found.messages;
    this.figures.alreadyPresent = done.messages;
    context.count('found', found.messages);
    context.count('alreadyPresent', done.messages);
    context.counted(found, done);
  }

  /** Those that this run has not set aside. */
  open(messages: readonly ArchivedMessage[]): ArchivedMessage[] {
    return messages.filter(({ number }) => !this.asides.has(number));
  }

  /** @param generation of the target folder; empty when it cannot be had */
  setAside(refused: readonly Refused[], generation: string, figure: 'setAside' | 'alreadyPresent' = 'setAside'): void {
    if (refused.length === 0) return;
    const { archive, ledger, place, context } = this.means;
    archive.catalogue.commit(() => {
      for (const { message, problem } of refused) {
        const row = { folderId: place.folder.id, number: message.number, targetFolder: place.name, generation };
        ledger.put({ ...row, state: 'set-aside', mark: null, key: null, problem, proof: null });
      }
    });
    for (const { message, problem } of refused) {
      this.asides.add(message.number);
      this.figures[figure] += 1;
      context.count(figure);
      context.done(1, message.size);
      this.achieved += 1;
      this.remark(message, problem);
    }
  }

  /** It was there before. */
  present(message: ArchivedMessage): void {
    const { context } = this.means;
    this.figures.alreadyPresent += 1;
    context.count('alreadyPresent');
    context.done(1, message.size);
    this.achieved += 1;
  }

  uploaded(message: ArchivedMessage, repaired: Problem | null): void {
    const { carried, context } = this.means;
    this.achieved += 1;
    // Left open by an earlier run, settled by this one, and no part of what is restored.
    if (!carried.has(message.folderId, message.number)) return;
    if (repaired !== null) this.remark(message, repaired);
    this.figures.uploaded += 1;
    this.figures.uploadedOctets += message.size;
    context.count('uploaded');
    context.done(1, message.size);
  }

  remark(message: ArchivedMessage, problem: Problem): void {
    const { context, place } = this.means;
    context.exception({ problem, folder: [...place.folder.path], number: message.number, key: null });
  }

  row(
    { folderId, number }: ArchivedMessage,
    state: UploadRow['state'],
    { generation }: TargetFolder,
    key: string | null,
  ): UploadRow {
    const targetFolder = this.means.place.name;
    return { folderId, number, state, targetFolder, generation, mark: null, key, problem: null, proof: null };
  }

  writeFigures(): void {
    const { archive, context, place } = this.means;
    archive.catalogue.commit(() => {
      putFolderFigures(archive.catalogue.db, context.id, place.folder.id, this.figures);
    });
  }
}
