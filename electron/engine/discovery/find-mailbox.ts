import { domainToASCII } from 'node:url';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import type { NetworkPort } from '../ports.ts';
import { judgeHost } from '../profile/judge-host.ts';
import { findAccounts } from './find-accounts.ts';
import type { FindOptions } from './find-accounts.ts';
import { offerWebmail } from './offer-webmail.ts';

export interface FindMailboxOptions extends FindOptions {
  readonly role: 'source' | 'target';
}

/**
 * Accounts for a mail address, each with what to think of its host. The organisation's profile answers for its own
 * domains and nothing on the network is asked; what the person typed counts before it, and is judged by it.
 */
export async function findMailbox(
  options: FindMailboxOptions,
  profile: OrganisationProfile | null,
  network: NetworkPort,
): Promise<FoundAccount[]> {
  const { mail, server, role } = options;
  const typed = server !== null && server.trim() !== '';
  const domain = domainToASCII(mail.trim().slice(mail.trim().lastIndexOf('@') + 1));
  if (!typed && profile?.domains.includes(domain) === true) return [profileAccount(mail.trim(), profile[role])];
  const found = await offerWebmail(await findAccounts(options, network), options, network);
  return found.map(account => ({ ...account, judgement: judgeHost(hostOf(account.host), mail, profile) }));
}

/** The account that the profile names, in the form `parseAccountAddress` reads. */
export function profileAccount(
  user: string,
  server: OrganisationProfile['source'] | OrganisationProfile['target'],
): FoundAccount {
  const named = { by: 'profile', judgement: { verdict: 'named', resembles: null } } as const;
  if (server.kind === 'microsoft365') {
    return {
      ...named,
      address: `microsoft365:${user}`,
      tls: 'implicit',
      host: 'Microsoft 365',
      signIn: 'browser',
    };
  }
  const tls = server.kind === 'imap' ? server.tls : 'implicit';
  const scheme = server.kind === 'imap' ? (tls === 'implicit' ? 'imaps' : 'imap') : server.kind;
  const host = server.port === undefined ? server.host : `${server.host}:${server.port}`;
  return { ...named, address: `${scheme}://${encodeURIComponent(user)}@${host}`, tls, host, signIn: 'password' };
}

function hostOf(shown: string): string {
  return shown.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
