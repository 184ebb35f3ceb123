import { basename } from 'node:path';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { isWithin, realPath } from '../place/real-path.ts';
import { isFileAddress } from './open-file-source.ts';

/**
 * A source is never written to, and an archive among the files it is made from would be read as mail at the next run.
 *
 * @throws ARCHIVE_INSIDE_SOURCE
 */
export async function assertApart(source: Account, archive: string): Promise<void> {
  const address = parseAccountAddress(source.address);
  if (!isFileAddress(address)) return;
  if (!isWithin(await realPath(address.path), await realPath(archive))) return;
  throw new TravasoError('ARCHIVE_INSIDE_SOURCE', { file: basename(address.path) });
}
