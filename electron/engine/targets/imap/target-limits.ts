import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import type { TargetLimits } from '../mail-target.ts';

/** RFC 7889: `APPENDLIMIT=n` holds for all mailboxes; a bare `APPENDLIMIT` says to ask each, and INBOX stands for all. */
export async function readAppendLimit(connection: ImapConnection, signal: AbortSignal): Promise<number | null> {
  for (const capability of connection.capabilities) {
    const match = /^APPENDLIMIT=(\d{1,15})$/.exec(capability);
    if (match !== null) return Number(match[1]);
  }
  if (!connection.capabilities.has('APPENDLIMIT')) return null;
  let limit: number | null = null;
  const untagged = ({ name, values }: UntaggedResponse): void => {
    const items = values[1];
    if (name !== 'STATUS' || !isList(items)) return;
    const at = items.findIndex(item => octetsOf(item)?.toUpperCase() === 'APPENDLIMIT');
    limit = numberOf(octetsOf(items[at + 1]));
  };
  await connection.run('STATUS INBOX (APPENDLIMIT)', { signal, handler: { untagged } });
  return limit;
}

/** RFC 2087 and RFC 9208: STORAGE counts units of 1024 octets. Of several quota roots the tightest one counts. */
export async function readQuota(connection: ImapConnection, signal?: AbortSignal): Promise<TargetLimits['quota']> {
  if (![...connection.capabilities].some(name => name === 'QUOTA' || name.startsWith('QUOTA='))) return null;
  let tightest: TargetLimits['quota'] = null;
  const untagged = ({ name, values }: UntaggedResponse): void => {
    const resources = values[1];
    if (name !== 'QUOTA' || !isList(resources)) return;
    const at = resources.findIndex(item => octetsOf(item)?.toUpperCase() === 'STORAGE');
    const used = at === -1 ? null : numberOf(octetsOf(resources[at + 1]));
    const limit = at === -1 ? null : numberOf(octetsOf(resources[at + 2]));
    // A limit of 0 is some servers' word for "none"; where it is meant, the first APPEND says so.
    if (used === null || limit === null || limit === 0) return;
    const quota = { usedBytes: used * 1024, limitBytes: limit * 1024 };
    if (tightest === null || quota.limitBytes - quota.usedBytes < tightest.limitBytes - tightest.usedBytes) {
      tightest = quota;
    }
  };
  await connection.run('GETQUOTAROOT INBOX', { ...(signal === undefined ? {} : { signal }), handler: { untagged } });
  return tightest;
}

function numberOf(octets: string | null): number | null {
  return octets !== null && /^\d{1,15}$/.test(octets) ? Number(octets) : null;
}
