import { TravasoError, type Problem } from '../../../../shared/errors.ts';
import { astring, type CommandLiteral, type CommandPiece } from '../../imap/command.ts';
import type { CommandResult, ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { octetsOf } from '../../imap/imap-value.ts';
import type { AppendOutcome, OutgoingMessage } from '../mail-target.ts';
import { appendArguments, appendedUids } from './append-arguments.ts';
import { readRefusal, type AppendRefusal } from './append-answer.ts';

/** The selected folder that messages go to. */
export interface AppendDestination {
  /** On the wire. */
  readonly mailbox: string;
  /** For people, in problems. */
  readonly folder: string;
  readonly uidValidity: string;
  acceptsKeyword(keyword: string): boolean;
  /** Octets of the largest message the server says it takes; null when it does not say. */
  readonly maxMessageBytes: number | null;
  /** Asks the server, after a refusal that gives no reason, for one that lies outside the message. */
  causeOfRefusal(sizeBytes: number): Promise<'quota' | 'folder-vanished' | null>;
}

/**
 * Sends messages in the fewest round trips the server allows, in the order given, and yields outcomes in that order.
 *
 * ```
 * MULTIAPPEND offered   one command for as many as fit one command line; refused as a whole (RFC 3502: then it
 *                       stored none), the same messages go out again one command each, to find which it was
 * else                  one command each, `pipelineDepth` of them under way at a time
 * ```
 *
 * A refusal that concerns the account or the session ends the sending: what is under way is heard out, then over
 * quota is the outcome of all the rest, and a missing folder, throttling or a lost line is thrown.
 */
export async function* appendMessages(
  connection: ImapConnection,
  destination: AppendDestination,
  messages: readonly OutgoingMessage[],
  signal: AbortSignal,
): AsyncGenerator<AppendOutcome, void, void> {
  const sendable: Outgoing[] = [];
  for (const [index, message] of messages.entries()) {
    const foreseen = foreseenProblem(message, destination);
    if (foreseen !== null) yield { index, kind: 'refused', problem: foreseen };
    else
      sendable.push({ index, message, text: appendArguments(message, keyword => destination.acceptsKeyword(keyword)) });
  }
  let overQuota: Problem | null = null;
  for (const group of commandGroups(sendable, connection.capabilities)) {
    if (overQuota !== null) {
      yield* allRefused(group, overQuota);
      continue;
    }
    const several = group.length > 1 && connection.capabilities.has('MULTIAPPEND');
    const atOnce = several ? await appendAtOnce(connection, destination, group, signal) : null;
    if (atOnce !== null) yield* atOnce;
    else overQuota = yield* appendEach(connection, destination, group, signal);
  }
}

interface Outgoing {
  readonly index: number;
  readonly message: OutgoingMessage;
  /** Flags and date as they stand before the literal. */
  readonly text: string;
}

/** Zimbra drops the line at 10,240 octets of one request, literals not counted; tag, name and markers need the rest. */
const maxCommandText = 7000;
const literalMarkerOctets = 14;

/** Commands under way without an answer. More gains nothing even at 200 ms of round trip; Exchange serves one at a time. */
const pipelineDepth = 16;
/** Where each literal waits for its `+`, a second command only hides the answer of the one before. */
const synchronisingDepth = 2;

function foreseenProblem(message: OutgoingMessage, destination: AppendDestination): Problem | null {
  // Dovecot takes a NUL even in a plain literal and gives back octet 0x80 instead; in a literal8 (RFC 3516) it turns
  // a binary part into base64. Both answer OK, so that the alteration would be silent.
  if (message.traits.nul === true) return { code: 'TARGET_NUL_OCTET', details: { folder: destination.folder } };
  const limit = destination.maxMessageBytes;
  if (limit === null || message.size <= limit) return null;
  const details = { folder: destination.folder, sizeBytes: message.size, limitBytes: limit };
  return { code: 'TARGET_MESSAGE_TOO_LARGE', details };
}

function* commandGroups(all: readonly Outgoing[], capabilities: ReadonlySet<string>): Generator<readonly Outgoing[]> {
  if (!capabilities.has('MULTIAPPEND')) {
    if (all.length > 0) yield all;
    return;
  }
  let group: Outgoing[] = [];
  let text = 0;
  for (const each of all) {
    const octets = each.text.length + literalMarkerOctets;
    // A literal of no octets would cancel the whole command (RFC 3502 section 6.3.11), so it goes alone.
    const alone = each.message.size === 0;
    if (group.length > 0 && (alone || text + octets > maxCommandText)) {
      yield group;
      group = [];
      text = 0;
    }
    group.push(each);
    text += alone ? maxCommandText : octets;
  }
  if (group.length > 0) yield group;
}

/** Null when the server refused the messages together, which says nothing of each of them. */
async function appendAtOnce(
  connection: ImapConnection,
  destination: AppendDestination,
  group: readonly Outgoing[],
  signal: AbortSignal,
): Promise<readonly AppendOutcome[] | null> {
  const sent = send(connection, destination, group, signal);
  const answer = await sent.answer;
  if (answer.status === 'OK') {
    const uids = uidsOf(answer, destination, group.length);
    return group.map(({ index }, nth) => ({ index, kind: 'stored', key: uids?.[nth] ?? null }));
  }
  const refusal = readRefusal(answer, { folder: destination.folder, sizeBytes: sizeOf(group) });
  if (refusal.concerns === 'session') throw refusal.error;
  await settleAfterBad(connection, answer, sent);
  return null;
}

/** Returns the problem when the account is over quota, after having given it to all messages not sent any more. */
async function* appendEach(
  connection: ImapConnection,
  destination: AppendDestination,
  group: readonly Outgoing[],
  signal: AbortSignal,
): AsyncGenerator<AppendOutcome, Problem | null, void> {
  const depth = connection.capabilities.has('LITERAL+') ? pipelineDepth : synchronisingDepth;
  const waiting = [...group];
  const underWay: { readonly outgoing: Outgoing; readonly sent: SentAppend }[] = [];
  let overQuota: Problem | null = null;
  let failure: Error | null = null;
  while (underWay.length > 0 || waiting.length > 0) {
    while (overQuota === null && failure === null && underWay.length < depth) {
      const next = waiting.shift();
      if (next === undefined) break;
      underWay.push({ outgoing: next, sent: send(connection, destination, [next], signal) });
    }
    const oldest = underWay.shift();
    if (oldest === undefined) break;
    const { index, message } = oldest.outgoing;
    const answer = await oldest.sent.answer.catch((lost: unknown) => {
      // A server that throttles often hangs up as well; how long to wait is then the better answer.
      throw failure ?? lost;
    });
    if (answer.status === 'OK') {
      yield { index, kind: 'stored', key: uidsOf(answer, destination, 1)?.[0] ?? null };
      continue;
    }
    // Servers may answer what comes next before what is under way (Dovecot does), so questions are asked alone.
    await Promise.allSettled(underWay.map(each => each.sent.answer));
    const refusal = await explainedRefusal(answer, destination, message.size);
    if (refusal.concerns === 'session') {
      failure ??= refusal.error;
      continue;
    }
    if (refusal.concerns === 'account') overQuota = refusal.problem;
    yield { index, kind: 'refused', problem: refusal.problem };
    // Others may have been answered before the line was given up: what is known of them is not to be asked again.
    await settleAfterBad(connection, answer, oldest.sent).catch((lost: unknown) => {
      failure ??= lost instanceof Error ? lost : new TravasoError('CONNECTION_LOST', {}, { cause: lost });
    });
  }
  if (failure !== null) throw failure;
  if (overQuota !== null) yield* allRefused(waiting, overQuota);
  return overQuota;
}

/**
 * Zimbra says `NO APPEND failed` for over quota too, and Dovecot `NO [SERVERBUG]` where the selected folder was deleted
 * by somebody else. Taken at its word, each message of the mailbox would be set aside as a bad one.
 */
async function explainedRefusal(
  answer: CommandResult,
  destination: AppendDestination,
  sizeBytes: number,
): Promise<AppendRefusal> {
  const refusal = readRefusal(answer, { folder: destination.folder, sizeBytes });
  const silent = answer.code === null || answer.code.name === 'SERVERBUG';
  if (refusal.concerns !== 'message' || !silent) return refusal;
  const { details } = refusal.problem;
  switch (await destination.causeOfRefusal(sizeBytes)) {
    case 'quota':
      return { concerns: 'account', problem: { code: 'TARGET_QUOTA', details } };
    case 'folder-vanished':
      return { concerns: 'session', error: new TravasoError('TARGET_FOLDER_VANISHED', details) };
    case null:
      return refusal;
  }
}

interface SentAppend {
  readonly answer: Promise<CommandResult>;
  /** Octets of literals handed to the line so far. */
  octetsSent(): number;
}

/** One APPEND of one or more messages. Stops the line when `signal` comes before the last octet was written. */
function send(
  connection: ImapConnection,
  destination: AppendDestination,
  group: readonly Outgoing[],
  signal: AbortSignal,
): SentAppend {
  const octets = sizeOf(group);
  let octetsSent = 0;
  const literalOf = (message: OutgoingMessage): CommandLiteral => ({
    octets: message.size,
    async *body() {
      for await (const part of message.body()) {
        octetsSent += part.length;
        yield part;
      }
    },
  });
  const pieces: CommandPiece[] = ['APPEND ', astring(destination.mailbox)];
  for (const { text, message } of group) pieces.push(` ${text}`, literalOf(message));

  // An APPEND cut off inside a literal stores nothing, and a person who pauses does not want to wait for the rest of
  // it. Once all is written the answer is near and worth hearing: without it each message would have to be looked for.
  const stop = (): void => {
    if (octetsSent < octets) connection.destroy(new TravasoError('INTERRUPTED'));
  };
  signal.addEventListener('abort', stop, { once: true });
  const answer = (signal.aborted ? Promise.reject(new TravasoError('INTERRUPTED')) : connection.run(pieces)).finally(
    () => signal.removeEventListener('abort', stop),
  );
  // Behind a lost line nobody waits for the answers to what was sent after it; they fail with the same error.
  answer.catch(() => undefined);
  return { answer, octetsSent: () => octetsSent };
}

/**
 * After BAD nobody knows whether the server read the literals. Dovecot, where it finds fault with the text before a
 * non-synchronising one, reads the message's lines as commands and answers those with BAD as well. A NOOP that is
 * answered without such noise shows that both sides are in step; otherwise the line cannot be used any more.
 */
async function settleAfterBad(connection: ImapConnection, answer: CommandResult, sent: SentAppend): Promise<void> {
  if (answer.status !== 'BAD' || sent.octetsSent() === 0) return;
  const noise: UntaggedResponse[] = [];
  const untagged = (response: UntaggedResponse): void => {
    if (response.name === 'BAD') noise.push(response);
  };
  const { status } = await connection.run('NOOP', { handler: { untagged } });
  if (status === 'OK' && noise.length === 0) return;
  const error = new TravasoError('CONNECTION_LOST', { reason: 'out-of-step' }, { retryAfterMs: 0 });
  connection.destroy(error);
  throw error;
}

/** RFC 4315 section 3. Null without UIDPLUS, or where the folder was replaced since it was opened. */
function uidsOf(answer: CommandResult, destination: AppendDestination, count: number): readonly string[] | null {
  if (answer.code?.name !== 'APPENDUID') return null;
  const [validity, uidSet] = answer.code.values.map(octetsOf);
  if (validity !== destination.uidValidity || uidSet === null || uidSet === undefined) return null;
  return appendedUids(uidSet, count);
}

function* allRefused(group: readonly Outgoing[], problem: Problem): Generator<AppendOutcome> {
  for (const { index } of group) yield { index, kind: 'refused', problem };
}

function sizeOf(group: readonly Outgoing[]): number {
  return group.reduce((sum, { message }) => sum + message.size, 0);
}
