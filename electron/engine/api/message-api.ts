import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';

type MessageApi = Pick<Api, 'message.read' | 'message.source' | 'message.save' | 'message.savePart'>;

/** Reading one message of an archive. */
export function messageApi(archives: BrowsedArchives): MessageApi {
  const known = ({ archive }: { archive: string }): Promise<never> =>
    archives.use(archive, () => {
      throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN');
    });
  return { 'message.read': known, 'message.source': known, 'message.save': known, 'message.savePart': known };
}
