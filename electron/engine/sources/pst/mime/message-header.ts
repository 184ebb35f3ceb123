import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { addressFrom, representedOf, senderOf } from '../messaging/address.ts';
import type { MailAddress } from '../messaging/address.ts';
import { oneOffOfEntryId, splitEntryList } from '../messaging/entry-id.ts';
import { plainSubject, readCategories, receivedTime } from '../messaging/message.ts';
import { readRecipients } from '../messaging/recipients.ts';
import type { Recipient } from '../messaging/recipients.ts';
import { addressField, dateField, foldField, phraseWords, unstructuredField } from './header-fields.ts';
import type { HeaderAddress } from './header-fields.ts';
import type { RecordDraft } from './synthesis-record.ts';
import { parseTransportHeaders } from './transport-headers.ts';

/**
 * The message's own header fields without those about the body. A stored header is kept as it is and completed where
 * a reader could not do without; otherwise the fields say what the properties say and nothing beyond.
 */
export function messageHeader(properties: Properties, names: NamedProperties, draft: RecordDraft): readonly string[] {
  draft.categories = readCategories(properties, names);
  const stored = parseTransportHeaders(properties.text(tag.transportMessageHeaders) ?? '');
  const made = madeFields(properties, draft);
  if (stored.fields.length === 0) return made.map(field => field.text);

  draft.header = 'transport';
  draft.headerReplaced = stored.replaced;
  const present = new Set(stored.fields.map(field => field.name));
  const addressed = ['to', 'cc', 'bcc'].some(name => present.has(name));
  const missing = made.filter(
    ({ name }) => !present.has(name) && (always.has(name) || (!addressed && ['to', 'cc', 'bcc'].includes(name))),
  );
  draft.headerAdded.push(...missing.map(field => field.name));
  return [...stored.fields.map(field => field.text), ...missing.map(field => field.text)];
}

/** Fields that a stored header must have, or that hold what the person added afterwards. */
const always = new Set(['from', 'date', 'subject', 'message-id', 'importance', 'keywords']);

interface MadeField {
  readonly name: string;
  readonly text: string;
}

function madeFields(properties: Properties, draft: RecordDraft): readonly MadeField[] {
  const fields: MadeField[] = [];
  const add = (name: string, text: string): void => void fields.push({ name: name.toLowerCase(), text });
  const addresses = (name: string, list: readonly MailAddress[]): void => {
    if (list.length === 0) return;
    draft.addressesWithoutSmtp += list.filter(one => one.smtp === null).length;
    add(name, addressField(name, list.map(headerAddress)));
  };

  const sender = senderOf(properties);
  const represented = representedOf(properties) ?? sender;
  if (represented !== null) addresses('From', [represented]);
  if (sender !== null && represented !== null && !samePerson(sender, represented)) addresses('Sender', [sender]);
  addresses('Reply-To', replyTo(properties));
  const recipients = readRecipients(properties);
  const of = (kind: Recipient['kind']): readonly Recipient[] => recipients.filter(one => one.kind === kind);
  addresses('To', of('to'));
  addresses('Cc', of('cc'));
  addresses('Bcc', of('bcc'));

  const sent = properties.time(tag.clientSubmitTime) ?? receivedTime(properties);
  if (sent !== null) add('Date', dateField('Date', sent));
  for (const [name, id] of identifiers) {
    const value = messageIds(properties.text(id) ?? '');
    if (value.length > 0) add(name, foldField(name, name === 'Message-ID' ? value.slice(0, 1) : value));
  }
  add('Subject', unstructuredField('Subject', plainSubject(properties.text(tag.subject))));
  addManners(properties, represented, add);
  if (draft.categories.length > 0) {
    const words = draft.categories.flatMap((category, index) => {
      const own = [...phraseWords(category)];
      if (index < draft.categories.length - 1) own.push(`${own.pop() ?? ''},`);
      return own;
    });
    add('Keywords', foldField('Keywords', words));
  }
  return fields;
}

const identifiers = [
  ['Message-ID', tag.internetMessageId],
  ['In-Reply-To', tag.inReplyToId],
  ['References', tag.internetReferences],
] as const;

/** Message ids in angle brackets (RFC 5322 section 3.6.4); what is not one has no place in these fields. */
function messageIds(text: string): readonly string[] {
  return text.match(/<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>/g) ?? [];
}

function addManners(properties: Properties, from: MailAddress | null, add: (name: string, text: string) => void): void {
  const topic = properties.text(tag.conversationTopic)?.trim() ?? '';
  if (topic !== '') add('Thread-Topic', unstructuredField('Thread-Topic', topic));
  const index = properties.octets(tag.conversationIndex);
  if (index !== null && index.length >= 22 && index.length <= 4096) {
    add('Thread-Index', foldField('Thread-Index', index.toString('base64').match(/.{1,60}/g) ?? []));
  }
  const importance = properties.number(tag.importance);
  if (importance === 0 || importance === 2) add('Importance', `Importance: ${importance === 0 ? 'low' : 'high'}`);
  // RFC 4021 section 2.1.55.
  const sensitivity = ['', 'Personal', 'Private', 'Company-Confidential'][properties.number(tag.sensitivity) ?? 0];
  if (sensitivity !== undefined && sensitivity !== '') add('Sensitivity', `Sensitivity: ${sensitivity}`);
  if (properties.flag(tag.readReceiptRequested) && from?.smtp !== null && from !== null) {
    add('Disposition-Notification-To', addressField('Disposition-Notification-To', [headerAddress(from)]));
  }
}

function replyTo(properties: Properties): readonly MailAddress[] {
  const entries = splitEntryList(properties.octets(tag.replyRecipientEntries));
  return entries.flatMap(entryId => {
    const oneOff = oneOffOfEntryId(entryId, properties.codePage);
    if (oneOff === null) return [];
    const address = addressFrom({ ...oneOff, smtp: null, entryId: null }, properties.codePage);
    return address === null ? [] : [address];
  });
}

function samePerson(a: MailAddress, b: MailAddress): boolean {
  const nameOf = (one: MailAddress): string => (one.smtp ?? one.directoryName ?? one.name).toLowerCase();
  return nameOf(a) === nameOf(b);
}

/**
 * RFC 5322 demands an address where the file may hold a directory name only. Its last part, under a domain that RFC
 * 2606 keeps from ever existing, stays recognisable and reaches nobody.
 */
function headerAddress(address: MailAddress): HeaderAddress {
  if (address.smtp !== null) return { name: address.name, address: address.smtp };
  const directory = address.directoryName ?? '';
  const last = directory.split(/[=/]/).at(-1) ?? '';
  const local = (last === '' ? address.name : last)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$|\.(?=\.)/g, '')
    .slice(0, 60)
    .replace(/[-.]+$/, '');
  return { name: address.name, address: `${local === '' ? 'unknown' : local}@no-smtp-address.invalid` };
}
