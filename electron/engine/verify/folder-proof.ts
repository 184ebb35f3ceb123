import { createHash } from 'node:crypto';
import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, ProblemDetails } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { putFolderFigures } from '../archive/catalogue/job-journal.ts';
import type { CarriedMessages } from '../archive/catalogue/carried-messages.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { Proof, UploadLedger, UploadRow } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import type { JobContext } from '../jobs/job-context.ts';
import { messageContent, sameContent } from '../message/content-digest.ts';
import type { MailTarget, TargetFolder } from '../targets/mail-target.ts';
import { sentCopy, type SentCopy } from '../upload/sent-copy.ts';
import { TargetCandidates } from '../upload/target-candidates.ts';
import { TargetAttributes } from './target-attributes.ts';

const pageSize = 500;

export interface FolderProofOptions {
  readonly archive: ArchiveFiles;
  readonly folder: ArchivedFolder;
  readonly ledger: UploadLedger;
  readonly carried: CarriedMessages;
  readonly reader: MessageReader;
  readonly context: JobContext;
}

/** Proves one folder: reads each message back from where the ledger says it is. `run` goes on after a lost line. */
export class FolderProof {
  private readonly options: FolderProofOptions;
  private readonly attributes: TargetAttributes;
  private after = 0;
  private readonly figures = { found: 0, verified: 0, byOctets: 0, byParts: 0, setAside: 0, missing: 0, differs: 0 };
  achieved = 0;

  constructor(options: FolderProofOptions) {
    this.options = options;
    this.attributes = new TargetAttributes(options.archive.catalogue.db);
  }

  async run(target: MailTarget): Promise<void> {
    const { context, folder, ledger } = this.options;
    const name = ledger.folderName(folder.id);
    context.phase('checking', displayPath(folder.path));
    const opened = name === null ? null : await openIfThere(target, name, context.signal);
    if (opened !== null && name !== null) {
      await this.meetRenumbered(opened, name);
      await this.attributes.load(opened, context.signal);
    }
    for (const page of this.pages()) {
      await this.provePage(page, opened, target.keepsBytes);
      this.after = page.at(-1)?.number ?? this.after;
    }
  }

  writeFigures(): void {
    const { archive, context, folder } = this.options;
    archive.catalogue.commit(() => {
      putFolderFigures(archive.catalogue.db, context.id, folder.id, this.figures);
    });
  }

