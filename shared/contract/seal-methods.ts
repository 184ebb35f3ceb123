import * as z from 'zod';
import { path, started } from './schemas.ts';

/** The whole archive as one encrypted file, in the format of age. Passphrases go in here and are kept nowhere. */
export const sealMethods = {
  /** `to`: a new file. Either a passphrase, or recipients (`age1…`) whose holders can open it. */
  'seal.start': {
    input: z.object({
      archive: path,
      to: path,
      passphrase: z.string().nullable(),
      recipients: z.array(z.string()).default([]),
    }),
    output: started,
  },
  /** `to`: a folder that is empty or does not exist; it becomes an archive. */
  'unseal.start': {
    input: z.object({ from: path, to: path, passphrase: z.string().nullable(), identityFile: path.nullable() }),
    output: started,
  },
} as const;
