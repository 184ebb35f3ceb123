import { createObject } from 'tsdav';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { ItemFields } from '../../items/item-fields.ts';
import { itemUid } from '../../items/item-uid.ts';
import type {
  OutgoingItem,
  PutOutcome,
  ReadItem,
  TargetItemCollection,
  TargetItemEntry,
  TargetItemFolder,
} from '../item-target.ts';
import { askDav, attributeOf, childrenOf, hasChild, namespaces, propfind, textOf } from './dav-properties.ts';
import type { DavResource } from './dav-properties.ts';
import type { DavSession } from './dav-session.ts';
import { asVersion3 } from '../../items/vcard/vcard-three.ts';
import { davBody, davFields } from './prepare-dav-item.ts';
import { putOutcome, withIndex } from './put-outcome.ts';
import { identityOfResource, resourceName } from './resource-name.ts';

/** Items asked for in one request: a page of large photos is still some megabytes. */
const pageSize = 50;
/** Requests under way at once; a small office server has few hands. */
const width = 4;

const forms = {
  calendar: { data: 'c:calendar-data', answered: 'calendarData', multiget: 'c:calendar-multiget', extension: 'ics' },
  card: { data: 'card:address-data', answered: 'addressData', multiget: 'card:addressbook-multiget', extension: 'vcf' },
} as const;

/** One address book or calendar. Nothing relies on ETags: some servers change what they store and give none. */
export class DavItemCollection implements TargetItemCollection {
  private readonly session: DavSession;
  private readonly folder: TargetItemFolder;
  private readonly oldCards: boolean;
  private readonly form: (typeof forms)[keyof typeof forms];

  /** @param oldCards the address book takes vCard 3.0 only */
  constructor(session: DavSession, folder: TargetItemFolder, oldCards: boolean) {
    this.session = session;
    this.folder = folder;
    this.oldCards = oldCards;
    this.form = folder.kind === 'contact' ? forms.card : forms.calendar;
  }

  async *inventory(signal: AbortSignal): AsyncGenerator<readonly TargetItemEntry[]> {
    const listed = await propfind(this.session, this.folder.key, '1', ['d:resourcetype']);
    const urls = listed
      .filter(({ url, properties }) => url !== this.folder.key && !hasChild(properties['resourcetype'], 'collection'))
      .map(({ url }) => url);
    const named = urls.map(url => ({ key: url, identity: identityOfResource(url) }));
    const ours = named.filter(({ identity }) => identity !== null);
    if (ours.length > 0) yield ours;
    // Another program may have put the same appointment there under a name of its own.
    const others = named.filter(({ identity }) => identity === null).map(({ key }) => key);
    for (const page of pages(others)) {
      signal.throwIfAborted();
      yield (await this.multiget(page)).map(resource => ({
        key: resource.url,
        identity: itemUid(this.folder.kind, this.octetsOf(resource)),
      }));
    }
  }

  async *put(items: readonly OutgoingItem[], signal: AbortSignal): AsyncGenerator<PutOutcome> {
    const running = new Set<Promise<void>>();
    const outcomes: PutOutcome[] = [];
    const failures: Error[] = [];
    const start = (item: OutgoingItem, index: number): void => {
      const task = this.putOne(item, index)
        .then(outcome => void outcomes.push(outcome))
        .catch((error: unknown) => {
          failures.push(error instanceof Error ? error : new TravasoError('INTERNAL', { kind: typeof error }));
        })
        .finally(() => running.delete(task));
      running.add(task);
    };
    for (let next = 0; ;) {
      for (; failures.length === 0 && !signal.aborted && next < items.length && running.size < width; next += 1) {
        const item = items[next];
        if (item !== undefined) start(item, next);
      }
      yield* outcomes.splice(0);
      if (running.size === 0) break;
      await Promise.race(running);
    }
    const [failure] = failures;
    if (failure !== undefined) throw failure;
    signal.throwIfAborted();
  }

  async *read(keys: readonly string[], signal: AbortSignal): AsyncGenerator<ReadItem> {
    for (const page of pages(keys)) {
      signal.throwIfAborted();
      const found = new Map((await this.multiget(page)).map(resource => [normal(resource.url), resource]));
      for (const key of page) {
        const resource = found.get(normal(key));
        yield { key, fields: resource === undefined ? null : this.fieldsOf(resource) };
      }
    }
  }

  private async putOne(item: OutgoingItem, index: number): Promise<PutOutcome> {
    const url = new URL(resourceName(item.identity, this.form.extension), this.folder.key).href;
    const body = davBody(item);
    const isCard = item.kind === 'contact';
    const answer = await createObject({
      url,
      data: new Uint8Array(isCard && this.oldCards ? asVersion3(body) : body),
      headers: {
        'content-type': isCard ? 'text/vcard; charset=utf-8' : 'text/calendar; charset=utf-8',
        'if-none-match': '*',
      },
      fetch: this.session.fetch,
    });
    return withIndex(putOutcome(url, answer.status, await answer.text()), index);
  }

  /** Those that are there. */
  private async multiget(urls: readonly string[]): Promise<readonly DavResource[]> {
    if (urls.length === 0) return [];
    const { data, multiget } = this.form;
    const resources = await askDav(this.session, {
      method: 'REPORT',
      url: this.folder.key,
      depth: '1',
      body: {
        [multiget]: {
          _attributes: namespaces,
          'd:prop': { [data]: {} },
          'd:href': urls.map(url => ({ _text: new URL(url).pathname })),
        },
      },
    });
    return resources.filter(({ status, properties }) => status < 400 && this.form.answered in properties);
  }

  private octetsOf({ properties }: DavResource): Buffer {
    return Buffer.from(textOf(properties[this.form.answered]));
  }

  /** What is there and cannot be read by anybody is there all the same, and equal to nothing. */
  private fieldsOf(resource: DavResource): ItemFields {
    try {
      return davFields(this.folder.kind, this.octetsOf(resource));
    } catch {
      return new Map();
    }
  }
}

/** @throws TARGET_FOLDER_VANISHED */
export async function openDavCollection(session: DavSession, folder: TargetItemFolder): Promise<DavItemCollection> {
  const asked = ['d:resourcetype', 'card:supported-address-data'];
  const [resource] = await propfind(session, folder.key, '0', asked).catch(vanished);
  if (resource === undefined || resource.status >= 400) throw new TravasoError('TARGET_FOLDER_VANISHED', {});
  return new DavItemCollection(session, folder, takesVersion3Only(resource));
}

/** A server that does not say takes version 3.0 (RFC 6352 section 6.2.2). */
function takesVersion3Only({ properties }: DavResource): boolean {
  const types = childrenOf(properties['supportedAddressData'], 'addressDataType');
  return !types.some(each => attributeOf(each, 'version') === '4.0');
}

function vanished(error: unknown): never {
  const { code, details } = problemOf(error);
  if (code !== 'SERVER_NOT_DAV' || !['http-404', 'http-410'].includes(String(details['reason']))) throw error;
  throw new TravasoError('TARGET_FOLDER_VANISHED', {}, { cause: error });
}

/** Servers write the same address with other escapes. */
function normal(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return url;
  }
}

function* pages(urls: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < urls.length; at += pageSize) yield urls.slice(at, at + pageSize);
}
