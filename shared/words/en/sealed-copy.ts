import type { Sentences } from '../sentences.ts';
import { safe } from './safe.ts';

/** The encrypted copy of an archive: T-535 to T-538. */
export const sealedCopy = {
  SEALED_COPY_INVALID: {
    happened: 'The file {file|chosen} is not an encrypted copy made by Travaso.',
    safe: safe.nothingTouched,
    now: 'Choose the file of the copy: its name usually ends in .age.',
    desk: 'The header age-encryption.org/v1 is missing.',
  },
  SEALED_KEY_WRONG: {
    happened: 'The copy does not open with this passphrase.',
    safe: 'The copy was not touched and nothing was written to disk.',
    now: 'Try again with care: capitals, spaces and accents count. Without the right passphrase nobody can open it.',
    desk: 'age: no key matches, or the beginning of {file|the file} was altered.',
  },
  SEALED_COPY_DAMAGED: {
    happened: 'The encrypted copy is damaged or incomplete.',
    safe: 'The archive it was made from was not touched. What had been taken out was removed again.',
    now: 'Copy the file once more from the original disk, or make the encrypted copy anew.',
    desk: 'age: authentication failed or early end of {file|that file}.',
  },
  RECIPIENT_INVALID: {
    happened: 'One of the keys named is not valid.',
    safe: safe.nothingTouched,
    now: 'Check the key with whoever gave it to you: it begins with age1.',
    desk: 'Invalid age key: {recipient|not named}.',
  },
} as const satisfies Record<string, Sentences>;
