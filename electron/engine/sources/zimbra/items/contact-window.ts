import { TravasoError } from '../../../../../shared/errors.ts';
import { isRecord, numberOf, recordOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { zimbraVcard } from '../../../items/zimbra-vcard.ts';
import type { ZimbraContact, ZimbraMember } from '../../../items/zimbra-vcard.ts';
import { isoFromMs } from '../../files/mail-date.ts';
import type { ItemContent } from '../../item-source.ts';
import { splitNames } from './split-names.ts';
import { ask, isRefused } from './ask.ts';
import { gatherItem, unreadable } from './download-item.ts';
import type { ItemDownload } from './download-item.ts';
import { plainId } from './item-inventory.ts';
import { once } from './once.ts';

/** Contacts asked for at once. */
const windowSize = 100;
const largestPhoto = 64 * 1024 * 1024;

/**
 * The contacts of one folder, asked for a window at a time when the first of the window is read. One that the answer
 * leaves out is asked for by itself, and so are all of a window that was refused: one missing id fails the whole request.
 */
export class ContactWindow {
  readonly #session: SoapSession;
  readonly #ids: readonly string[];
  /** How requests name an id: with the account before it where the folder is somebody else's. */
  readonly #asked: (id: string) => string;
  #held: ReadonlyMap<string, JsonRecord> = new Map();
  #asFar = new Set<string>();

  constructor(session: SoapSession, ids: readonly string[], asked: (id: string) => string) {
    this.#session = session;
    this.#ids = ids;
    this.#asked = asked;
  }

  /** @throws ITEM_UNREADABLE when the server lists the contact and does not give it */
  async read(id: string, details: ItemDownload['details'], signal: AbortSignal): Promise<ItemContent> {
    if (!this.#asFar.has(id)) {
      const start = Math.max(0, this.#ids.indexOf(id));
      const window = this.#ids.slice(start, start + windowSize);
      this.#held = await this.#fetch(window, signal);
      this.#asFar = new Set(window);
    }
    const element = this.#held.get(id) ?? (await this.#fetch([id], signal)).get(id);
    if (element === undefined) throw unreadable({ details }, 'not-given');
    return await this.#render(id, element, details, signal);
  }

  async #fetch(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, JsonRecord>> {
    const body = {
      sync: '1',
      returnHiddenAttrs: '1',
      derefGroupMember: '1',
      cn: [{ id: ids.map(this.#asked).join(',') }],
    };
    const answer = await ask(this.#session, { name: 'GetContactsRequest', body }, signal);
    return new Map(isRefused(answer) ? [] : recordsOf(answer['cn']).map(element => [plainId(element), element]));
  }

  async #render(
    id: string,
    element: JsonRecord,
    details: ItemDownload['details'],
    signal: AbortSignal,
  ): Promise<ItemContent> {
    const { fields, parts } = attributesOf(element);
    const asked = this.#asked(id);
    const image = parts.get('image');
    const photo = image === undefined ? null : await this.#photo(asked, image, details, signal);
    const lost = [...parts.keys()].find(name => name !== 'image' || photo === null);
    const changedMs = numberOf(element['md']);
    const changed = changedMs === null ? numberOf(element['d']) : changedMs * 1000;
    const vcard = zimbraVcard({
      fields,
      id: textOf(element['uuid']) ?? `zimbra-${id}`,
      tags: splitNames(textOf(element['tn']) ?? ''),
      members: membersOf(element),
      photo,
      changed: changed === null ? null : isoFromMs(changed),
    });
    return {
      name: vcard.name,
      extension: 'vcf',
      mediaType: 'text/vcard',
      octets: once(vcard.octets),
      problem:
        lost !== undefined
          ? { code: 'ITEM_INCOMPLETE', details: { ...details, name: vcard.name, reason: `attachment-${lost}` } }
          : vcard.name === ''
            ? { code: 'ITEM_NAMELESS', details }
            : null,
    };
  }

  /** Null when it cannot be had: the contact is worth keeping without. */
  async #photo(
    id: string,
    { part, mediaType, size }: ContactPart,
    details: ItemDownload['details'],
    signal: AbortSignal,
  ): Promise<ZimbraContact['photo']> {
    try {
      const download = { session: this.#session, query: { id, part }, size, details };
      return { mediaType, octets: await gatherItem(download, largestPhoto, signal) };
    } catch (thrown) {
      if (thrown instanceof TravasoError && thrown.code === 'ITEM_UNREADABLE') return null;
      throw thrown;
    }
  }
}

/** Something kept beside the fields: a photo, a certificate. */
interface ContactPart {
  readonly part: string;
  readonly mediaType: string;
  readonly size: number | null;
}

/** A field may come more than once; what is a file comes as an object that says where it is. */
export function attributesOf(element: JsonRecord): {
  readonly fields: Readonly<Record<string, string>>;
  readonly parts: ReadonlyMap<string, ContactPart>;
} {
  const fields: Record<string, string> = {};
  const parts = new Map<string, ContactPart>();
  for (const [name, given] of Object.entries(recordOf(element['_attrs']))) {
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    const texts: string[] = [];
    for (const value of values) {
      const part = isRecord(value) ? textOf(value['part']) : null;
      if (part !== null && isRecord(value)) {
        const mediaType = textOf(value['ct']) ?? 'application/octet-stream';
        parts.set(name, { part, mediaType: mediaType.replace(/\s*;.*$/s, ''), size: numberOf(value['s']) });
      } else {
        const text = textOf(value);
        if (text !== null) texts.push(text);
      }
    }
    if (texts.length > 0) fields[name] = texts.join('\n');
  }
  return { fields, parts };
}

export function membersOf(element: JsonRecord): readonly ZimbraMember[] {
  return recordsOf(element['m']).flatMap(member => {
    const [type, value] = [textOf(member['type']), textOf(member['value'])];
    if (type === null || value === null) return [];
    // A number, or a name in the directory, is of use nowhere else; the address of whoever it stands for is.
    const address = addressOf(recordOf(member['cn']));
    return [type === 'I' || address === null ? { type, value } : { type: 'I', value: address }];
  });
}

function addressOf(contact: JsonRecord): string | null {
  const { fields } = attributesOf(contact);
  return ['email', 'workEmail1', 'homeEmail1'].map(name => fields[name]).find(each => each?.includes('@')) ?? null;
}
