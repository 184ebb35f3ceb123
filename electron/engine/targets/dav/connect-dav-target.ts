import { canonicalAddress } from '../../../../shared/account-address.ts';
import type { DavAddress } from '../../../../shared/account-address.ts';
import { TravasoError } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { isLoopback } from '../../imap/loopback.ts';
import type { ItemTarget } from '../item-target.ts';
import { createDavFolder, listDavFolders } from './dav-collections.ts';
import { openDavCollection } from './dav-item-collection.ts';
import { DavSession } from './dav-session.ts';
import { discoverDav } from './discover-dav.ts';
import { prepareDavItem } from './prepare-dav-item.ts';

export interface ConnectDavOptions {
  readonly address: DavAddress;
  readonly password: string;
  /** PEM of a further authority to trust. */
  readonly ca?: string | undefined;
  /** Whether another host that the server names may be given the password, too. */
  readonly trusts: (host: string) => boolean;
  readonly silence?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Signs in to a CardDAV and CalDAV server and finds what the account has there.
 *
 * @throws SERVER_NOT_DAV, SIGNIN_REFUSED, TLS_REQUIRED, and what the line throws
 */
export async function connectDavTarget(options: ConnectDavOptions): Promise<ItemTarget> {
  const { address, password, ca, trusts, silence, signal } = options;
  const clear = address.tls === 'none-on-loopback';
  if (clear && !isLoopback(address.host)) throw new TravasoError('TLS_REQUIRED', { host: address.host });
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const server = `${clear ? 'http' : 'https'}://${host}:${address.port}/`;
  const trusted = (name: string): boolean => name.replace(/^\[|\]$/g, '') === address.host || trusts(name);
  const session = new DavSession({ user: address.user, password, ca, trusts: trusted, silence, signal });
  try {
    const homes = await discoverDav(session, server, address.service);
    const kinds = new Set<ItemKind>([
      ...(homes.carddav === null ? [] : (['contact'] as const)),
      ...(homes.caldav === null ? [] : (['event', 'task'] as const)),
    ]);
    return {
      account: canonicalAddress(address),
      kinds,
      listFolders: () => listDavFolders(session, homes),
      nameFor: (_kind, path) => path.join('/'),
      nameKey: name => name.normalize('NFC').trim(),
      createFolder: (kind, name) => createDavFolder(session, homes, kind, name),
      openFolder: folder => openDavCollection(session, folder),
      prepare: prepareDavItem,
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}
