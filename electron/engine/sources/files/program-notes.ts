import { splitFlags } from '../../../../shared/model/message.ts';
import type { MessageAttributes } from '../../../../shared/model/message.ts';
import type { RawField, RawHeader } from './raw-header.ts';

/**
 * Fields that mail programs write into a stored message to note its state. They stay in the archived octets, which are
 * those of the file and nothing else; but they are left out of the message's key, because they change with every flag
 * and the message would otherwise be taken for another one at the next run.
 */
const thunderbirdFields: ReadonlySet<string> = new Set([
  'x-account-key',
  'x-uidl',
  'x-mozilla-status',
  'x-mozilla-status2',
  'x-mozilla-keys',
]);
const unixFields: ReadonlySet<string> = new Set(['status', 'x-status', 'x-keywords', 'x-uid', 'x-imap', 'x-imapbase']);

export interface ProgramNotes extends Pick<MessageAttributes, 'flags' | 'keywords'> {
  readonly by: 'thunderbird' | 'unix' | null;
  /** Thunderbird: deleted by the person, only not yet cut out of the file. */
  readonly expunged: boolean;
  /** Thunderbird: only the beginning was ever downloaded (POP3 with a size limit). */
  readonly partial: boolean;
  readonly fields: readonly RawField[];
}

const none: ProgramNotes = { by: null, flags: [], keywords: [], expunged: false, partial: false, fields: [] };

/**
 * Thunderbird's own fields are the very first of the header: it puts them there, and a sender who writes
 * `X-Mozilla-Status: 0009` (deleted) into a mail must not make it disappear.
 */
export function thunderbirdNotes({ fields }: RawHeader): ProgramNotes {
  const end = fields.findIndex(field => !thunderbirdFields.has(field.name));
  const own = end < 0 ? fields : fields.slice(0, end);
  const value = (name: string) => own.find(field => field.name === name)?.value ?? '';
  if (!own.some(({ name }) => name.startsWith('x-mozilla-'))) return none;
  const status = hexadecimal(value('x-mozilla-status'));
  const status2 = hexadecimal(value('x-mozilla-status2'));
  // The bits of nsMsgMessageFlags.idl.
  const flags: string[] = [];
  if (status & 0x0001) flags.push('\\Seen');
  if (status & 0x0002) flags.push('\\Answered');
  if (status & 0x0004) flags.push('\\Flagged');
  if (status & 0x1000) flags.push('$Forwarded');
  if (status2 & 0x0020_0000) flags.push('\\Deleted');
  if (status2 & 0x0080_0000) flags.push('$MDNSent');
  const label = (status2 >>> 25) & 7;
  if (label >= 1 && label <= 5) flags.push(`$label${label}`);
  flags.push(...words(value('x-mozilla-keys')));
  return {
    by: 'thunderbird',
    ...splitFlags(flags),
    expunged: (status & 0x0008) !== 0,
    partial: (status & 0x0400) !== 0,
    fields: own,
  };
}

/** Status, X-Status and X-Keywords as UW IMAP, mutt, Alpine and Dovecot write them. */
export function unixNotes(header: RawHeader): ProgramNotes {
  const own = header.fields.filter(({ name }) => unixFields.has(name));
  if (own.length === 0) return none;
  const letters = `${header.first('status') ?? ''}${header.first('x-status') ?? ''}`;
  const flags = words(header.first('x-keywords') ?? '');
  if (letters.includes('R')) flags.push('\\Seen');
  if (letters.includes('A')) flags.push('\\Answered');
  if (letters.includes('F')) flags.push('\\Flagged');
  if (letters.includes('T')) flags.push('\\Draft');
  if (letters.includes('D')) flags.push('\\Deleted');
  return { by: 'unix', ...splitFlags(flags), expunged: false, partial: false, fields: own };
}

/** The message by which UW IMAP keeps the numbers of a mailbox. It was never sent and is nobody's mail. */
export function isPseudoMessage(header: RawHeader): boolean {
  return header.first('x-imap') !== null && /FOLDER INTERNAL DATA/i.test(header.first('subject') ?? '');
}

function hexadecimal(text: string): number {
  return /^[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : 0;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '');
}
