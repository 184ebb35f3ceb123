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
  const candidates = [
    fields.smtp,
    fields.type?.toUpperCase() === 'EX' ? null : fields.address,
    oneOff?.type.toUpperCase() === 'SMTP' ? oneOff.address : null,
    fields.name,
  ];
  const smtp = candidates.map(candidate => smtpIn(candidate ?? '')).find(candidate => candidate !== null) ?? null;
  const name = unquoted(fields.name ?? oneOff?.name ?? '');
  const directoryName = smtp === null ? nonEmpty(fields.address) : null;
  if (smtp === null && directoryName === null && name === '') return null;
  return { name: name === smtp ? '' : name, smtp, directoryName };
}

function smtpIn(text: string): string | null {
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

export async function senderOf(properties: Properties): Promise<MailAddress | null> {
  return addressFrom(
    {
      name: await properties.text(tag.senderName),
      type: await properties.text(tag.senderAddressType),
      address: await properties.text(tag.senderEmailAddress),
      smtp: await properties.text(tag.senderSmtpAddress),
      entryId: await properties.octets(tag.senderEntryId),
    },
    properties.codePage,
  );
}

/** The mailbox in whose name a delegate sent; the same as the sender for everybody else. */
export async function representedOf(properties: Properties): Promise<MailAddress | null> {
  return addressFrom(
    {
      name: await properties.text(tag.sentRepresentingName),
      type: await properties.text(tag.sentRepresentingAddressType),
      address: await properties.text(tag.sentRepresentingEmailAddress),
      smtp: await properties.text(tag.sentRepresentingSmtpAddress),
      entryId: await properties.octets(tag.sentRepresentingEntryId),
    },
    properties.codePage,
  );
}
