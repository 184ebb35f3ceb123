import { TravasoError } from '../../../shared/errors.ts';
import type { ProblemDetails } from '../../../shared/errors.ts';
import type { FetchedMessage } from '../sources/mail-source.ts';
import { fetchItems, numberOf } from './fetch-items.ts';
import type { CommandResult, ImapConnection } from './imap-connection.ts';
import { FlowGate, MessageBody } from './message-body.ts';
import { MessageReceiver } from './message-receiver.ts';
import { PullQueue } from './pull-queue.ts';
import { busyProblem, serverSaid } from './server-text.ts';
import { takeUids, uidSet } from './uid-set.ts';

interface Batch {
  /** `ask`: which of these exist at all? */
  readonly kind: 'fetch' | 'ask';
  readonly uids: readonly number[];
  /** Sent with nothing else under way, so that its answers cannot be taken for another command's. */
  readonly alone: boolean;
}

type Received = FetchedMessage & { readonly body: MessageBody };

const commandsUnderWay = 2;
const firstBatch = 64;
const largestBatch = 500;
const batchOctets = 32 * 1024 * 1024;
/** Zimbra hangs up after five failed commands in a row; one that succeeds between them starts the count again. */
const failuresInARow = 3;

/**
 * The messages of the selected mailbox by UID, two batches under way so that the line never idles.
 *
 *     batch answered OK, all there       → next batch, sized after the mean message for about 32 MiB
 *     batch answered NO                  → what did come counts; the rest is halved until the bad message is alone
 *     OK, but some did not come          → one `UID FETCH … (UID)` asks which still exist; those are fetched alone,
 *                                          the others have vanished and are not yielded
 *     a message alone fails              → yielded with a body that throws `MESSAGE_UNREADABLE`
 *
 * Throws what the connection throws, `SERVER_THROTTLED` or `SERVER_BUSY` where a NO says so, and `INTERRUPTED`.
 */
export async function* fetchMessages(
  connection: ImapConnection,
  keys: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<FetchedMessage, undefined> {
  const fetch = new MessageFetch(connection, keys);
  const abort = () => fetch.stop(new TravasoError('INTERRUPTED'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    fetch.start();
    for (;;) {
      const result = await fetch.queue.next();
      if (result.done === true) return;
      yield result.value;
      result.value.body.discard();
    }
  } finally {
    signal.removeEventListener('abort', abort);
    fetch.stop(new TravasoError('INTERRUPTED'));
  }
}

class MessageFetch {
  readonly queue = new PullQueue<Received>();
  readonly #connection: ImapConnection;
  readonly #uids: readonly number[];
  readonly #gate: FlowGate;
  readonly #receiver: MessageReceiver;
  /** Batches to send before new ones: halves of refused batches, single messages. */
  readonly #again: Batch[] = [];
  #cursor = 0;
  #underWay = 0;
  #aloneUnderWay = false;
  #failures = 0;
  #stopped = false;

  constructor(connection: ImapConnection, keys: readonly string[]) {
    this.#connection = connection;
    this.#uids = [...new Set(keys.map(Number))]
      .filter(uid => Number.isSafeInteger(uid) && uid > 0)
      .sort((a, b) => a - b);
    this.#gate = new FlowGate(connection);
    this.#receiver = new MessageReceiver(this.#gate, message => this.queue.push(message));
  }

  start(): void {
    this.#fill();
  }

  stop(error: Error): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#receiver.abandon(error);
    for (const { body } of this.queue.clear()) body.discard();
    this.queue.fail(error);
  }

  #fill(): void {
    while (!this.#stopped && !this.#aloneUnderWay && this.#underWay < commandsUnderWay) {
      const [next] = this.#again;
      if (next?.alone === true && this.#underWay > 0) return;
      const batch = next === undefined ? this.#freshBatch() : this.#again.shift();
      if (batch === undefined || batch === null) break;
      this.#underWay += 1;
      this.#run(batch).then(
        () => {
          this.#underWay -= 1;
          this.#fill();
        },
        (error: unknown) => {
          this.#stopped = true;
          this.queue.fail(error);
        },
      );
    }
    if (this.#underWay === 0 && !this.#stopped) this.queue.end();
  }

  #freshBatch(): Batch | null {
    const { messages, octets } = this.#receiver;
    const mean = messages === 0 ? batchOctets / firstBatch : Math.max(1, octets / messages);
    const limit = Math.max(1, Math.min(largestBatch, Math.floor(batchOctets / mean)));
    const uids = takeUids(this.#uids, this.#cursor, limit);
    this.#cursor += uids.length;
    return uids.length === 0 ? null : { kind: 'fetch', uids, alone: false };
  }

  async #run(batch: Batch): Promise<void> {
    this.#aloneUnderWay = batch.alone;
    if (batch.kind === 'ask') await this.#ask(batch.uids);
    else await this.#fetch(batch);
    this.#aloneUnderWay = false;
  }

  async #fetch({ uids, alone }: Batch): Promise<void> {
    const receiver = this.#receiver;
    for (const uid of uids) receiver.outstanding.add(uid);
    receiver.soleUid = alone ? (uids[0] ?? null) : null;
    const command = `UID FETCH ${uidSet(uids)} (UID BODY.PEEK[])`;
    const result = await this.#connection.run(command, { handler: receiver });
    receiver.soleUid = null;
    const missing = uids.filter(uid => receiver.outstanding.delete(uid));
    if (this.#stopped) return;
    if (result.status !== 'OK') await this.#refused(missing, result);
    else this.#failures = 0;
    if (result.status !== 'OK' || missing.length === 0) return;
    if (!alone) this.#again.push({ kind: 'ask', uids: missing, alone: true });
    else for (const uid of await this.#existing(missing)) this.#unreadable(uid, { reason: 'not-sent' });
  }

  async #ask(uids: readonly number[]): Promise<void> {
    for (const uid of await this.#existing(uids)) this.#again.push({ kind: 'fetch', uids: [uid], alone: true });
  }

  async #refused(missing: readonly number[], result: CommandResult): Promise<void> {
    const busy = busyProblem(result);
    if (busy !== null) throw busy;
    this.#failures += 1;
    if (this.#failures >= failuresInARow) {
      await this.#connection.run('NOOP');
      this.#failures = 0;
    }
    const [first] = missing;
    if (first === undefined) return;
    if (missing.length === 1) {
      this.#unreadable(first, serverSaid(result));
      return;
    }
    const middle = Math.ceil(missing.length / 2);
    for (const uids of [missing.slice(middle), missing.slice(0, middle)])
      this.#again.unshift({ kind: 'fetch', uids, alone: false });
  }

  async #existing(uids: readonly number[]): Promise<readonly number[]> {
    const found = new Set<number>();
    const result = await this.#connection.run(`UID FETCH ${uidSet(uids)} (UID)`, {
      handler: {
        untagged: response => {
          const uid = numberOf(fetchItems(response) ?? [], 'UID');
          if (uid !== null) found.add(uid);
        },
      },
    });
    // A server that cannot even say which exist gives no reason to believe that they vanished.
    return result.status === 'OK' ? uids.filter(uid => found.has(uid)) : uids;
  }

  #unreadable(uid: number, details: ProblemDetails): void {
    const body = new MessageBody(this.#gate);
    body.fail(new TravasoError('MESSAGE_UNREADABLE', { key: String(uid), ...details }));
    this.queue.push({ key: String(uid), body });
  }
}
