import { splitFlags } from '../../../../shared/model/message.ts';
import type { MessageAttributes } from '../../../../shared/model/message.ts';
import { isoFromMs } from '../files/mail-date.ts';
import type { OpenFile } from '../files/file-tree.ts';

/**
 * Apple Mail's `.emlx`: a line with the message's length in octets, the message, an XML property list with its state.
 */
export interface EmlxParts {
  /** Where the message is in the file. */
  readonly start: number;
  readonly end: number;
  /** Null where the property list does not say. */
  readonly attributes: MessageAttributes | null;
}

const listLimit = 256 * 1024;

/** Octets within which the first line ends. */
export const emlxFirstLine = 64;

/** What the first line says. Null when it is no length: not an `.emlx`, whatever its name. */
export function emlxLength(head: Buffer): { readonly start: number; readonly octets: number } | null {
  const first = /^(\d{1,15})[ \t]*\r?\n/.exec(head.toString('latin1'));
  return first === null ? null : { start: first[0].length, octets: Number(first[1]) };
}

export async function readEmlx(file: OpenFile, size: number): Promise<EmlxParts | null> {
  const length = emlxLength(await file.read(0, emlxFirstLine));
  if (length === null) return null;
  const end = Math.min(length.start + length.octets, size);
  const list = (await file.read(end, Math.min(listLimit, size - end))).toString('utf8');
  return { start: length.start, end, attributes: attributesOf(list) };
}

function attributesOf(list: string): MessageAttributes | null {
  const flags = integerOf(list, 'flags');
  const received = integerOf(list, 'date-received');
  if (flags === null && received === null) return null;
  return {
    internalDate: received === null ? null : isoFromMs(Number(received) * 1000),
    ...splitFlags(flagsOf(flags ?? 0n)),
  };
}

/** The bits as Apple's developers told them: some are counts, so only single ones are read. */
function flagsOf(bits: bigint): string[] {
  const has = (bit: bigint) => (bits & (1n << bit)) !== 0n;
  const flags: string[] = [];
  if (has(0n)) flags.push('\\Seen');
  if (has(1n)) flags.push('\\Deleted');
  if (has(2n)) flags.push('\\Answered');
  if (has(4n)) flags.push('\\Flagged');
  if (has(6n)) flags.push('\\Draft');
  if (has(8n)) flags.push('$Forwarded');
  return flags;
}

function integerOf(list: string, key: string): bigint | null {
  const match = new RegExp(`<key>${key}</key>\\s*<(?:integer|real)>(\\d{1,20})`).exec(list);
  return match?.[1] === undefined ? null : BigInt(match[1]);
}
