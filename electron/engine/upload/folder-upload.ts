import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import { isPassing } from '../jobs/passing-problems.ts';
import type { AppendOutcome, MailTarget, TargetFolder } from '../targets/mail-target.ts';
import { FolderOutcomes, type Refused } from './folder-outcomes.ts';
import type { FolderUploadOptions } from './folder-upload-options.ts';
import { KeywordRemarks } from './keyword-remarks.ts';
import { batches } from './message-batches.ts';
import { correctRefused, prepareMessage, type PreparedMessage } from './prepare-message.ts';
import { SentMessages } from './sent-messages.ts';
import { TargetCandidates } from './target-candidates.ts';

type ReadyMessage = PreparedMessage & { readonly kind: 'ready' };

/** One batch is one APPEND command where the server has MULTIAPPEND: atomic, and the most that is in doubt at once. */
const batchMessages = 100;
/** How often the line may break on a message sent alone before it is set aside. */
const triesPerMessage = 4;

/**
 * Carries one folder to the target:
 *
 *     settle the intents a lost answer left open, by looking in the target from their mark on
 *     recognise what is there already
 *     per batch: write intents → APPEND → write outcomes
 *
 * `run` is called again on a new connection after the line broke, and goes on from the last outcome written.
 */
export class FolderUpload {
  private readonly options: FolderUploadOptions;
  private readonly candidates: TargetCandidates;
  /** Number of the last message whose outcome is known. */
  private after = 0;
  private readonly keywords: KeywordRemarks;
  private keepsBytes = true;
  private readonly outcomes: FolderOutcomes;
  private readonly sent: SentMessages;
  /** By number: what messages were refused for that nothing had spoken against, where a corrected copy may go instead. */
  private readonly refusals = new Map<number, Problem>();
  /** Times the line broke while one batch, and every smaller one cut from it, was being sent. */
  private breaks = 0;

  constructor(options: FolderUploadOptions) {
    this.options = options;
    this.candidates = new TargetCandidates(options.archive.catalogue.db);
    this.keywords = new KeywordRemarks(options.place.folder.path, options.context);
    this.outcomes = new FolderOutcomes(options);
    this.sent = new SentMessages(options, this.outcomes);
  }

  /** @param found what the folder holds, and what of it the ledger has as done before this run */
  begin(found: WorkAmount, done: WorkAmount): void {
    this.outcomes.begin(found, done);
  }

  /** Grows with everything the target acknowledged. */
  get achieved(): number {
    return this.outcomes.achieved;
  }

  async run(target: MailTarget): Promise<void> {
    const { context, place, carried } = this.options;
    context.phase('transferring', displayPath(place.folder.path));
    const folder = await target.openFolder(place.name, context.signal);
    this.keepsBytes = target.keepsBytes;
    this.forgetOldGeneration(folder);
    await this.sent.findKeys(folder);
    await this.sent.settleIntents(folder, this.candidates, this.keepsBytes, () => {
      // Only the answers were lost: no message of these breaks the line, and none after them is to blame.
      this.breaks = 0;
    });
    await this.loadCandidates(folder);
    for (;;) {
      context.signal.throwIfAborted();
      const page = carried.pending({
        targetId: this.options.ledger.targetId,
        folderId: place.folder.id,
        after: this.after,
        limit: batchMessages,
      });
      if (page.length === 0) return;
      await this.handle(folder, page);
    }
  }

  /** Every message that is left gets the same reason: the folder itself cannot be had. */
  setAsideAll(problem: Problem): void {
    const { archive, ledger, carried, place } = this.options;
    archive.catalogue.commit(() => {
      // Whatever was in doubt went with the folder.
      for (const { number } of ledger.openIntents(place.folder.id)) ledger.remove(place.folder.id, number);
    });
    for (;;) {
      const page = carried.pending({
        targetId: ledger.targetId,
        folderId: place.folder.id,
        after: this.after,
        limit: 1000,
      });
      if (page.length === 0) break;
      this.outcomes.setAside(
        page.map(message => ({ message, problem })),
        '',
      );
      this.after = page.at(-1)?.number ?? this.after;
    }
    this.writeFigures();
  }

  writeFigures(): void {
    this.outcomes.writeFigures();
  }

  private forgetOldGeneration(folder: TargetFolder): void {
    const { archive, ledger, carried, place } = this.options;
    archive.catalogue.commit(() => {
      ledger.forgetGeneration(place.folder.id, place.name, folder.generation, carried.isRestore ? 'carried' : 'all');
    });
  }

  /** Only when the folder holds messages that no row accounts for is there anything to recognise. */
  private async loadCandidates(folder: TargetFolder): Promise<void> {
    const { ledger, carried, place, context } = this.options;
    // Where messages were deleted since, counting says nothing: another program may have put one back.
    const asMany = carried.isRestore ? 0 : ledger.claimedIn(place.name, folder.generation);
    if (folder.messages <= asMany) return;
    await this.candidates.load(folder, place.name, ledger, null, context.signal);
  }

  private async handle(folder: TargetFolder, page: readonly ArchivedMessage[]): Promise<void> {
    // A page is met again after the line broke; what was set aside before that has its outcome.
    const rest = await this.recogniseIn(folder, this.withoutRepresented(folder, this.outcomes.open(page)));
    for (const batch of batches(rest, Math.ceil(batchMessages / 10 ** this.breaks))) {
      const only = batch.length === 1 ? batch[0] : undefined;
      if (only !== undefined && this.breaks >= triesPerMessage) {
        this.outcomes.setAside(
          [{ message: only, problem: { code: 'TARGET_MESSAGE_REFUSED', details: { reason: 'line-breaks' } } }],
          '',
        );
      } else {
        await this.send(folder, batch);
      }
      this.breaks = 0;
    }
    this.after = page.at(-1)?.number ?? this.after;
  }

