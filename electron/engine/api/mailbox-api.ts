import type { Account, Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { assertUsable } from '../accounts/open-account.ts';
import { findAccounts } from '../discovery/find-accounts.ts';
import type { NetworkPort } from '../ports.ts';
import type { SurveyRegistry } from '../survey/survey-registry.ts';
import { accountName } from './transfer-api.ts';

/** The contract promises an answer within a minute. */
const checkPatienceMs = 55_000;

type MailboxApi = Pick<Api, 'organisation.read' | 'account.find' | 'account.check' | 'survey.start' | 'survey.read'>;

/** Mailboxes before there is an archive: where they are, whether one gets in, what is in them. */
export function mailboxApi(network: NetworkPort, accounts: LiveAccounts, surveys: SurveyRegistry): MailboxApi {
  return {
    'organisation.read': () => Promise.resolve({ name: null, helpDesk: null }),
    'account.find': async ({ mail, server }) => ({ accounts: await findAccounts({ mail, server }, network) }),
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

/** Read-only, whichever side of the move the mailbox is on: signing in is the same, and a check changes nothing. */
export async function checkAccount(account: Account, accounts: LiveAccounts): Promise<void> {
  const patience = AbortSignal.timeout(checkPatienceMs);
  try {
    const source = await accounts.source(account, patience);
    await source.close();
  } catch (error) {
    if (!patience.aborted) throw error;
    throw new TravasoError('SERVER_SILENT', { seconds: checkPatienceMs / 1000 }, { cause: error });
  }
}
