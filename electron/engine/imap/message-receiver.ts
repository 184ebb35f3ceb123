import { TravasoError } from '../../../shared/errors.ts';
import type { FetchedMessage } from '../sources/mail-source.ts';
import { fetchItems, itemOf, numberOf } from './fetch-items.ts';
import type { LiteralSink, ResponseHandler, UntaggedResponse } from './imap-connection.ts';
import type { ImapValue } from './imap-value.ts';
import { isStreamed } from './imap-value.ts';
import { MessageBody } from './message-body.ts';
import type { FlowGate } from './message-body.ts';

/** What one message may occupy while its UID is not known yet. A larger one is asked for again, alone. */
const maxHeldOctets = 16 * 1024 * 1024;

/** Items a server may send along. Anything else after a body is message text: its literal was longer than announced. */
const knownItem =
  /^(?:UID|FLAGS|MODSEQ|INTERNALDATE|RFC822\.SIZE|BODY\[\](?:<\d+>)?|ENVELOPE|BODY|BODYSTRUCTURE|EMAILID|THREADID|X-.+)$/i;
const discard: LiteralSink = { piece: () => undefined, end: () => undefined };

/**
 * Reads the answers to `UID FETCH … (UID BODY.PEEK[])`. RFC 3501 leaves the order of items open, so the UID may come
 * after the body:
 *
 *     UID known when the body begins   → the message is handed out at once and streams
 *     one message asked for, alone     → the command itself says which it is, and it streams
 *     otherwise                        → held in memory to the end of the response; over 16 MiB it is let go and
 *                                        stays in `outstanding`, to be asked for again alone
 */
export class MessageReceiver implements ResponseHandler {
  /** UIDs asked for whose message has not come. */
  readonly outstanding = new Set<number>();
  /** Set while exactly one message is asked for and no other command runs. */
  soleUid: number | null = null;
  /** Totals so far, from which the next batch's size is chosen. */
  messages = 0;
  octets = 0;

  readonly #gate: FlowGate;
  readonly #deliver: (message: FetchedMessage & { readonly body: MessageBody }) => void;
  #current: { readonly uid: number; readonly body: MessageBody } | null = null;
  #held: HeldBody | null = null;
  #abandoned = false;

  constructor(gate: FlowGate, deliver: (message: FetchedMessage & { readonly body: MessageBody }) => void) {
    this.#gate = gate;
    this.#deliver = deliver;
  }

  /** What still arrives is wanted by nobody. Whoever waits for more of a message that is half here is told `error`. */
  abandon(error: Error): void {
    this.#abandoned = true;
    this.outstanding.clear();
    this.#current?.body.discard();
    this.#current?.body.fail(error);
  }

  literal(opening: UntaggedResponse, octets: number): LiteralSink | null {
    const items = fetchItems(opening);
    const name = items?.at(-1);
    if (items === null || typeof name !== 'string' || !/^BODY\[\]/i.test(name)) return null;
    if (this.#abandoned) return discard;
    const uid = numberOf(items, 'UID') ?? this.soleUid;
    if (uid === null) {
      this.#held = new HeldBody(octets);
      return this.#held;
    }
    if (!this.outstanding.has(uid)) return discard;
    return this.#begin(uid, octets);
  }

  untagged(response: UntaggedResponse): void {
    const items = fetchItems(response);
    if (items === null || this.#abandoned) return;
    const body = itemOf(items, 'BODY[]');
    if (isStreamed(body)) this.#endOfStreamed(items);
    else if (typeof body === 'string') this.#whole(items, [Buffer.from(body, 'latin1')]);
    // NIL: the server has no octets to give. The message stays outstanding and is asked for again.
  }

  lost(error: Error): void {
    this.#current?.body.fail(error);
    this.#current = null;
  }

  #begin(uid: number, octets: number): MessageBody {
    this.outstanding.delete(uid);
    this.messages += 1;
    this.octets += octets;
    const body = new MessageBody(this.#gate);
    this.#current = { uid, body };
    this.#deliver({ key: String(uid), body });
    return body;
  }

  #endOfStreamed(items: readonly ImapValue[]): void {
    for (let at = 0; at < items.length; at += 2) {
      const name = items[at];
      if (typeof name !== 'string' || !knownItem.test(name) || at + 1 === items.length) {
        throw new TravasoError('CONNECTION_LOST', { reason: 'malformed-response' });
      }
    }
    const current = this.#current;
    const held = this.#held;
    this.#current = null;
    this.#held = null;
    if (current !== null) {
      const said = numberOf(items, 'UID') ?? current.uid;
      if (said === current.uid) current.body.finish();
      else
        current.body.fail(
          new TravasoError('MESSAGE_UNREADABLE', { key: String(current.uid), reason: 'wrong-message' }),
        );
    } else if (held?.complete === true) {
      this.#whole(items, held.pieces);
    }
  }

  #whole(items: readonly ImapValue[], pieces: readonly Buffer[]): void {
    const uid = numberOf(items, 'UID') ?? this.soleUid;
    if (uid === null || !this.outstanding.has(uid)) return;
    const body = this.#begin(uid, 0);
    this.#current = null;
    for (const piece of pieces) body.piece(piece);
    body.finish();
  }
}

class HeldBody implements LiteralSink {
  readonly complete: boolean;
  readonly pieces: Buffer[] = [];

  constructor(octets: number) {
    this.complete = octets <= maxHeldOctets;
  }

  piece(octets: Buffer): void {
    if (this.complete) this.pieces.push(octets);
  }

  end(): void {
    // The UID is in what follows.
  }
}
