import type { MessageAttributes, SystemFlag } from '../../../../../shared/model/message.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';

/** What an item is, by its message class ([MS-OXOMSG], [MS-OXOCAL], [MS-OXOCNTC], [MS-OXOTASK], [MS-OXONOTE]). */
export type ItemKind =
  'mail' | 'contact' | 'distribution-list' | 'appointment' | 'task' | 'note' | 'journal' | 'internal';

/** Everything that is nothing else is mail, so that a class nobody heard of is kept rather than dropped. */
export function kindOfClass(messageClass: string | null): ItemKind {
  const name = (messageClass ?? '').toLowerCase();
  const is = (base: string): boolean => name === base || name.startsWith(`${base}.`);
  if (is('ipm.contact')) return 'contact';
  if (is('ipm.distlist')) return 'distribution-list';
  if (is('ipm.appointment') || is('ipm.ole.class.{00061055-0000-0000-c000-000000000046}')) return 'appointment';
  if (is('ipm.task')) return 'task';
  if (is('ipm.stickynote')) return 'note';
  if (is('ipm.activity')) return 'journal';
  if (is('ipm.microsoft.scheduledata.freebusy') || is('ipm.configuration')) return 'internal';
  return 'mail';
}

const messageFlags = { read: 0x1, unsent: 0x8 };
/** [MS-OXOMSG] 2.2.1.38 PidTagLastVerbExecuted, 2.2.1.39 PidTagIconIndex. */
const verbs = { reply: 102, replyAll: 103, forward: 104 };
const icons = { replied: 0x105, forwarded: 0x106 };
/** [MS-OXOFLAG] 2.2.1.1 PidTagFlagStatus: 1 is "done", which is not flagged any more. */
const flagged = 2;

/** Flags and keywords as a mailbox would say them; the received time in milliseconds since 1970. */
export interface Attributes extends Pick<MessageAttributes, 'flags' | 'keywords'> {
  readonly received: number | null;
}

export function readAttributes(properties: Properties, names: NamedProperties): Attributes {
  const state = properties.number(tag.messageFlags) ?? 0;
  const verb = properties.number(tag.lastVerbExecuted);
  const icon = properties.number(tag.iconIndex);
  const flags: SystemFlag[] = [];
  if ((state & messageFlags.read) !== 0) flags.push('\\Seen');
  if (verb === verbs.reply || verb === verbs.replyAll || icon === icons.replied) flags.push('\\Answered');
  if (properties.number(tag.flagStatus) === flagged) flags.push('\\Flagged');
  if ((state & messageFlags.unsent) !== 0) flags.push('\\Draft');

  const keywords = new Set<string>();
  if (verb === verbs.forward || icon === icons.forwarded) keywords.add('$Forwarded');
  for (const category of readCategories(properties, names)) keywords.add(keywordOf(category));
  keywords.delete('');

  return { received: receivedTime(properties), flags, keywords: [...keywords].sort() };
}

export function receivedTime(properties: Properties): number | null {
  return (
    properties.time(tag.messageDeliveryTime) ??
    properties.time(tag.clientSubmitTime) ??
    properties.time(tag.creationTime) ??
    properties.time(tag.lastModificationTime)
  );
}

/** Category names as the person wrote them. */
export function readCategories(properties: Properties, names: NamedProperties): readonly string[] {
  return properties.texts(names.idOf('publicStrings', 'Keywords')).filter(name => name.trim() !== '');
}

/** An IMAP keyword is an ASCII atom (RFC 3501 section 9): accents go, everything else illegal becomes `_`. */
export function keywordOf(category: string): string {
  return category
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .trim()
    .replaceAll(/[^\x21-\x7e]|[(){%*"\\\]]/gu, '_');
}

/** [MS-OXCMSG] 2.2.1.46: a subject may begin with U+0001 and the length of its prefix ("RE: "), as two characters. */
export function plainSubject(stored: string | null): string {
  const text = stored ?? '';
  return (text.charCodeAt(0) === 1 ? text.slice(2) : text).replaceAll(/[\r\n]+/g, ' ').trim();
}
