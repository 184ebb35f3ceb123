import { tag } from '../pst/ltp/property-ids.ts';
import { addressFrom } from '../pst/messaging/address.ts';
import type { MailAddress } from '../pst/messaging/address.ts';
import { plainSubject } from '../pst/messaging/message.ts';
import { addressField, dateField, foldField, phraseWords, unstructuredField } from '../pst/mime/header-fields.ts';
import type { HeaderAddress } from '../pst/mime/header-fields.ts';
import type { RecordDraft } from '../pst/mime/synthesis-record.ts';
import { parseTransportHeaders } from '../pst/mime/transport-headers.ts';
import { readMsgProperties } from './msg-properties.ts';
import type { MsgProperties } from './msg-properties.ts';

/** Added to a stored header that lacks them; addresses only where it names nobody at all. */
const always = new Set(['from', 'date', 'subject', 'message-id', 'importance', 'keywords']);
const addressed = ['to', 'cc', 'bcc'] as const;
/** No mail system takes more. */
const mostRecipients = 50_000;

/** The header as it came over the wire, without what describes the body; or what the properties say, and nothing more. */
export function msgHeader(
  properties: MsgProperties,
  categories: readonly string[],
  draft: RecordDraft,
): readonly string[] {
  draft.categories = categories;
  const stored = parseTransportHeaders(properties.text(tag.transportMessageHeaders) ?? '');
  const made = madeFields(properties, categories, draft);
  if (stored.fields.length === 0) return made.map(({ text }) => text);
  const present = new Set(stored.fields.map(({ name }) => name));
  const namesNobody = !addressed.some(name => present.has(name));
  const missing = made.filter(
    ({ name }) =>
      !present.has(name) && (always.has(name) || (namesNobody && (addressed as readonly string[]).includes(name))),
  );
  draft.header = 'transport';
  draft.headerReplaced = stored.replaced;
  draft.headerAdded.push(...missing.map(({ name }) => name));
  return [...stored.fields, ...missing].map(({ text }) => text);
}

interface MadeField {
  readonly name: string;
  readonly text: string;
}

function madeFields(properties: MsgProperties, categories: readonly string[], draft: RecordDraft): MadeField[] {
  const fields: MadeField[] = [];
  const add = (name: string, text: string): void => void fields.push({ name: name.toLowerCase(), text });
  const addresses = (name: string, list: readonly MailAddress[]): void => {
    if (list.length === 0) return;
    draft.addressesWithoutSmtp += list.filter(({ smtp }) => smtp === null).length;
    add(name, addressField(name, list.map(headerAddress)));
  };
  const sender = person(properties, senderTags);
  const from = person(properties, representedTags) ?? sender;
  if (from !== null) addresses('From', [from]);
  if (sender !== null && from !== null && nameOf(sender) !== nameOf(from)) addresses('Sender', [sender]);
  const recipients = recipientsOf(properties);
  addresses('To', recipients.to);
  addresses('Cc', recipients.cc);
  addresses('Bcc', recipients.bcc);
  const sent = properties.time(tag.clientSubmitTime) ?? properties.time(tag.messageDeliveryTime);
  if (sent !== null) add('Date', dateField('Date', sent));
  for (const [name, id, most] of identifiers) {
    // RFC 5322 section 3.6.4: what is in no angle brackets has no place in these fields.
    const ids = (properties.text(id) ?? '').match(/<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>/g)?.slice(0, most) ?? [];
    if (ids.length > 0) add(name, foldField(name, ids));
  }
  add('Subject', unstructuredField('Subject', plainSubject(properties.text(tag.subject))));
  const importance = properties.number(tag.importance);
  if (importance === 0 || importance === 2) add('Importance', `Importance: ${importance === 0 ? 'low' : 'high'}`);
  if (categories.length > 0) {
    const last = categories.length - 1;
    const words = categories.flatMap((category, index) => {
      const own = [...phraseWords(category)];
      return index === last ? own : [...own.slice(0, -1), `${own.at(-1) ?? ''},`];
    });
    add('Keywords', foldField('Keywords', words));
  }
  return fields;
}

const identifiers = [
  ['Message-ID', tag.internetMessageId, 1],
  ['In-Reply-To', tag.inReplyToId, 10],
  ['References', tag.internetReferences, 1000],
] as const;

interface PersonTags {
  readonly name: number;
  readonly type: number;
  readonly address: number;
  readonly smtp: number;
  readonly entryId: number;
}

const senderTags: PersonTags = {
  name: tag.senderName,
  type: tag.senderAddressType,
  address: tag.senderEmailAddress,
  smtp: tag.senderSmtpAddress,
  entryId: tag.senderEntryId,
};
/** In whose name a delegate sent; the sender for everybody else. */
const representedTags: PersonTags = {
  name: tag.sentRepresentingName,
  type: tag.sentRepresentingAddressType,
  address: tag.sentRepresentingEmailAddress,
  smtp: tag.sentRepresentingSmtpAddress,
  entryId: tag.sentRepresentingEntryId,
};
const recipientTags: PersonTags = {
  name: tag.displayName,
  type: tag.addressType,
  address: tag.emailAddress,
  smtp: tag.smtpAddress,
  entryId: tag.entryId,
};

function person(properties: MsgProperties, tags: PersonTags): MailAddress | null {
  return addressFrom(
    {
      name: properties.text(tags.name),
      type: properties.text(tags.type),
      address: properties.text(tags.address),
      smtp: properties.text(tags.smtp),
      entryId: properties.octets(tags.entryId),
    },
    properties.codePage,
  );
}

type Recipients = Readonly<Record<(typeof addressed)[number], MailAddress[]>>;

/** [MS-OXMSG] 2.2.1: a storage each. Without any, the display lists, which hold names only. */
function recipientsOf(message: MsgProperties): Recipients {
  const { storage, codePage } = message;
  const found: Recipients = { to: [], cc: [], bcc: [] };
  const names = storage.storageNames().filter(name => /^__recip_version1\.0_#/i.test(name));
  for (const name of names.slice(0, mostRecipients)) {
    const own = storage.storage(name);
    if (own === null) continue;
    const properties = readMsgProperties(own, 'other', codePage);
    const address = person(properties, recipientTags);
    // The high bits say "already sent to" ([MS-OXOMSG] 2.2.3.1).
    const kind = addressed[((properties.number(tag.recipientType) ?? 1) & 0x0f) - 1];
    if (address !== null && kind !== undefined) found[kind].push(address);
  }
  if (names.length > 0) return found;
  const listed = (id: number): MailAddress[] =>
    (message.text(id) ?? '').split(';').flatMap(name => addressFrom({ ...nobody, name }, codePage) ?? []);
  return { to: listed(tag.displayTo), cc: listed(tag.displayCc), bcc: listed(tag.displayBcc) };
}

const nobody = { type: null, address: null, smtp: null, entryId: null };

function nameOf({ smtp, directoryName, name }: MailAddress): string {
  return (smtp ?? directoryName ?? name).toLowerCase();
}

/** RFC 5322 demands an address; a directory name stays recognisable under a domain that never exists (RFC 2606). */
function headerAddress({ name, smtp, directoryName }: MailAddress): HeaderAddress {
  if (smtp !== null) return { name, address: smtp };
  const last = (directoryName ?? '').split(/[=/]/).at(-1) ?? '';
  const local = (last === '' ? name : last)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return { name, address: `${local === '' ? 'unknown' : local}@no-smtp-address.invalid` };
}
