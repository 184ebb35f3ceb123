import type { AccountAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import type { Ports } from '../ports.ts';
import { startPasswordFlow } from './password-flow.ts';
import type { SignInRequest, StartFlow } from './sign-in-registry.ts';

/** Which door each kind of account has. `check` signs in to a mail server once and hangs up. */
export function startFlows(
  ports: Ports,
  check: (account: Account) => Promise<void>,
): Readonly<Partial<Record<AccountAddress['kind'], StartFlow>>> {
  return {
    imap: async request => {
      if (request.password !== null) await ports.secrets.keep(request.signInId, request.password);
      return await startPasswordFlow(request.account.address, () => check(accountOf(request)));
    },
  };
}

function accountOf({ account, caFile, signInId }: SignInRequest): Account {
  return { ...account, signInId, ...(caFile === undefined ? {} : { caFile }) };
}
