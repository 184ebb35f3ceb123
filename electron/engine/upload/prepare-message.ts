import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { MessageTraits } from '../../../shared/model/message.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { arrivalDate } from '../message/header-date.ts';
import { surveyRepair } from '../message/repair-message.ts';
import type { OutgoingMessage, TargetLimits } from '../targets/mail-target.ts';
import { foreseeRefusal, isRepairable } from './foresee-refusal.ts';
import { sentCopy } from './sent-copy.ts';

export interface PreparationOptions {
  readonly reader: MessageReader;
  readonly folder: ArchivedFolder;
  readonly limits: TargetLimits;
  /** The person agreed that a repaired copy goes up where the target would refuse the message itself. */
  readonly repair: boolean;
}

export type PreparedMessage =
  | {
      readonly kind: 'ready';
      readonly message: ArchivedMessage;
      readonly outgoing: OutgoingMessage;
      /** TARGET_MESSAGE_REPAIRED with what was changed, for a copy. */
      readonly repaired: Problem | null;
    }
  | { readonly kind: 'refused'; readonly message: ArchivedMessage; readonly problem: Problem };

/** Makes a message of the archive ready to be sent: dated, and repaired where it has to be and may be. */
export async function prepareMessage(message: ArchivedMessage, options: PreparationOptions): Promise<PreparedMessage> {
  const { limits } = options;
  const foreseen = foreseeRefusal(message, limits);
  if (foreseen === null) return await ready(message, message.traits, null, options);
  if (!options.repair || !isRepairable(foreseen)) return { kind: 'refused', message, problem: foreseen };
  return await corrected(message, foreseen, limits.maxLineOctets ?? Number.MAX_SAFE_INTEGER, options);
}

/** RFC 5322 section 2.1.1: what every server takes, where this one does not say what it is that it minds. */
const legalLine = 998;

/**
 * The copy that may go in place of a message which the target refused though nothing had spoken against it. Where there
 * is nothing to correct, the refusal stands.
 */
export async function correctRefused(
  message: ArchivedMessage,
  refusal: Problem,
  options: PreparationOptions,
): Promise<PreparedMessage> {
  return await corrected(message, refusal, legalLine, options);
}

async function corrected(
  message: ArchivedMessage,
  problem: Problem,
  maxLineOctets: number,
  options: PreparationOptions,
): Promise<PreparedMessage> {
  const { reader, folder, limits } = options;
  const copy = await surveyRepair(reader.body(folder, message), { maxLineOctets });
  // The desk is told that it was the signature that kept the message from being repaired.
  if (copy === null)
    return { kind: 'refused', message, problem: { ...problem, details: { reason: 'signed', ...problem.details } } };
  if (copy.repairs.length === 0) return { kind: 'refused', message, problem };
  const still = foreseeRefusal({ size: copy.octets, traits: copy.traits }, limits);
  if (still !== null) return { kind: 'refused', message, problem: still };
  const repaired: Problem = {
    code: 'TARGET_MESSAGE_REPAIRED',
    details: {
      folder: displayPath(folder.path),
      repairs: copy.repairs.join(', '),
      sizeBytes: copy.octets,
      sha256: copy.sha256,
      maxLineOctets,
    },
  };
  return await ready(message, copy.traits, repaired, options);
}

async function ready(
  message: ArchivedMessage,
  traits: MessageTraits,
  repaired: Problem | null,
  { reader, folder }: PreparationOptions,
): Promise<PreparedMessage> {
  const copy = sentCopy(reader, folder, message, repaired);
  // Without a date the server takes the day of the upload, and the whole mailbox is of one day.
  const internalDate = message.internalDate ?? arrivalDate(await copy.header());
  const outgoing = { ...message, internalDate, size: copy.size, traits, body: () => copy.body() };
  return { kind: 'ready', message, outgoing, repaired };
}
