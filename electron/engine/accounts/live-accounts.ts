import type { Account } from '../../../shared/contract.ts';
import type { MailSource } from '../sources/mail-source.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import type { MailTarget } from '../targets/mail-target.ts';
import { openSource, openTarget } from './open-account.ts';
import { openItemTarget } from './open-item-target.ts';
import type { AccountMeans } from './open-account.ts';

/** Signs in to accounts and knows every connection that is open. */
export interface LiveAccounts {
  source(account: Account, signal: AbortSignal): Promise<MailSource>;
  /** @param archive the folder of the archive that is carried there, where one is */
  target(account: Account, signal: AbortSignal, archive?: string): Promise<MailTarget>;
  /**
   * The way in for contacts, appointments and the like, a line of its own; null where the account has none.
   *
   * @param archive as for `target`
   */
  itemTarget(account: Account, signal: AbortSignal, archive?: string): Promise<ItemTarget | null>;
  /**
   * The line is gone though no packet said so (the computer slept). Whoever waits on a connection gets
   * `CONNECTION_LOST` now instead of after the silence a server is granted, and connects anew.
   */
  lineLost(): void;
}

interface Closable {
  close(): Promise<void>;
}

export function liveAccounts(means: AccountMeans): LiveAccounts {
  const open = new Set<Closable>();
  const known = <T extends Closable>(account: T): T => {
    open.add(account);
    const close = account.close.bind(account);
    account.close = () => {
      open.delete(account);
      return close();
    };
    return account;
  };
  return {
    source: async (account, signal) => known(await openSource(account, means, signal)),
    target: async (account, signal, archive) => known(await openTarget(account, means, signal, archive)),
    itemTarget: async (account, signal, archive) => {
      const target = await openItemTarget(account, means, signal, archive);
      return target === null ? null : known(target);
    },
    lineLost: () => {
      // Closing never rejects, and gives a line that is not dead after all two seconds to say goodbye.
      for (const account of open) void account.close();
    },
  };
}
