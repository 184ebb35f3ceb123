import * as z from 'zod';
import { TravasoError } from '../../../../../shared/errors.ts';
import { attributesOf, membersOf } from '../../../sources/zimbra/items/contact-window.ts';
import { gatherItem } from '../../../sources/zimbra/items/download-item.ts';
import { splitNames } from '../../../sources/zimbra/items/split-names.ts';
import type { ZimbraContact } from '../../../items/zimbra-vcard.ts';
import { recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { read, unexpected } from '../read.ts';
import { identityAttribute } from './contact-attributes.ts';

/** Contacts asked for at once. */
const page = 200;
const largestPhoto = 64 * 1024 * 1024;
const answerSchema = z.record(z.string(), z.unknown());

/** A contact of the mailbox without its picture. */
export interface StoredContact {
  readonly id: string;
  /** Id of the folder it lies in by now. */
  readonly folder: string;
  /** What we, or whoever brought it there, name it by; null where nobody did. */
  readonly identity: string | null;
  readonly contact: Omit<ZimbraContact, 'photo'>;
  readonly picture: { readonly part: string; readonly mediaType: string; readonly size: number | null } | null;
}

/** What is known of these contacts, in pages; those that are gone are left out. */
export async function* storedContacts(
  session: SoapSession,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly StoredContact[], void, void> {
  for (let at = 0; at < ids.length; at += page) {
    const found = await elements(session, ids.slice(at, at + page), signal);
    yield found.map(storedContact);
  }
}

/** One id that is gone makes the server refuse all of them, so they are asked for in halves until it stands alone. */
async function elements(
  session: SoapSession,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly JsonRecord[]> {
  try {
    const request = { sync: '1', returnHiddenAttrs: '1', cn: [{ id: ids.join(',') }] };
    return recordsOf((await read(session, 'GetContactsRequest', request, answerSchema, signal))['cn']);
  } catch (error) {
    const missing = error instanceof SoapFault && /^mail\.NO_SUCH_(?:CONTACT|ITEM)$/.test(error.code);
    if (!missing) throw unexpected(session, error);
    if (ids.length === 1) return [];
    const half = Math.ceil(ids.length / 2);
    return [
      ...(await elements(session, ids.slice(0, half), signal)),
      ...(await elements(session, ids.slice(half), signal)),
    ];
  }
}

function storedContact(element: JsonRecord): StoredContact {
  const { fields, parts } = attributesOf(element);
  const id = textOf(element['id']) ?? '';
  const tags = splitNames(textOf(element['tn']) ?? '');
  return {
    id,
    folder: textOf(element['l']) ?? '',
    identity: fields[identityAttribute] ?? null,
    contact: { fields, id, tags, members: membersOf(element), changed: null },
    picture: parts.get('image') ?? null,
  };
}

/** Null where there is none, or none that the server can give. */
export async function pictureOf(
  session: SoapSession,
  { id, picture }: StoredContact,
  signal: AbortSignal,
): Promise<ZimbraContact['photo']> {
  if (picture === null) return null;
  const { part, mediaType, size } = picture;
  const download = { session, query: { id, part }, size, details: { kind: 'contact', item: id } };
  try {
    return { mediaType, octets: await gatherItem(download, largestPhoto, signal) };
  } catch (error) {
    if (error instanceof TravasoError && error.code === 'ITEM_UNREADABLE') return null;
    throw error;
  }
}
