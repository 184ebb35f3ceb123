import { tag } from '../ltp/property-ids.ts';
import type { Properties } from '../ltp/property-context.ts';
import { oneOffOfEntryId } from './entry-id.ts';

export interface MailAddress {
  /** Empty when there is none. */
  readonly name: string;
  /** An SMTP address, or null where the file holds only an Exchange or other directory name. */
  readonly smtp: string | null;
  /** What the file holds instead, such as `/O=ENTE/OU=…/CN=ANNA`; null when `smtp` is known. */
  readonly directoryName: string | null;
}

export interface AddressFields {
  readonly name: string | null;
  readonly type: string | null;
  readonly address: string | null;
  readonly smtp: string | null;
  readonly entryId: Buffer | null;
}

/** The best address among what is stored; null when nothing is. */
export function addressFrom(fields: AddressFields, codePage: number): MailAddress | null {
  const oneOff = oneOffOfEntryId(fields.entryId, codePage);
  const smtp =
    smtpIn(fields.smtp) ??
    (fields.type?.toUpperCase() === 'EX' ? null : smtpIn(fields.address)) ??
    (oneOff?.type.toUpperCase() === 'SMTP' ? smtpIn(oneOff.address) : null) ??
    smtpIn(fields.name);
  const name = unquoted(fields.name ?? oneOff?.name ?? '');
  const directoryName = smtp === null ? nonEmpty(fields.address) : null;
  if (smtp === null && directoryName === null && name === '') return null;
  return { name: name === smtp ? '' : name, smtp, directoryName };
}

function smtpIn(text: string | null): string | null {
  if (text?.includes('@') !== true) return null;
  const trimmed = text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^smtp:/i, '');
  return /^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/.test(trimmed) ? trimmed : null;
}

/** Outlook shows an address without a name in single quotes, and stores it so. */
function unquoted(name: string): string {
  return name
    .trim()
    .replace(/^'(.*)'$/, '$1')
    .trim();
}

function nonEmpty(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}

export function senderOf(properties: Properties): MailAddress | null {
  return addressFrom(
    {
      name: properties.text(tag.senderName),
      type: properties.text(tag.senderAddressType),
      address: properties.text(tag.senderEmailAddress),
      smtp: properties.text(tag.senderSmtpAddress),
      entryId: properties.octets(tag.senderEntryId),
    },
    properties.codePage,
  );
}

/** The mailbox in whose name a delegate sent; the same as the sender for everybody else. */
export function representedOf(properties: Properties): MailAddress | null {
  return addressFrom(
    {
      name: properties.text(tag.sentRepresentingName),
      type: properties.text(tag.sentRepresentingAddressType),
      address: properties.text(tag.sentRepresentingEmailAddress),
      smtp: properties.text(tag.sentRepresentingSmtpAddress),
      entryId: properties.octets(tag.sentRepresentingEntryId),
    },
    properties.codePage,
  );
}
