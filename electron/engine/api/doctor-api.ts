import type { Account, Api } from '../../../shared/contract.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { readAuthority } from '../accounts/read-authority.ts';
import { findMailbox } from '../discovery/find-mailbox.ts';
import type { DoctorRegistry } from '../doctor/doctor-registry.ts';
import type { FindProxy, NetworkPort } from '../ports.ts';
import type { Organisation } from '../profile/organisation.ts';
import { exchangeOnline } from '../signin/microsoft/microsoft-settings.ts';
import type { MicrosoftSettings } from '../signin/microsoft/microsoft-settings.ts';
import { checkAccount } from './mailbox-api.ts';

export interface DoctorMeans {
  readonly network: NetworkPort;
  readonly findProxy: FindProxy | undefined;
  readonly organisation: Organisation;
  readonly accounts: LiveAccounts;
  readonly doctors: DoctorRegistry;
  readonly microsoft: () => Promise<MicrosoftSettings | null>;
}

export function doctorApi(means: DoctorMeans): Pick<Api, 'doctor.start' | 'doctor.read'> {
  const { network, findProxy, organisation, accounts, doctors, microsoft } = means;
  return {
    'doctor.start': async ({ address, server, role, tls, caFile, signInId }) => {
      const ca = await readAuthority(caFile);
      const settings = await microsoft();
      const account = (found: string): Account => ({
        address: found,
        signInId,
        ...(tls === undefined ? {} : { tls }),
        ...(caFile === undefined ? {} : { caFile }),
      });
      const diagnosisId = doctors.start({
        ca,
        findProxy,
        microsoft: {
          host: settings?.imapHost ?? exchangeOnline.host,
          port: settings?.imapPort ?? exchangeOnline.port,
        },
        find: async () => {
          if (address.includes(':')) return { address, tls };
          const [first] = await findMailbox({ mail: address, server, role }, await organisation.profile(), network);
          return first === undefined ? null : { address: first.address, tls: first.tls };
        },
        freeze: async () => (await organisation.read()).freeze,
        signIn: signInId === null ? null : found => checkAccount(account(found), accounts),
      });
      return { diagnosisId };
    },
    'doctor.read': ({ diagnosisId }) => Promise.resolve().then(() => doctors.read(diagnosisId)),
  };
}
