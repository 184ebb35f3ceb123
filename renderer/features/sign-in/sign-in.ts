import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import type { Client } from '../../../shared/wire.ts';

export type Side = 'source' | 'target';

/** Which field of the form a problem belongs to; null for none of them. */
export function fieldOf(code: ErrorCode): 'mail' | 'password' | 'server' | null {
  if (code.startsWith('SIGNIN_') || code === 'PASSWORD_MISSING') return 'password';
  if (code.startsWith('SERVER_') || code.startsWith('TLS_')) return 'server';
  return code === 'ACCOUNT_ADDRESS_INVALID' || code === 'ACCOUNT_KIND_UNSUPPORTED' ? 'mail' : null;
}

/**
 * Tries the servers found until one answers. A server that answered and refused is the last: trying the same password
 * elsewhere would show it to strangers, and a second refusal can lock the account.
 *
 * @throws the first server's problem when none answers
 */
export async function signIn(
  client: Client,
  accounts: readonly FoundAccount[],
  password: string,
  onTrying: (host: string) => void,
): Promise<{ account: FoundAccount; signInId: string }> {
  let first: Problem | null = null;
  for (const account of accounts) {
    onTrying(account.host);
    const { signInId } = await client.call('signIn.password', { password });
    try {
      await client.call('account.check', { account: { address: account.address, tls: account.tls, signInId } });
      return { account, signInId };
    } catch (error) {
      await client.call('signIn.forget', { signInId });
      const problem = problemOf(error);
      if (fieldOf(problem.code) !== 'server') throw error;
      first ??= problem;
    }
  }
  const { code, details } = first ?? { code: 'SERVER_UNKNOWN_HOST' as const, details: {} };
  throw new TravasoError(code, details);
}
