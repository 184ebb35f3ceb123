import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What an identity server remembers, in memory, with the two levers a test needs. */
export interface OidcStore {
  readonly adapter: (model: string) => Adapter;
  /** Every access token ends now; refresh tokens go on. */
  expireAccessTokens(): void;
  /** Everything that was granted is taken back: access tokens, refresh tokens, consent. */
  revokeAll(): void;
  /** All values of a kind of token that were ever given out. */
  given(model: 'AccessToken' | 'RefreshToken' | 'AuthorizationCode' | 'DeviceCode'): readonly string[];
}

export function createOidcStore(): OidcStore {
  const models = new Map<string, Map<string, AdapterPayload>>();
  const given = new Map<string, string[]>();
  const entriesOf = (model: string): Map<string, AdapterPayload> => {
    const entries = models.get(model) ?? new Map<string, AdapterPayload>();
    models.set(model, entries);
    return entries;
  };
  const found = (model: string, matches: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> =>
    Promise.resolve([...entriesOf(model).values()].find(matches));
  return {
    adapter: model => ({
      upsert: (id, payload) => {
        entriesOf(model).set(id, payload);
        given.set(model, [...(given.get(model) ?? []), id]);
        return Promise.resolve();
      },
      find: id => Promise.resolve(entriesOf(model).get(id)),
      findByUid: uid => found(model, payload => payload.uid === uid),
      findByUserCode: code => found(model, payload => payload.userCode === code),
      consume: id => {
        const payload = entriesOf(model).get(id);
        if (payload !== undefined) payload['consumed'] = Math.floor(Date.now() / 1000);
        return Promise.resolve();
      },
      destroy: id => {
        entriesOf(model).delete(id);
        return Promise.resolve();
      },
      revokeByGrantId: grantId => {
        for (const entries of models.values())
          for (const [id, payload] of entries) if (payload.grantId === grantId) entries.delete(id);
        return Promise.resolve();
      },
    }),
    expireAccessTokens: () => {
      entriesOf('AccessToken').clear();
    },
    revokeAll: () => {
      for (const model of ['AccessToken', 'RefreshToken', 'Grant', 'Session']) entriesOf(model).clear();
    },
    given: model => [...new Set(given.get(model) ?? [])],
  };
}
