import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { findMessage } from '../archive/catalogue/message-table.ts';
import { putFolderFigures } from '../archive/catalogue/job-journal.ts';
import type { UploadRow } from '../archive/catalogue/upload-ledger.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import { isPassing } from '../jobs/passing-problems.ts';
import type { AppendOutcome, MailTarget, TargetFolder } from '../targets/mail-target.ts';
import type { FolderUploadOptions } from './folder-upload-options.ts';
import { KeywordRemarks } from './keyword-remarks.ts';
import { lowestMark } from './lowest-mark.ts';
import { batches } from './message-batches.ts';
import { prepareMessage, type PreparedMessage } from './prepare-message.ts';
import { sentCopy, type SentCopy } from './sent-copy.ts';
import { TargetCandidates, type Match } from './target-candidates.ts';

type ReadyMessage = PreparedMessage & { readonly kind: 'ready' };

/** One batch is one APPEND command where the server has MULTIAPPEND: atomic, and the most that is in doubt at once. */
const batchMessages = 100;
/** A server may still be storing what it received when the line broke: this long before an intent is given up. */
const settleMs = 1000;
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
  private readonly figures = { found: 0, alreadyPresent: 0, uploaded: 0, uploadedOctets: 0, setAside: 0 };
  /** Grows with everything the target acknowledged. */
  achieved = 0;
  /** Numbers of the messages this run has set aside. */
  private readonly asides = new Set<number>();
  /** Times the line broke while one batch, and every smaller one cut from it, was being sent. */
  private breaks = 0;

  constructor(options: FolderUploadOptions) {
    this.options = options;
    this.candidates = new TargetCandidates(options.archive.catalogue.db);
    this.keywords = new KeywordRemarks(options.place.folder.path, options.context);
  }

  /** @param found what the folder holds, and what of it the ledger has as done before this run */
  begin(found: WorkAmount, done: WorkAmount): void {
    const { context } = this.options;
    this.figures.found = found.messages;
    this.figures.alreadyPresent = done.messages;
    context.count('found', found.messages);
    context.count('alreadyPresent', done.messages);
    context.counted(found, done);
  }

  async run(target: MailTarget): Promise<void> {
    const { context, place, carried } = this.options;
    context.phase('transferring', displayPath(place.folder.path));
    const folder = await target.openFolder(place.name, context.signal);
    this.keepsBytes = target.keepsBytes;
    this.forgetOldGeneration(folder);
    await this.findKeys(folder);
    await this.settleIntents(folder);
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
      this.setAside(
        page.map(message => ({ message, problem })),
        '',
      );
      this.after = page.at(-1)?.number ?? this.after;
    }
    this.writeFigures();
  }

  writeFigures(): void {
    const { archive, context, place } = this.options;
    archive.catalogue.commit(() => {
      putFolderFigures(archive.catalogue.db, context.id, place.folder.id, this.figures);
    });
  }

  private forgetOldGeneration(folder: TargetFolder): void {
    const { archive, ledger, carried, place } = this.options;
    archive.catalogue.commit(() => {
      ledger.forgetGeneration(place.folder.id, place.name, folder.generation, carried.isRestore ? 'carried' : 'all');
    });
  }

  /** Sent, but the answer never came: present or not is for the target to say. */
  private async settleIntents(folder: TargetFolder): Promise<void> {
    const { archive, ledger, place, context, ports } = this.options;
    const intents = ledger.openIntents(place.folder.id);
    if (intents.length === 0) return;
    const problems = new Map(intents.map(({ number, problem }) => [number, problem]));
    let open = intents.flatMap(intent => findMessage(archive.catalogue.db, place.folder.id, intent.number) ?? []);
    for (const look of ['first', 'second']) {
      await this.candidates.load(folder, place.name, ledger, lowestMark(intents), context.signal);
      const copies = open.map(message => this.copyOf(message, problems.get(message.number) ?? null));
      // Where octets prove nothing, the header may not even tell which one it is: content does.
      const among = this.keepsBytes ? 'alike' : 'all';
      const found = await this.candidates.claim(place.folder, copies, folder, context.signal, among);
      await this.completeFlags(folder, open, found);
      archive.catalogue.commit(() => {
        for (const message of open) {
          const match = found.get(message.number);
          const problem = problems.get(message.number) ?? null;
          if (match !== undefined) ledger.put({ ...this.row(message, 'stored', folder, match.key), problem });
          else if (look === 'second') ledger.remove(place.folder.id, message.number);
        }
      });
      for (const message of open)
        if (found.has(message.number)) this.uploaded(message, problems.get(message.number) ?? null);
      // Only the answers were lost: no message of these breaks the line, and none after them is to blame.
      if (found.size > 0) this.breaks = 0;
      open = open.filter(message => !found.has(message.number));
      if (open.length === 0) return;
      if (look === 'first') await ports.clock.sleep(settleMs, context.signal);
    }
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
    const open = page.filter(message => !this.asides.has(message.number));
    const rest = await this.recogniseIn(folder, this.withoutRepresented(folder, open));
    for (const batch of batches(rest, Math.ceil(batchMessages / 10 ** this.breaks))) {
      const only = batch.length === 1 ? batch[0] : undefined;
      if (only !== undefined && this.breaks >= triesPerMessage) {
        this.setAside(
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
    this.setAside(represented, folder.generation, 'alreadyPresent');
    return messages.filter(message => !this.asides.has(message.number));
  }

  /** What of them can go, in the form it can go in; the rest is set aside. */
  private async prepare(folder: TargetFolder, messages: readonly ArchivedMessage[]): Promise<ReadyMessage[]> {
    const { reader, place, limits, repair } = this.options;
    const ready: ReadyMessage[] = [];
    const refused: { message: ArchivedMessage; problem: Problem }[] = [];
    for (const message of messages) {
      const prepared = await prepareMessage(message, { reader, folder: place.folder, limits: limits.current, repair });
      if (prepared.kind === 'ready') ready.push(prepared);
      else refused.push(prepared);
    }
    this.setAside(refused, folder.generation);
    return ready;
  }

  private copyOf(message: ArchivedMessage, problem: Problem | null): SentCopy {
    return sentCopy(this.options.reader, this.options.place.folder, message, problem);
  }

  /** The line may have been lost between a message and what had to come behind it. */
  private async completeFlags(
    folder: TargetFolder,
    messages: readonly ArchivedMessage[],
    found: ReadonlyMap<number, Match>,
  ): Promise<void> {
    const arrived = messages.flatMap(({ number, flags }) => {
      const match = found.get(number);
      return match === undefined ? [] : [{ key: match.key, flags }];
    });
    if (arrived.length > 0) await folder.completeFlags?.(arrived, this.options.context.signal);
  }

  private async recogniseIn(folder: TargetFolder, page: readonly ArchivedMessage[]): Promise<ArchivedMessage[]> {
    if (this.candidates.isEmpty) return [...page];
    const { archive, ledger, place, context } = this.options;
    const copies = page.map(message => this.copyOf(message, null));
    const found = await this.candidates.claim(place.folder, copies, folder, context.signal);
    archive.catalogue.commit(() => {
      for (const message of page) {
        const match = found.get(message.number);
        if (match !== undefined) ledger.put(this.row(message, 'present', folder, match.key));
      }
    });
    for (const message of page) {
      const match = found.get(message.number);
      if (match === undefined) continue;
      this.figures.alreadyPresent += 1;
      context.count('alreadyPresent');
      context.done(1, message.size);
      this.achieved += 1;
      // Where no octets are kept at all, there is nothing to remark of this one.
      if (match.by === 'parts' && this.keepsBytes)
        this.remark(message, { code: 'TARGET_BYTES_REWRITTEN', details: {} });
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
        ledger.put({ ...this.row(message, 'intent', folder, null), mark, problem: repaired });
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
    await this.findKeys(folder);
    const overQuota = outcomes.find(outcome => outcome.kind === 'refused' && outcome.problem.code === 'TARGET_QUOTA');
    if (overQuota?.kind === 'refused') throw new TravasoError('TARGET_QUOTA', overQuota.problem.details);
  }

  private writeOutcomes(
    folder: TargetFolder,
    batch: readonly ReadyMessage[],
    outcomes: readonly AppendOutcome[],
    mark: string,
  ): void {
    const { archive, ledger, place } = this.options;
    const refused: { message: ArchivedMessage; problem: Problem }[] = [];
    const stored: ReadyMessage[] = [];
    archive.catalogue.commit(() => {
      for (const outcome of outcomes) {
        const ready = batch[outcome.index];
        if (ready === undefined) continue;
        const { message, repaired } = ready;
        if (outcome.kind === 'stored') {
          ledger.put({ ...this.row(message, 'stored', folder, outcome.key), mark, problem: repaired });
          stored.push(ready);
        } else {
          ledger.remove(place.folder.id, message.number);
          // A full mailbox is no verdict on the message: it stays to be sent once there is room.
          if (outcome.problem.code !== 'TARGET_QUOTA') refused.push({ message, problem: outcome.problem });
        }
      }
    });
    for (const { message, repaired } of stored) this.uploaded(message, repaired);
    for (const { problem } of refused) this.options.limits.learn(problem);
    this.setAside(refused, folder.generation);
  }

  /**
   * A server without UIDPLUS (RFC 4315) does not say where it put a message. Until that is known, an equal message
   * whose own answer was lost would be taken for the one that is there, and never be sent.
   */
  private async findKeys(folder: TargetFolder): Promise<void> {
    const { archive, ledger, place, context } = this.options;
    const rows = ledger.withoutKey(place.folder.id);
    if (rows.length === 0) return;
    // In a table of its own: the candidates that are left still wait for messages further on.
    const looker = new TargetCandidates(archive.catalogue.db, 'sent');
    await looker.load(folder, place.name, ledger, lowestMark(rows), context.signal);
    const messages = rows.flatMap(row => findMessage(archive.catalogue.db, place.folder.id, row.number) ?? []);
    const problems = new Map(rows.map(({ number, problem }) => [number, problem]));
    const copies = messages.map(message => this.copyOf(message, problems.get(message.number) ?? null));
    const found = await looker.claim(place.folder, copies, folder, context.signal);
    await this.completeFlags(folder, messages, found);
    archive.catalogue.commit(() => {
      for (const message of messages) {
        const match = found.get(message.number);
        const problem = problems.get(message.number) ?? null;
        if (match !== undefined) ledger.put({ ...this.row(message, 'stored', folder, match.key), problem });
      }
    });
  }

  private setAside(
    refused: readonly { message: ArchivedMessage; problem: Problem }[],
    generation: string,
    figure: 'setAside' | 'alreadyPresent' = 'setAside',
  ): void {
    if (refused.length === 0) return;
    const { archive, ledger, place, context } = this.options;
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

  private uploaded(message: ArchivedMessage, repaired: Problem | null): void {
    const { carried, context } = this.options;
    this.achieved += 1;
    // Left open by an earlier run, settled by this one, and no part of what is restored.
    if (!carried.has(message.folderId, message.number)) return;
    if (repaired !== null) this.remark(message, repaired);
    this.figures.uploaded += 1;
    this.figures.uploadedOctets += message.size;
    context.count('uploaded');
    context.done(1, message.size);
  }

  private remark(message: ArchivedMessage, problem: Problem): void {
    const { context, place } = this.options;
    context.exception({ problem, folder: [...place.folder.path], number: message.number, key: null });
  }

  private row(
    message: ArchivedMessage,
    state: UploadRow['state'],
    { generation }: TargetFolder,
    key: string | null,
  ): UploadRow {
    const { folderId, number } = message;
    const targetFolder = this.options.place.name;
    return { folderId, number, state, targetFolder, generation, mark: null, key, problem: null, proof: null };
  }
}
