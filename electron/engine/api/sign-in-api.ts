import { randomUUID } from 'node:crypto';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { SecretsPort } from '../ports.ts';
import { confirmHost } from '../profile/confirm-host.ts';
import type { Organisation } from '../profile/organisation.ts';
import { itLetter } from '../signin/microsoft/it-letter.ts';
import type { MicrosoftSettings } from '../signin/microsoft/microsoft-settings.ts';
import { browserOnlyLetter } from '../signin/zimbra/browser-only-letter.ts';
import type { SignInRegistry } from '../signin/sign-in-registry.ts';

type SignInApi = Pick<
  Api,
  'signIn.password' | 'signIn.begin' | 'signIn.answer' | 'signIn.read' | 'signIn.itLetter' | 'signIn.forget'
>;

export function signInApi(
  secrets: SecretsPort,
  organisation: Organisation,
  signIns: SignInRegistry,
  microsoft: () => Promise<MicrosoftSettings | null>,
): SignInApi {
  return {
    'signIn.password': async ({ password }) => {
      const signInId = randomUUID();
      await secrets.keep(signInId, password);
      return { signInId };
    },
    'signIn.begin': async ({ address, tls, caFile, password, way = 'usual', keep = false, acceptHost = false }) => {
      const account = { address, ...(tls === undefined ? {} : { tls }) };
      confirmHost(parseAccountAddress(address), await organisation.profile(), acceptHost);
      return await signIns.begin({ account, caFile, password, way, keep });
    },
    'signIn.answer': ({ signInId, answer }) => signIns.answer(signInId, answer),
    'signIn.read': ({ signInId }) => Promise.resolve().then(() => signIns.read(signInId)),
    'signIn.itLetter': async ({ address, language }) => {
      const account = parseAccountAddress(address);
      if (account.kind === 'zimbra' || account.kind === 'carbonio')
        return { text: browserOnlyLetter(account, language) };
      if (account.kind !== 'microsoft365') throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: account.kind });
      const { tenant, clientId } = (await microsoft()) ?? { tenant: null, clientId: null };
      return { text: itLetter({ language, user: account.user, tenant, clientId }) };
    },
    'signIn.forget': async ({ signInId }) => {
      await signIns.forget(signInId);
      await secrets.forget(signInId);
      return {};
    },
  };
}