  /** What was to be carried over. */
  private *pages(): Generator<ArchivedMessage[]> {
    let page: ArchivedMessage[] = [];
    for (const message of this.options.carried.messagesOf(this.options.folder.id, pageSize)) {
      if (message.number <= this.after) continue;
      page.push(message);
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  /** The target gave its messages new numbers: where ours are now is found by their content. */
  private async meetRenumbered(opened: TargetFolder, name: string): Promise<void> {
    const { archive, folder, ledger, carried, reader, context } = this.options;
    const { catalogue } = archive;
    const which = carried.isRestore ? 'carried' : 'all';
    const forgotten = catalogue.commit(() => ledger.forgetGeneration(folder.id, name, opened.generation, which));
    if (forgotten === 0) return;
    const candidates = new TargetCandidates(catalogue.db);
    await candidates.load(opened, name, ledger, null, context.signal);
    for (const page of this.pages()) {
      const unknown = page.filter(message => ledger.find(folder.id, message.number) === null);
      const copies = unknown.map(message => sentCopy(reader, folder, message, null));
      const found = await candidates.claim(folder, copies, opened, context.signal);
      catalogue.commit(() => {
        for (const [number, { key }] of found) {
          const row = { folderId: folder.id, number, targetFolder: name, generation: opened.generation };
          ledger.put({ ...row, state: 'present', mark: null, key, problem: null, proof: null });
        }
      });
    }
  }

  private async provePage(
    page: readonly ArchivedMessage[],
    opened: TargetFolder | null,
    keepsBytes: boolean,
  ): Promise<void> {
    const { context, folder, ledger } = this.options;
    const rows = new Map(page.map(message => [message.number, ledger.find(folder.id, message.number)]));
    const byKey = new Map<string, ArchivedMessage>();
    for (const message of page) {
      const key = rows.get(message.number)?.key;
      if (typeof key === 'string') byKey.set(key, message);
    }
    const copyOf = (message: ArchivedMessage): SentCopy =>
      sentCopy(this.options.reader, folder, message, rows.get(message.number)?.problem ?? null);
    const proofs = new Map<number, Proof>();
    const rewritten: string[] = [];
    if (opened !== null && byKey.size > 0) {
      for await (const { key, body } of opened.fetch([...byKey.keys()], context.signal)) {
        const message = byKey.get(key);
        if (message === undefined) continue;
        if ((await sha256Of(body)) === copyOf(message).sha256) proofs.set(message.number, 'bytes');
        else rewritten.push(key);
      }
      // Read a second time, and only these: a server that keeps octets rewrites hardly any, and parsing is slow.
      for await (const { key, body } of opened.fetch(rewritten, context.signal)) {
        const message = byKey.get(key);
        if (message !== undefined) proofs.set(message.number, await compareParts(copyOf(message), body));
      }
    }
    const outcomes = page.map((message): MessageOutcome => {
      const row = rows.get(message.number) ?? null;
      return { message, row, proof: row?.state === 'set-aside' ? null : (proofs.get(message.number) ?? 'missing') };
    });
    this.record(outcomes);
    for (const outcome of outcomes) this.report(outcome, opened, keepsBytes);
  }

  private record(outcomes: readonly MessageOutcome[]): void {
    const { archive, ledger } = this.options;
    archive.catalogue.commit(() => {
      for (const { row, proof } of outcomes) if (row !== null && proof !== null) ledger.put({ ...row, proof });
    });
  }

  private report({ message, row, proof }: MessageOutcome, opened: TargetFolder | null, keepsBytes: boolean): void {
    const { context } = this.options;
    this.figures.found += 1;
    context.count('found');
    context.done(1, message.size);
    this.achieved += 1;
    switch (proof) {
      case 'bytes':
      case 'parts':
        this.figures.verified += 1;
        this.figures[proof === 'bytes' ? 'byOctets' : 'byParts'] += 1;
        context.count('verified');
        if (proof === 'parts' && keepsBytes) this.remark(message, 'TARGET_BYTES_REWRITTEN');
        if (opened !== null && row?.key !== undefined && row.key !== null)
          this.compareAttributes(message, row.key, opened);
        return;
      case 'differs':
        this.figures.differs += 1;
        this.remark(message, 'TARGET_MESSAGE_DIFFERS');
        return;
      case 'missing':
        this.figures.missing += 1;
        this.remark(message, 'TARGET_MESSAGE_MISSING');
        return;
      case null:
        // What stands for it is proved where it is.
        if (row?.problem?.code === 'MESSAGE_REPRESENTED') return;
        this.figures.setAside += 1;
        context.count('setAside');
        this.remark(message, row?.problem?.code ?? 'TARGET_MESSAGE_REFUSED', row?.problem?.details);
    }
  }

  private compareAttributes(message: ArchivedMessage, key: string, opened: TargetFolder): void {
    const different = this.attributes.differences(key, message, keyword => opened.acceptsKeyword(keyword));
    if (different.length > 0) this.remark(message, 'TARGET_ATTRIBUTES_DIFFER', { attributes: different.join(', ') });
  }

  private remark(message: ArchivedMessage, code: ErrorCode, details: ProblemDetails = {}): void {
    const { context, folder } = this.options;
    context.exception({
      problem: { code, details: { folder: displayPath(folder.path), ...details } },
      folder: [...folder.path],
      number: message.number,
      key: null,
    });
  }
}

interface MessageOutcome {
  readonly message: ArchivedMessage;
  readonly row: UploadRow | null;
  /** Null for a message the upload set aside. */
  readonly proof: Proof | null;
}

async function compareParts(copy: SentCopy, body: AsyncIterable<Buffer>): Promise<Proof> {
  const theirs = await messageContent(body, copy.size);
  const ours = await messageContent(copy.body(), copy.size);
  return ours !== null && theirs !== null && sameContent(ours, theirs) ? 'parts' : 'differs';
}

async function sha256Of(body: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of body) hash.update(piece);
  return hash.digest('hex');
}

async function openIfThere(target: MailTarget, name: string, signal: AbortSignal): Promise<TargetFolder | null> {
  try {
    return await target.openFolder(name, signal);
  } catch (error) {
    if (error instanceof TravasoError && error.code === 'TARGET_FOLDER_VANISHED') return null;
    throw error;
  }
}
