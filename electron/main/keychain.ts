import { safeStorage } from 'electron';
import * as z from 'zod';
import { createJsonFile } from '../hosts/transports/json-file.ts';
import type { SecretsApi } from '../hosts/transports/process-tables.ts';

/** The part of Electron's safeStorage that may be used: the synchronous one is gone after Electron 45. */
export type Cipher = Pick<
  typeof safeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

const fileSchema = z.record(z.uuid(), z.object({ sealed: z.base64(), kept: z.iso.datetime() }));

/** After this long a job that still waits asks for its password again. */
const keptForDays = 30;

/**
 * Passwords for jobs that outlive the program, sealed by the operating system's keychain. Where there is none that
 * deserves the name (Linux without a keyring: Chromium's `basic_text` seals with a key known to everybody) they stay
 * in memory, and after a restart the person types them again.
 *
 * On Windows the seal does not keep out other programs of the same user; nothing there does.
 */
export function createKeychain(path: string, cipher: Cipher = safeStorage, now = () => new Date()): SecretsApi {
  const memory = new Map<string, string>();
  const file = createJsonFile(path, fileSchema, {});
  // One change at a time, or two of them would each write the file without the other's entry.
  let lastChange: Promise<unknown> = Promise.resolve();
  const change = (edit: (entries: z.infer<typeof fileSchema>) => z.infer<typeof fileSchema>): Promise<void> => {
    const changed = lastChange.then(async () => file.write(edit(await file.read())));
    lastChange = changed.catch(() => undefined);
    return changed;
  };
  const isFresh = ({ kept }: { readonly kept: string }): boolean =>
    now().getTime() - Date.parse(kept) < keptForDays * 24 * 3600 * 1000;

  const unsealed = async (signInId: string): Promise<string | null> => {
    const entry = (await file.read())[signInId];
    if (entry === undefined || !isFresh(entry) || !(await isTrustworthy(cipher))) return null;
    try {
      return (await cipher.decryptStringAsync(Buffer.from(entry.sealed, 'base64'))).result;
    } catch {
      // Sealed under another account or on another computer: as good as not kept.
      return null;
    }
  };

  return {
    async 'secrets.keep'({ signInId, password }) {
      memory.set(signInId, password);
      if (!(await isTrustworthy(cipher))) return { lasting: false };
      const sealed = (await cipher.encryptStringAsync(password)).toString('base64');
      await change(entries => ({
        ...Object.fromEntries(Object.entries(entries).filter(([, entry]) => isFresh(entry))),
        [signInId]: { sealed, kept: now().toISOString() },
      }));
      return { lasting: true };
    },
    async 'secrets.password'({ signInId }) {
      return { password: memory.get(signInId) ?? (await unsealed(signInId)) };
    },
    async 'secrets.forget'({ signInId }) {
      memory.delete(signInId);
      await change(entries => Object.fromEntries(Object.entries(entries).filter(([id]) => id !== signInId)));
      return {};
    },
  };
}

async function isTrustworthy(cipher: Cipher): Promise<boolean> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(cipher.getSelectedStorageBackend())) {
    return false;
  }
  // Older runtimes, met in tests only, have no asynchronous interface; the synchronous one is never a way out.
  return 'isAsyncEncryptionAvailable' in cipher && (await cipher.isAsyncEncryptionAvailable());
}
