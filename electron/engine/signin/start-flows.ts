import type { Account } from '../../../shared/contract.ts';
import type { Ports } from '../ports.ts';
import { checkZimbraMail } from '../accounts/open-zimbra-account.ts';
import type { Organisation } from '../profile/organisation.ts';
import { carbonioDoor } from './carbonio-flow.ts';
import { microsoftDoor } from './microsoft-flow.ts';
import type { MicrosoftMeans } from './microsoft-flow.ts';
import { startPasswordFlow } from './password-flow.ts';
import type { Door, Doors, SignInRequest } from './sign-in-registry.ts';
import { trustedDevices } from './zimbra/trusted-devices.ts';
import { UsedCodes } from './zimbra/used-codes.ts';
import { zimbraDoor } from './zimbra-flow.ts';

/** A person waits at the screen for the mail server's word. */
const checkPatienceMs = 55_000;

/** Which door each kind of account has. `check` signs in to a mail server once and hangs up. */
export function startFlows(
  ports: Ports,
  check: (account: Account) => Promise<void>,
  microsoft: MicrosoftMeans['settings'],
  organisation: Organisation,
): Doors {
  const web = {
    ports,
    devices: trustedDevices(ports.secrets),
    usedCodes: new UsedCodes(ports.clock),
    checkMail: async ({ address, caFile }: SignInRequest, password: string): Promise<void> => {
      if (address.kind !== 'zimbra') return;
      const means = { ports, organisation };
      await checkZimbraMail({ caFile }, address, password, means, AbortSignal.timeout(checkPatienceMs));
    },
  };
  const byPassword: Door = {
    start: async request => {
      if (request.password !== null) await ports.secrets.keep(request.signInId, request.password);
      return await startPasswordFlow(request.account.address, () => check(accountOf(request)));
    },
  };
  return {
    imap: byPassword,
    dav: byPassword,
    microsoft365: microsoftDoor({ ports, settings: microsoft }),
    zimbra: zimbraDoor(web, web.checkMail),
    carbonio: carbonioDoor(web),
  };
}

function accountOf({ account, caFile, signInId }: SignInRequest): Account {
  return { ...account, signInId, ...(caFile === undefined ? {} : { caFile }) };
}
