import type { MicrosoftAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { canonicalAddress } from '../../../shared/account-address.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { ConnectImapOptions } from '../imap/connect.ts';
import { exchangeOnline, microsoftGraph } from '../signin/microsoft/microsoft-settings.ts';
import { connectImapSource } from '../sources/imap/connect-imap-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import type { MailTarget } from '../targets/mail-target.ts';
import type { TokenResource } from '../signin/sign-in-flow.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import { connectMicrosoft365Target } from '../targets/microsoft365/connect-microsoft365-target.ts';
import { graphClient } from '../targets/microsoft365/graph/graph-client.ts';
import { graphItemTarget } from '../targets/microsoft365/graph/graph-item-target.ts';
import type { AccountMeans } from './open-account.ts';
import { readAuthority } from './read-authority.ts';

/**
 * A Microsoft 365 mailbox that mail is carried to.
 *
 * @throws SIGNIN_EXPIRED when the person has to sign in again, and what `connectMicrosoft365Target` throws
 */
export async function openMicrosoftTarget(
  account: Account,
  address: MicrosoftAddress,
  means: AccountMeans,
  signal: AbortSignal,
): Promise<MailTarget> {
  const { token, ...line } = await microsoftLine(account, means, signal);
  const limits = (await means.organisation.profile())?.limits;
  return await connectMicrosoft365Target({
    ...line,
    address,
    token,
    ...(limits?.message === undefined || limits.message === null ? {} : { maxMessageBytes: limits.message }),
  });
}

/** The same mailbox, read-only: to check a sign-in, or to look at what is there. */
export async function openMicrosoftSource(
  account: Account,
  { user }: MicrosoftAddress,
  means: AccountMeans,
  signal: AbortSignal,
): Promise<MailSource> {
  const { token, host, port, ...line } = await microsoftLine(account, means, signal);
  const connect = (fresh: boolean): Promise<MailSource> =>
    connectImapSource({
      ...line,
      address: { kind: 'imap', user, host, port, tls: 'implicit' },
      credentials: { kind: 'access-token', token: () => token(fresh) },
    });
  try {
    return await connect(false);
  } catch (error) {
    const { code, details } = problemOf(error);
    if (code === 'SIGNIN_REFUSED') return await connect(true);
    if (code === 'SIGNIN_UNAVAILABLE' && details['reason'] === 'mailbox-not-available')
      throw new TravasoError('MAILBOX_NOT_CONNECTED', { ...details, user }, { cause: error });
    throw error;
  }
}

/**
 * Contacts, calendars and tasks of the same mailbox, by Microsoft Graph. Where the organisation gave no consent to it the
 * target takes nothing and says why, so that mail goes on and the rest is named for the way by hand.
 *
 * @throws SIGNIN_EXPIRED when the person has to sign in again, and the codes of the line
 */
export async function openGraphItemTarget(
  account: Account,
  address: MicrosoftAddress,
  means: AccountMeans,
): Promise<ItemTarget> {
  const credentials = await means.recall(account);
  if (credentials?.kind !== 'access-token') throw new TravasoError('SIGNIN_EXPIRED');
  const consent = await consentOf(resource => credentials.token(resource));
  const settings = await means.microsoft();
  const token = (refused?: string): Promise<string> => credentials.token(consent.resource, refused);
  const http = createHttpClient({ ca: await readAuthority(account.caFile) });
  return graphItemTarget({
    account: canonicalAddress(address),
    client: graphClient({ clock: means.ports.clock, http, baseUrl: settings?.graphUrl ?? microsoftGraph, token }),
    kinds: consent.kinds,
    remarks: consent.remarks,
    home: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
}

interface Consent {
  readonly resource: TokenResource;
  readonly kinds: ReadonlySet<ItemKind>;
  readonly remarks: readonly Problem[];
}

const withoutTasks: ReadonlySet<ItemKind> = new Set(['contact', 'event']);

/** Entra refuses permissions as a whole; those for tasks came later than the others, and may be all that is missing. */
async function consentOf(token: (resource: TokenResource) => Promise<string>): Promise<Consent> {
  const lacking = (permissions: string): readonly Problem[] => [
    { code: 'MICROSOFT_ITEMS_NOT_APPROVED', details: { permissions } },
  ];
  const isGiven = async (resource: TokenResource): Promise<boolean> => {
    try {
      await token(resource);
      return true;
    } catch (error) {
      if (problemOf(error).code === 'MICROSOFT_APPROVAL_NEEDED') return false;
      throw error;
    }
  };
  if (await isGiven('graph')) return { resource: 'graph', kinds: new Set([...withoutTasks, 'task']), remarks: [] };
  if (await isGiven('graph-without-tasks'))
    return { resource: 'graph-without-tasks', kinds: withoutTasks, remarks: lacking('Tasks.ReadWrite') };
  const all = 'Contacts.ReadWrite, Calendars.ReadWrite, Tasks.ReadWrite';
  return { resource: 'graph', kinds: new Set(), remarks: lacking(all) };
}

type MicrosoftLine = Pick<ConnectImapOptions, 'ca' | 'log' | 'timeouts' | 'signal'> & {
  readonly host: string;
  readonly port: number;
  readonly token: (fresh?: boolean) => Promise<string>;
};

async function microsoftLine(account: Account, means: AccountMeans, signal: AbortSignal): Promise<MicrosoftLine> {
  const credentials = await means.recall(account);
  // Kept by an earlier run and gone since, or never there: either way only the person can go on.
  if (credentials?.kind !== 'access-token') throw new TravasoError('SIGNIN_EXPIRED');
  const settings = await means.microsoft();
  let given: string | undefined;
  return {
    host: settings?.imapHost ?? exchangeOnline.host,
    port: settings?.imapPort ?? exchangeOnline.port,
    token: async fresh => (given = await credentials.token('imap', fresh === true ? given : undefined)),
    ca: await readAuthority(account.caFile),
    log: means.ports.log,
    timeouts: means.ports.imapTimeouts,
    signal,
  };
}
