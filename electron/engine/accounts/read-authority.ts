import { readFile } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';

/** The PEM text of a further certificate authority to trust, where one was named. @throws CA_FILE_INVALID */
export async function readAuthority(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new TravasoError('CA_FILE_INVALID', { path }, { cause: error });
  }
}