  /** Set aside are those that another copy, which is there, stands for. */
  private withoutRepresented(folder: TargetFolder, messages: readonly ArchivedMessage[]): ArchivedMessage[] {
    const represented = messages.flatMap(message => {
      const problem = this.options.representation(message);
      return problem === null ? [] : [{ message, problem }];
    });
    this.outcomes.setAside(represented, folder.generation, 'alreadyPresent');
    return this.outcomes.open(messages);
  }

  /** What of them can go, in the form it can go in; the rest is set aside. */
  private async prepare(folder: TargetFolder, messages: readonly ArchivedMessage[]): Promise<ReadyMessage[]> {
    const { reader, place, limits, repair } = this.options;
    const ready: ReadyMessage[] = [];
    const refused: Refused[] = [];
    const preparation = { reader, folder: place.folder, limits: limits.current, repair };
    for (const message of messages) {
      const refusal = this.refusals.get(message.number);
      const prepared =
        refusal === undefined
          ? await prepareMessage(message, preparation)
          : await correctRefused(message, refusal, preparation);
      if (prepared.kind === 'ready') ready.push(prepared);
      else refused.push(prepared);
    }
    this.outcomes.setAside(refused, folder.generation);
    return ready;
  }

  private async recogniseIn(folder: TargetFolder, page: readonly ArchivedMessage[]): Promise<ArchivedMessage[]> {
    if (this.candidates.isEmpty) return [...page];
    const { archive, ledger, place, context } = this.options;
    const copies = page.map(message => this.sent.copyOf(message, null));
    const found = await this.candidates.claim(place.folder, copies, folder, context.signal);
    archive.catalogue.commit(() => {
      for (const message of page) {
        const match = found.get(message.number);
        if (match !== undefined) ledger.put(this.outcomes.row(message, 'present', folder, match.key));
      }
    });
    for (const message of page) {
      const match = found.get(message.number);
      if (match === undefined) continue;
      this.outcomes.present(message);
      // Where no octets are kept at all, there is nothing to remark of this one.
      if (match.by === 'parts' && this.keepsBytes)
        this.outcomes.remark(message, { code: 'TARGET_BYTES_REWRITTEN', details: {} });
    }
    return page.filter(message => !found.has(message.number));
  }

  private async send(folder: TargetFolder, messages: readonly ArchivedMessage[]): Promise<void> {
    const { archive, ledger, ports, context } = this.options;
    const batch = await this.prepare(folder, messages);
    if (batch.length === 0) return;
    this.keywords.note(
      folder,
      batch.map(({ message }) => message),
    );
    const mark = folder.mark();
    archive.catalogue.commit(() => {
      for (const { message, repaired } of batch) {
        ledger.put({ ...this.outcomes.row(message, 'intent', folder, null), mark, problem: repaired });
      }
    });
    const outgoing = batch.map(prepared => prepared.outgoing);
    const outcomes: AppendOutcome[] = [];
    try {
      ports.faults.reached('target.append', 'before');
      for await (const outcome of folder.append(outgoing, context.signal)) outcomes.push(outcome);
      ports.faults.reached('target.append', 'after');
    } catch (error) {
      // A message that breaks the line every time must not keep its neighbours from going: the next try sends fewer.
      if (outcomes.length === 0 && isPassing(problemOf(error))) this.breaks += 1;
      throw error;
    } finally {
      // Also when the line broke: what was acknowledged before is settled, the rest stays an open intent.
      this.writeOutcomes(folder, batch, outcomes, mark);
    }
    await this.sent.findKeys(folder);
    const overQuota = outcomes.find(outcome => outcome.kind === 'refused' && outcome.problem.code === 'TARGET_QUOTA');
    if (overQuota?.kind === 'refused') throw new TravasoError('TARGET_QUOTA', overQuota.problem.details);
    const again = batch.filter(({ message, repaired }) => repaired === null && this.refusals.has(message.number));
    if (again.length > 0) {
      await this.send(
        folder,
        again.map(({ message }) => message),
      );
    }
  }

  private writeOutcomes(
    folder: TargetFolder,
    batch: readonly ReadyMessage[],
    outcomes: readonly AppendOutcome[],
    mark: string,
  ): void {
    const { archive, ledger, place } = this.options;
    const refused: Refused[] = [];
    const stored: ReadyMessage[] = [];
    archive.catalogue.commit(() => {
      for (const outcome of outcomes) {
        const ready = batch[outcome.index];
        if (ready === undefined) continue;
        const { message, repaired } = ready;
        if (outcome.kind === 'stored') {
          ledger.put({ ...this.outcomes.row(message, 'stored', folder, outcome.key), mark, problem: repaired });
          stored.push(ready);
        } else {
          ledger.remove(place.folder.id, message.number);
          // A full mailbox is no verdict on the message: it stays to be sent once there is room.
          if (outcome.problem.code === 'TARGET_QUOTA') continue;
          if (this.mayBeCorrected(ready, outcome.problem)) this.refusals.set(message.number, outcome.problem);
          else refused.push({ message, problem: outcome.problem });
        }
      }
    });
    for (const { message, repaired } of stored) this.outcomes.uploaded(message, repaired);
    for (const { problem } of refused) this.options.limits.learn(problem);
    this.outcomes.setAside(refused, folder.generation);
  }

  /** The server minds something in it, and the person agreed to corrected copies: it stays to be sent as one. */
  private mayBeCorrected({ repaired }: ReadyMessage, { code }: Problem): boolean {
    return this.options.repair && repaired === null && code === 'TARGET_MESSAGE_REFUSED';
  }
}
