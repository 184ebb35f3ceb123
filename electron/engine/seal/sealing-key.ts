import { readFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { TravasoError } from '../../../shared/errors.ts';

/** Who can open a sealed copy: whoever knows the passphrase, or holds one of the recipients' identities. */
export interface SealingKey {
  readonly passphrase: string | null;
  /** `age1…` */
  readonly recipients: readonly string[];
}

/** @throws PASSWORD_MISSING without either, RECIPIENT_INVALID */
export function encrypterFor({ passphrase, recipients }: SealingKey): Encrypter {
  const encrypter = new Encrypter();
  // age knows no file that opens both ways: a passphrase is alone in the header (age specification, scrypt).
  if (recipients.length === 0) {
    if (passphrase === null || passphrase === '') throw new TravasoError('PASSWORD_MISSING', {});
    encrypter.setPassphrase(passphrase);
    return encrypter;
  }
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new TravasoError('RECIPIENT_INVALID', { recipient }, { cause });
    }
  }
  return encrypter;
}

export interface OpeningKey {
  readonly passphrase: string | null;
  /** A file as `age-keygen` writes it. */
  readonly identityFile: string | null;
}

/** @throws PASSWORD_MISSING, INPUT_FILE_INVALID, RECIPIENT_INVALID when the file holds no identity */
export async function decrypterFor({ passphrase, identityFile }: OpeningKey): Promise<Decrypter> {
  const decrypter = new Decrypter();
  if (identityFile === null) {
    if (passphrase === null || passphrase === '') throw new TravasoError('PASSWORD_MISSING', {});
    decrypter.addPassphrase(passphrase);
    return decrypter;
  }
  const text = await readFile(identityFile, 'utf8').catch((cause: unknown) => {
    throw new TravasoError('INPUT_FILE_INVALID', { file: identityFile }, { cause });
  });
  const identities = text.split(/\r?\n/).filter(line => line.startsWith('AGE-SECRET-KEY-'));
  if (identities.length === 0) throw new TravasoError('RECIPIENT_INVALID', { recipient: identityFile });
  for (const identity of identities) decrypter.addIdentity(identity);
  return decrypter;
}
