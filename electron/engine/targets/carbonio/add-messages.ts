import { problemOf, type Problem } from '../../../../shared/errors.ts';
import { isPassing } from '../../jobs/passing-problems.ts';
import type { Clock } from '../../ports.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import type { AppendOutcome, OutgoingMessage } from '../mail-target.ts';
import { readAddRefusal } from './add-refusal.ts';
import { isFlagKeyword, itemFlags } from './item-flags.ts';
import { sideBySide } from './side-by-side.ts';
import { messagesAnswer, readAnswer } from './soap-answers.ts';
import type { TagBook } from './tag-book.ts';
import { encodeTagNames } from './tag-names.ts';

export interface AddDestination {
  readonly folderId: string;
  /** For people, in problems. */
  readonly folder: string;
  /** Octets; null when the server sets no limit. */
  readonly maxMessageBytes: number | null;
  readonly tags: TagBook;
}

/** Messages under way at a time: one uploads while the server stores another. */
const width = 3;
/** How often one message's octets are sent before the line or the server is said to be at fault. */
const uploadTries = 3;
/** How long the answer to AddMsg is waited for once a person has asked to stop. */
const lastWordMs = 5000;

/**
 * Adds messages, each in two steps:
 *
 *     upload the octets → an id, good for 15 minutes; nothing is stored yet, and it may be repeated at will
 *     AddMsg with that id, flags, tags and date → stored; sent once, because the server takes equals for two messages
 *
 * A refusal that concerns the account or the session ends the sending: what is under way is heard out, then over quota
 * is the outcome of all the rest, and a missing folder, throttling or a lost line is thrown.
 */
export async function* addMessages(
  session: SoapSession,
  destination: AddDestination,
  messages: readonly OutgoingMessage[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): AsyncGenerator<AppendOutcome, void, void> {
  const waiting = new Map([...messages.entries()]);
  for (const [index, message] of messages.entries()) {
    const problem = foreseenProblem(message, destination);
    if (problem === null) continue;
    waiting.delete(index);
    yield { index, kind: 'refused', problem };
  }
  const keywords = new Set([...waiting.values()].flatMap(message => message.keywords));
  const tags = await destination.tags.namesFor(keywords, signal);
  const hearing = lateSignal(clock, signal);
  const full: { problem: Problem | null } = { problem: null };
  const add = async ([index, message]: [number, OutgoingMessage]): Promise<AppendOutcome> => {
    waiting.delete(index);
    const outcome = await addOne(session, destination, { index, message, tags }, { signal, hearing: hearing.signal });
    if (outcome.kind === 'refused' && outcome.problem.code === 'TARGET_QUOTA') full.problem = outcome.problem;
    return outcome;
  };
  try {
    yield* sideBySide([...waiting], width, add, () => full.problem === null);
  } finally {
    hearing.release();
  }
  if (full.problem === null) return;
  for (const index of waiting.keys()) yield { index, kind: 'refused', problem: full.problem };
}

function foreseenProblem(message: OutgoingMessage, { folder, maxMessageBytes }: AddDestination): Problem | null {
  // An upload of nothing is answered like one that failed.
  if (message.size === 0) return { code: 'TARGET_MESSAGE_REFUSED', details: { folder, sizeBytes: 0, reason: 'empty' } };
  if (maxMessageBytes === null || message.size <= maxMessageBytes) return null;
  return {
    code: 'TARGET_MESSAGE_TOO_LARGE',
    details: { folder, sizeBytes: message.size, limitBytes: maxMessageBytes },
  };
}

interface Outgoing {
  readonly index: number;
  readonly message: OutgoingMessage;
  readonly tags: ReadonlyMap<string, string>;
}

interface Signals {
  readonly signal: AbortSignal;
  /** Aborts later than `signal`. */
  readonly hearing: AbortSignal;
}

async function addOne(
  session: SoapSession,
  destination: AddDestination,
  { index, message, tags }: Outgoing,
  { signal, hearing }: Signals,
): Promise<AppendOutcome> {
  const item = itemOf(destination, message, tags);
  try {
    for (let tries = 1; ; tries += 1) {
      const aid = await uploadOctets(session, message, signal);
      try {
        const added = await session.request('AddMsgRequest', 'urn:zimbraMail', { m: { ...item, aid } }, hearing);
        return { index, kind: 'stored', key: readAnswer(messagesAnswer, added).m[0]?.id ?? null };
      } catch (error) {
        // It waited too long, or the server that had it was started anew: certainly not stored.
        const expired = error instanceof SoapFault && error.code === 'mail.NO_SUCH_UPLOAD';
        if (!expired || tries >= uploadTries) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof SoapFault)) throw error;
    const refusal = readAddRefusal(error, { folder: destination.folder, sizeBytes: message.size });
    if (refusal.concerns === 'session') throw refusal.error;
    return { index, kind: 'refused', problem: refusal.problem };
  }
}

/** A line that breaks here leaves nothing in doubt, so the octets go again at once instead of being looked for. */
async function uploadOctets(session: SoapSession, message: OutgoingMessage, signal: AbortSignal): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      const content = { octets: () => message.body(), size: message.size };
      return await session.upload({ ...content, type: 'message/rfc822', fileName: 'message.eml' }, signal);
    } catch (error) {
      const problem = problemOf(error);
      const atOnce = isPassing(problem) && (problem.retryAfterMs ?? 0) === 0;
      if (!atOnce || tries >= uploadTries || signal.aborted) throw error;
    }
  }
}

function itemOf(
  { folderId }: AddDestination,
  message: OutgoingMessage,
  tags: ReadonlyMap<string, string>,
): Readonly<Record<string, string | number>> {
  const names = message.keywords.filter(keyword => !isFlagKeyword(keyword)).flatMap(each => tags.get(each) ?? []);
  const date = message.internalDate === null ? NaN : Date.parse(message.internalDate);
  return {
    l: folderId,
    f: itemFlags(message),
    ...(names.length === 0 ? {} : { tn: encodeTagNames([...new Set(names)]) }),
    // Milliseconds. What lies before 1970 the server's database cannot hold.
    ...(Number.isNaN(date) ? {} : { d: Math.max(date, 0) }),
    // An old invitation must not come back into the calendar.
    noICal: '1',
  };
}

/** Once all octets are there the answer is near, and without it the message would have to be looked for. */
function lateSignal(clock: Clock, signal: AbortSignal): { readonly signal: AbortSignal; release(): void } {
  const late = new AbortController();
  const stop = (): void => {
    void clock.sleep(lastWordMs).then(() => {
      late.abort();
    });
  };
  if (signal.aborted) late.abort();
  else signal.addEventListener('abort', stop, { once: true });
  return {
    signal: late.signal,
    release: () => {
      signal.removeEventListener('abort', stop);
    },
  };
}
