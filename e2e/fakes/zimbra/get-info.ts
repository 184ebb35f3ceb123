import type { FakeAccount, SoapBody } from './fake-account.ts';
import type { FakeState } from './fake-state.ts';

export function getInfo({ name, options, mailbox }: FakeAccount, { edition }: FakeState): SoapBody {
  const others = (options.identities ?? []).map((identity, number) => ({
    name: identity.name,
    id: `identity-${number + 2}`,
    _attrs: { zimbraPrefFromAddress: identity.from, zimbraPrefFromDisplay: identity.display },
  }));
  return {
    version: edition === 'zimbra' ? '10.1.0_GA_4655.FOSS' : '24.7.0_ZEXTRAS_202407',
    id: `id-${name}`,
    name,
    lifetime: 172_700_000,
    rest: `https://localhost/home/${name}`,
    used: 0,
    attSizeLimit: 10_240_000,
    docSizeLimit: 10_485_760,
    prefs: { _attrs: { zimbraPrefLocale: 'it' } },
    identities: {
      identity: [{ name: 'DEFAULT', id: 'identity-1', _attrs: { zimbraPrefFromAddress: name } }, ...others],
    },
    signatures: { signature: [] },
    ...mailbox.info?.(),
    attrs: {
      _attrs: {
        zimbraMailQuota: '0',
        zimbraMailAlias: [...(options.aliases ?? [])],
        ...(options.passwordRules ?? {}),
        ...mailbox.attributes?.(),
      },
    },
  };
}
