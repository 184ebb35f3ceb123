import type { AccountInfo, AuthenticationResult } from '@azure/msal-node';
import { TravasoError } from '../../../../shared/errors.ts';
import type { Clock } from '../../ports.ts';
import type { TokenResource } from '../sign-in-flow.ts';
import type { MicrosoftClient } from './microsoft-client.ts';

/**
 * Exchange cuts the line when a token ends, 60 to 90 minutes after it was given (`BYE Session invalidated -
 * AccessTokenExpired`). A new connection gets one with a good half hour in it.
 */
export const longestTokenAgeMs = 45 * 60_000;

export interface MicrosoftSession {
  readonly identity: string;
  /**
   * A token good for some minutes at least. With `refused`, the one a server did not take, another one than that.
   *
   * @throws SIGNIN_EXPIRED when the person has to sign in again, or the codes of the line
   */
  token(resource: TokenResource, refused?: string): Promise<string>;
}

export interface MicrosoftSessionOptions {
  readonly client: MicrosoftClient;
  readonly clock: Clock;
  readonly account: AccountInfo;
  /** The first token, from the sign-in itself; null when the sign-in was kept from an earlier run. */
  readonly first: AuthenticationResult | null;
  /** Told after each renewal: the refresh token is another one now. */
  readonly renewed: () => Promise<void>;
}

export function microsoftSession({
  client,
  clock,
  account,
  first,
  renewed,
}: MicrosoftSessionOptions): MicrosoftSession {
  const held = new Map<TokenResource, { readonly token: string; readonly since: number }>();
  const pending = new Map<TokenResource, Promise<string>>();
  const hold = (resource: TokenResource, { accessToken }: AuthenticationResult): string => {
    // The wall clock, because a computer's sleep ages tokens too.
    held.set(resource, { token: accessToken, since: clock.now().getTime() });
    return accessToken;
  };
  if (first !== null) hold('imap', first);

  const renew = async (resource: TokenResource): Promise<string> => {
    const result = await client.renew(account, resource);
    await renewed();
    return hold(resource, result);
  };
  return {
    identity: account.username,
    async token(resource, refused) {
      const current = held.get(resource);
      if (current !== undefined && current.token !== refused) {
        const age = clock.now().getTime() - current.since;
        if (age >= 0 && age < longestTokenAgeMs) return current.token;
      }
      // Several connections may ask at once; one renewal serves them, and Microsoft counts them (AADSTS50196).
      const renewal = pending.get(resource) ?? renew(resource).finally(() => pending.delete(resource));
      pending.set(resource, renewal);
      return await renewal;
    },
  };
}

/** Whether who came back is who was wanted. Microsoft's names are the same in every case of letters. */
export function assertSameAccount(account: AccountInfo | null, wanted: string): asserts account is AccountInfo {
  const identity = account?.username ?? '';
  if (identity.toLowerCase() !== wanted.toLowerCase())
    throw new TravasoError('SIGNIN_WRONG_ACCOUNT', { address: wanted, identity });
}
