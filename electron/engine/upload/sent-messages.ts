import type { Problem } from '../../../shared/errors.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { findMessage } from '../archive/catalogue/message-table.ts';
import type { TargetFolder } from '../targets/mail-target.ts';
import type { FolderOutcomes } from './folder-outcomes.ts';
import type { FolderUploadOptions } from './folder-upload-options.ts';
import { lowestMark } from './lowest-mark.ts';
import { sentCopy, type SentCopy } from './sent-copy.ts';
import { TargetCandidates, type Match } from './target-candidates.ts';

/** A server may still be storing what it received when the line broke: this long before an intent is given up. */
const settleMs = 1000;

type Means = Pick<FolderUploadOptions, 'archive' | 'ledger' | 'place' | 'reader' | 'ports' | 'context'>;

/** Finds at the target what was sent there: whether it arrived at all, and under which key. */
export class SentMessages {
  private readonly means: Means;
  private readonly outcomes: FolderOutcomes;

  constructor(means: Means, outcomes: FolderOutcomes) {
    this.means = means;
    this.outcomes = outcomes;
  }

  copyOf(message: ArchivedMessage, problem: Problem | null): SentCopy {
    return sentCopy(this.means.reader, this.means.place.folder, message, problem);
  }

  /**
   * Sent, but the answer never came: present or not is for the target to say.
   *
   * @param onArrived called as soon as one is found: then only answers were lost
   */
  async settleIntents(
    folder: TargetFolder,
    candidates: TargetCandidates,
    keepsBytes: boolean,
    onArrived: () => void,
  ): Promise<void> {
    const { archive, ledger, place, context, ports } = this.means;
    const intents = ledger.openIntents(place.folder.id);
    if (intents.length === 0) return;
    const problems = new Map(intents.map(({ number, problem }) => [number, problem]));
    let open = intents.flatMap(intent => findMessage(archive.catalogue.db, place.folder.id, intent.number) ?? []);
    for (const look of ['first', 'second']) {
      await candidates.load(folder, place.name, ledger, lowestMark(intents), context.signal);
      const copies = open.map(message => this.copyOf(message, problems.get(message.number) ?? null));
      // Where octets prove nothing, the header may not even tell which one it is: content does.
      const among = keepsBytes ? 'alike' : 'all';
      const found = await candidates.claim(place.folder, copies, folder, context.signal, among);
      await this.completeFlags(folder, open, found);
      archive.catalogue.commit(() => {
        for (const message of open) {
          const match = found.get(message.number);
          const problem = problems.get(message.number) ?? null;
          if (match !== undefined) ledger.put({ ...this.outcomes.row(message, 'stored', folder, match.key), problem });
          else if (look === 'second') ledger.remove(place.folder.id, message.number);
        }
      });
      for (const message of open)
        if (found.has(message.number)) this.outcomes.uploaded(message, problems.get(message.number) ?? null);
      if (found.size > 0) onArrived();
      open = open.filter(message => !found.has(message.number));
      if (open.length === 0) return;
      if (look === 'first') await ports.clock.sleep(settleMs, context.signal);
    }
  }

  /**
   * A server without UIDPLUS (RFC 4315) does not say where it put a message. Until that is known, an equal message
   * whose own answer was lost would be taken for the one that is there, and never be sent.
   */
  async findKeys(folder: TargetFolder): Promise<void> {
    const { archive, ledger, place, context } = this.means;
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
        if (match !== undefined) ledger.put({ ...this.outcomes.row(message, 'stored', folder, match.key), problem });
      }
    });
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
    if (arrived.length > 0) await folder.completeFlags?.(arrived, this.means.context.signal);
  }
}
