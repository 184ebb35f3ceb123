import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account, Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { assertUsable } from '../accounts/open-account.ts';
import { findMailbox } from '../discovery/find-mailbox.ts';
import type { NetworkPort } from '../ports.ts';
import type { Organisation } from '../profile/organisation.ts';
import type { SurveyRegistry } from '../survey/survey-registry.ts';
import { accountName } from './transfer-api.ts';

/** The contract promises an answer within a minute. */
const checkPatienceMs = 55_000;

type MailboxApi = Pick<Api, 'account.find' | 'account.check' | 'survey.start' | 'survey.read'>;

/** Mailboxes before there is an archive: where they are, whether one gets in, what is in them. */
export function mailboxApi(
  network: NetworkPort,
  organisation: Organisation,
  accounts: LiveAccounts,
  surveys: SurveyRegistry,
): MailboxApi {
  return {
    'account.find': async asked => ({ accounts: await findMailbox(asked, await organisation.profile(), network) }),
    'account.check': async ({ account }) => {
      assertUsable(account);
      await checkAccount(account, accounts);
      return {};
    },
    'survey.start': ({ source }) =>
      Promise.resolve().then(() => {
        assertUsable(source);
        return { surveyId: surveys.start(accountName(source), signal => accounts.source(source, signal)) };
      }),
    'survey.read': ({ surveyId }) => Promise.resolve().then(() => surveys.read(surveyId)),
  };
}

async function openToLook(
  account: Account,
  accounts: LiveAccounts,
  signal: AbortSignal,
): Promise<{ close(): Promise<void> } | null> {
  switch (parseAccountAddress(account.address).kind) {
    case 'carbonio':
      return await accounts.target(account, signal);
    case 'dav':
      return await accounts.itemTarget(account, signal);
    default:
      return await accounts.source(account, signal);
  }
}

/**
 * Signing in is the same whichever side of the move the mailbox is on, and a check changes nothing. A Carbonio mailbox
 * is looked at as the place to go that it is: whether mail can be read there by IMAP is another question.
 */
export async function checkAccount(account: Account, accounts: LiveAccounts): Promise<void> {
  const patience = AbortSignal.timeout(checkPatienceMs);
  try {
    const opened = await openToLook(account, accounts, patience);
    await opened?.close();
  } catch (error) {
    if (!patience.aborted) throw error;
    throw new TravasoError('SERVER_SILENT', { seconds: checkPatienceMs / 1000 }, { cause: error });
  }
}
