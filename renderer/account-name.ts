import { parseAccountAddress } from '../shared/account-address.ts';
import type { AccountAddress } from '../shared/account-address.ts';
import { TravasoError } from '../shared/errors.ts';

/** `anna.verdi@ente.it (posta.ente.it)`: an account's address for a person. One that is not understood stays as it is. */
export function accountName(address: string): string {
  const parsed = parsedOrNull(address);
  if (parsed === null) return address;
  if ('path' in parsed) return parsed.path;
  return 'host' in parsed ? `${parsed.user} (${parsed.host})` : parsed.user;
}

export function parsedOrNull(address: string): AccountAddress | null {
  try {
    return parseAccountAddress(address);
  } catch (error) {
    if (error instanceof TravasoError) return null;
    throw error;
  }
}
