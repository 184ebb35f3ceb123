import { problemOf, TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { OutgoingItem, PutOutcome, TargetItemCollection, TargetItemFolder } from '../../item-target.ts';
import { busyError, read } from '../read.ts';
import { sideBySide } from '../side-by-side.ts';
import type { TagBook } from '../tag-book.ts';
import { encodeTagNames } from '../tag-names.ts';
import { identityAttribute } from './contact-attributes.ts';
import type { OutgoingContact } from './contact-attributes.ts';
import { createdAnswer } from './created-answer.ts';
import { itemIds } from './folder-ids.ts';
import { trashId } from './item-folders.ts';
import { readItemRefusal } from './item-refusal.ts';
import { readContact, storedContactFields } from './prepare-contact.ts';
import { pictureOf, storedContacts } from './stored-contacts.ts';
import { isBlocked, uploadOctets } from './upload-octets.ts';

export interface CollectionParts {
  readonly session: SoapSession;
  readonly folder: TargetItemFolder;
  readonly tags: TagBook;
}

/** Contacts under way at a time. */
const width = 3;
/** How often one is sent before the server is said to be at fault. */
const tries = 3;
const pictureFaults: ReadonlySet<string> = new Set(['mail.INVALID_IMAGE', 'mail.UPLOAD_TOO_LARGE']);

/**
 * An address book. The server takes every CreateContact for a new contact, so each is sent with the name that we look for
 * before: what is there already is left as it is, and one whose answer was lost is found.
 */
export function contactCollection({ session, folder, tags }: CollectionParts): TargetItemCollection {
  /** Id by identity; null until read, and after whatever leaves it in doubt. */
  let known: Map<string, string> | null = null;

  const readKnown = async (signal: AbortSignal): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for await (const page of inventory(signal)) {
      for (const { key, identity } of page) if (identity !== null) found.set(identity, key);
    }
    known = found;
    return found;
  };

  async function* inventory(signal: AbortSignal): ReturnType<TargetItemCollection['inventory']> {
    const ids = (await itemIds(session, ['cn'], folder.key, signal)).map(({ id }) => id);
    for await (const page of storedContacts(session, ids, signal)) {
      yield page.map(({ id, identity }) => ({ key: id, identity }));
    }
  }

  const uploadPhoto = ({ mediaType, octets }: NonNullable<OutgoingContact['photo']>, signal: AbortSignal) =>
    uploadOctets(session, { octets, type: mediaType, fileName: 'photo' }, signal);

  const create = async (item: OutgoingItem, contact: OutgoingContact, signal: AbortSignal): Promise<string> => {
    const names = await tags.namesFor(contact.tags, signal);
    const image = contact.photo === null ? [] : [{ n: 'image', aid: await uploadPhoto(contact.photo, signal) }];
    const attributes = Object.entries({ ...contact.fields, [identityAttribute]: item.identity });
    const cn = {
      l: folder.key,
      ...(names.size === 0 ? {} : { tn: encodeTagNames([...new Set(names.values())]) }),
      a: [...attributes.map(([n, text]) => ({ n, _content: text })), ...image],
      ...(contact.members.length === 0 ? {} : { m: contact.members }),
    };
    const answer = await read(session, 'CreateContactRequest', { verbose: '0', cn }, createdAnswer, signal);
    const id = answer.cn[0]?.id;
    if (id === undefined) throw new TravasoError('SERVER_BUSY', { reason: 'answer-unreadable' });
    return id;
  };

  /** A server that is busy may have stored it before it said so; the look also tells whether it serves at all. */
  const addOne = async (index: number, item: OutgoingItem, signal: AbortSignal): Promise<PutOutcome> => {
    const details = { folder: folder.name, kind: item.kind, name: item.name };
    const refused = (problem: Problem): PutOutcome => ({ index, kind: 'refused', problem });
    let contact: OutgoingContact;
    try {
      contact = readContact(item);
    } catch (error) {
      return refused(problemOf(error));
    }
    for (let tried = 1; ; tried += 1) {
      try {
        return { index, kind: 'stored', key: await create(item, contact, signal) };
      } catch (error) {
        const fault = faultBehind(error);
        if (contact.photo !== null && (fault === null ? isBlocked(error) : pictureFaults.has(fault.code))) {
          // The contact is worth having without; the proof says that the picture is not there.
          contact = { ...contact, photo: null };
          continue;
        }
        if (fault === null) throw error;
        const isBusy = busyError(fault) !== null;
        if (isBusy) {
          const there = (await readKnown(signal)).get(item.identity);
          if (there !== undefined) return { index, kind: 'stored', key: there };
        }
        // It waited too long, or the server that had it was started anew.
        if (tried < tries && (isBusy || fault.code === 'mail.NO_SUCH_UPLOAD')) continue;
        const refusal = readItemRefusal(fault, details);
        // The look was answered and this was not, so it is the contact that the server cannot bear.
        if (isBusy) return refused({ code: 'ITEM_REFUSED', details: { ...details, reason: fault.code } });
        if (refusal.concerns === 'session') throw refusal.error;
        return refused(refusal.problem);
      }
    }
  };

  return {
    inventory,

    async *put(items, signal) {
      const there = known ?? (await readKnown(signal));
      const waiting = new Map(items.entries());
      for (const [index, { identity }] of items.entries()) {
        const key = there.get(identity);
        if (key === undefined) continue;
        waiting.delete(index);
        yield { index, kind: 'present', key };
      }
      const full: { problem: Problem | null } = { problem: null };
      const add = async ([index, item]: [number, OutgoingItem]): Promise<PutOutcome> => {
        waiting.delete(index);
        const outcome = await addOne(index, item, signal);
        if (outcome.kind === 'refused' && isFull(outcome.problem)) full.problem = outcome.problem;
        if (outcome.kind === 'stored') (known ?? there).set(item.identity, outcome.key);
        return outcome;
      };
      try {
        yield* sideBySide([...waiting], width, add, () => full.problem === null);
      } catch (error) {
        known = null;
        throw error;
      }
      if (full.problem === null) return;
      for (const index of waiting.keys()) yield { index, kind: 'refused', problem: full.problem };
    },

    async *read(keys, signal) {
      const missing = new Set(keys);
      for await (const page of storedContacts(session, keys, signal)) {
        for (const stored of page) {
          // Thrown away, it is not there for the person.
          if (stored.folder === trashId && folder.key !== trashId) continue;
          missing.delete(stored.id);
          const photo = await pictureOf(session, stored, signal);
          yield { key: stored.id, fields: storedContactFields({ ...stored.contact, photo }) };
        }
      }
      for (const key of missing) yield { key, fields: null };
    },
  };
}

/** What the server said, also where `read` made "not now" of it. */
export function faultBehind(error: unknown): SoapFault | null {
  if (error instanceof SoapFault) return error;
  const isBusy = error instanceof TravasoError && error.code === 'SERVER_BUSY';
  return isBusy && error.cause instanceof SoapFault ? error.cause : null;
}

/** What the next item would meet, too. */
export function isFull({ code, details }: Problem): boolean {
  const reason = details['reason'];
  return code === 'TARGET_QUOTA' || reason === 'mail.TOO_MANY_CONTACTS' || reason === 'account.TOO_MANY_SIGNATURES';
}
