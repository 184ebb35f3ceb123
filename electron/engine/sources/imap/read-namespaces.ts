import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import type { ImapValue } from '../../imap/imap-value.ts';

/** Prefixes as octet strings, each with its final separator (`INBOX.`, `/home/`); '' is a namespace without one. */
export interface Namespaces {
  readonly personal: readonly string[];
  /** Other people's mailboxes and shared ones, with a prefix of their own. */
  readonly foreign: readonly string[];
}

/** What RFC 2342 NAMESPACE says; null where the server does not know the command or refuses it. */
export async function readNamespaces(connection: ImapConnection, signal: AbortSignal): Promise<Namespaces | null> {
  if (!connection.capabilities.has('NAMESPACE') && !connection.capabilities.has('IMAP4REV2')) return null;
  let found: Namespaces | null = null;
  const untagged = ({ name, values }: UntaggedResponse) => {
    if (name !== 'NAMESPACE') return;
    const [personal, others, shared] = values;
    const foreign = [...prefixesOf(others), ...prefixesOf(shared)].filter(prefix => prefix !== '');
    found = { personal: prefixesOf(personal), foreign };
  };
  const result = await connection.run('NAMESPACE', { signal, handler: { untagged } });
  return result.status === 'OK' ? found : null;
}

function prefixesOf(value: ImapValue | undefined): string[] {
  if (!isList(value)) return [];
  return value.flatMap(entry => (isList(entry) ? (octetsOf(entry[0]) ?? []) : []));
}
