import { createHash } from 'node:crypto';
import { davRequest } from 'tsdav';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { TargetItemFolder } from '../item-target.ts';
import type { DavHomes } from './discover-dav.ts';
import type { DavResource } from './dav-properties.ts';
import { attributeOf, childrenOf, hasChild, hrefIn, namespaces, propfind, textOf } from './dav-properties.ts';
import type { DavSession } from './dav-session.ts';
import { refusalReason } from './put-outcome.ts';

const asked = [
  'd:resourcetype',
  'd:displayname',
  'd:current-user-privilege-set',
  'c:supported-calendar-component-set',
] as const;

/** Which component a calendar has to take for items of a kind (RFC 4791 section 5.2.3). */
const components: Readonly<Partial<Record<ItemKind, string>>> = { event: 'VEVENT', task: 'VTODO' };
const calendarKinds = ['event', 'task'] as const;

/** Every address book and calendar of the account that can be written to; a calendar once for each kind it takes. */
export async function listDavFolders(session: DavSession, homes: DavHomes): Promise<readonly TargetItemFolder[]> {
  const urls = new Set([homes.carddav, homes.caldav].filter(url => url !== null));
  const resources: DavResource[] = [];
  for (const url of urls) resources.push(...(await propfind(session, url, '1', asked)));
  const usual = homes.caldav === null ? null : await defaultCalendar(session, homes.caldav);
  const folders = new Map<string, Omit<TargetItemFolder, 'isDefault'>>();
  for (const resource of resources.filter(isWritable)) {
    for (const kind of kindsOf(resource)) {
      folders.set(`${kind} ${resource.url}`, { kind, key: resource.url, name: nameOf(resource) });
    }
  }
  const all = [...folders.values()];
  return all.map(folder => ({
    ...folder,
    isDefault:
      folder.kind === 'contact' || usual === null
        ? all.filter(({ kind }) => kind === folder.kind).length === 1
        : folder.key === usual,
  }));
}

function notThere(error: unknown): readonly DavResource[] {
  if (problemOf(error).code === 'SERVER_NOT_DAV') return [];
  throw error;
}

/** Where invitations to this person go (RFC 6638 section 9.2); most servers do not say. */
async function defaultCalendar(session: DavSession, home: string): Promise<string | null> {
  const [resource] = await propfind(session, home, '0', ['c:schedule-default-calendar-URL']);
  return resource === undefined ? null : hrefIn(resource.properties['scheduleDefaultCalendarURL'], home);
}

function isWritable({ status, properties }: DavResource): boolean {
  const privileges = childrenOf(properties['currentUserPrivilegeSet'], 'privilege');
  if (status >= 400) return false;
  // RFC 3744 section 5.4; a server without access control does not say.
  return (
    privileges.length === 0 || privileges.some(each => ['all', 'write', 'bind'].some(name => hasChild(each, name)))
  );
}

function kindsOf({ properties }: DavResource): readonly TargetItemFolder['kind'][] {
  const type = properties['resourcetype'];
  if (hasChild(type, 'addressbook')) return ['contact'];
  if (!hasChild(type, 'calendar')) return [];
  const taken = childrenOf(properties['supportedCalendarComponentSet'], 'comp').map(each => attributeOf(each, 'name'));
  // A calendar that does not say takes all (RFC 4791 section 5.2.3).
  return calendarKinds.filter(kind => taken.length === 0 || taken.includes(components[kind] ?? ''));
}

function nameOf({ url, properties }: DavResource): string {
  const name = textOf(properties['displayname']).trim();
  if (name !== '') return name;
  const segment = new URL(url).pathname.split('/').findLast(part => part !== '') ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Makes an address book (RFC 5689, RFC 6352 section 6.3.1) or a calendar (RFC 4791 section 5.3.1) at an address made of
 * its name, so that asking twice makes one.
 *
 * @throws ITEM_FOLDER_REFUSED
 */
export async function createDavFolder(
  session: DavSession,
  homes: DavHomes,
  kind: ItemKind,
  name: string,
): Promise<TargetItemFolder> {
  const home = kind === 'contact' ? homes.carddav : homes.caldav;
  if (home === null) throw new TravasoError('ITEM_FOLDER_REFUSED', { kind, reason: 'no-home' });
  const hash = createHash('sha256').update(`${kind}|${name}`).digest('hex').slice(0, 16);
  const url = new URL(`travaso-${kind}-${hash}/`, home.endsWith('/') ? home : `${home}/`).href;
  const component = components[kind];
  const prop = {
    'd:displayname': { _text: name },
    ...(component === undefined
      ? { 'd:resourcetype': { 'd:collection': {}, 'card:addressbook': {} } }
      : { 'c:supported-calendar-component-set': { 'c:comp': { _attributes: { name: component } } } }),
  };
  const isBook = component === undefined;
  const [answer] = await davRequest({
    url,
    init: {
      method: isBook ? 'MKCOL' : 'MKCALENDAR',
      headers: {},
      namespace: isBook ? 'd' : 'c',
      body: { [isBook ? 'd:mkcol' : 'c:mkcalendar']: { _attributes: namespaces, 'd:set': { 'd:prop': prop } } },
    },
    fetch: session.fetch,
  });
  // What refuses because it is there already is what the first try made.
  const [made] = await propfind(session, url, '0', asked).catch(notThere);
  if (made !== undefined && kindsOf(made).some(each => each === kind))
    return { kind, key: url, name: nameOf(made), isDefault: false };
  const reason = refusalReason(answer?.status ?? 0, typeof answer?.raw === 'string' ? answer.raw : '');
  throw new TravasoError('ITEM_FOLDER_REFUSED', { kind, folder: name, reason });
}
