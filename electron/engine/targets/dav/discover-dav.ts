import { serviceDiscovery } from 'tsdav';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { DavSession } from './dav-session.ts';
import { hrefIn, propfind } from './dav-properties.ts';

export type DavService = 'carddav' | 'caldav';

/** Where an account keeps its address books and its calendars; null: it has none. */
export type DavHomes = Readonly<Record<DavService, string | null>>;

const homeProperties = {
  carddav: { asked: 'card:addressbook-home-set', answered: 'addressbookHomeSet' },
  caldav: { asked: 'c:calendar-home-set', answered: 'calendarHomeSet' },
} as const;

/**
 * Finds the homes of an account: from the address the person gave, or from `/.well-known` (RFC 6764 section 6), to the
 * principal and from there to the home sets (RFC 4791 section 6.2.1, RFC 6352 section 7.1.1).
 *
 * @param service the address given by the person, null for none
 * @throws SERVER_NOT_DAV where neither is found; SIGNIN_REFUSED and what the line throws
 */
export async function discoverDav(session: DavSession, server: string, service: string | null): Promise<DavHomes> {
  const found: Record<DavService, string | null> = { carddav: null, caldav: null };
  let reason = 'no-home';
  for (const kind of ['carddav', 'caldav'] as const) {
    for (const root of await rootsOf(session, server, service, kind)) {
      try {
        found[kind] = await homeFrom(session, root, kind);
      } catch (error) {
        const { code, details } = problemOf(error);
        if (code !== 'SERVER_NOT_DAV') throw error;
        reason = String(details['reason'] ?? reason);
      }
      if (found[kind] !== null) break;
    }
  }
  if (found.carddav === null && found.caldav === null)
    throw new TravasoError('SERVER_NOT_DAV', { host: new URL(server).hostname, reason });
  return found;
}

async function rootsOf(
  session: DavSession,
  server: string,
  service: string | null,
  kind: DavService,
): Promise<readonly string[]> {
  if (service !== null) return [new URL(service, server).href];
  const named = await serviceDiscovery({
    account: { serverUrl: server, accountType: kind },
    fetch: session.fetch,
  });
  return [...new Set([named, new URL('/', server).href])];
}

async function homeFrom(session: DavSession, root: string, kind: DavService): Promise<string | null> {
  const { asked, answered } = homeProperties[kind];
  const [start] = await propfind(session, root, '0', ['d:current-user-principal', asked]);
  if (start === undefined) return null;
  // An address that is a principal's own knows its homes already.
  const own = hrefIn(start.properties[answered], root);
  if (own !== null) return own;
  const principal = hrefIn(start.properties['currentUserPrincipal'], root);
  if (principal === null) return null;
  const [resource] = await propfind(session, principal, '0', [asked]);
  return resource === undefined ? null : hrefIn(resource.properties[answered], principal);
}
