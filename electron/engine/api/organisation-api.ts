import type { Api, Input } from '../../../shared/contract.ts';
import { fetchProfile, readProfileFile } from '../profile/fetch-profile.ts';
import type { FindProxy } from '../ports.ts';
import type { Organisation } from '../profile/organisation.ts';

type OrganisationApi = Pick<
  Api,
  'organisation.read' | 'organisation.inspect' | 'organisation.install' | 'organisation.remove'
>;

export function organisationApi(organisation: Organisation, findProxy: FindProxy | undefined): OrganisationApi {
  const textFrom = (from: Input<'organisation.inspect'>['from']): Promise<string> =>
    'file' in from ? readProfileFile(from.file) : fetchProfile(from.link, findProxy);
  return {
    'organisation.read': () => organisation.read(),
    'organisation.inspect': async ({ from }) => await organisation.inspect(await textFrom(from)),
    'organisation.install': async ({ from, fingerprint }) => {
      await organisation.install(await textFrom(from), fingerprint);
      return {};
    },
    'organisation.remove': async () => {
      await organisation.remove();
      return {};
    },
  };
}
