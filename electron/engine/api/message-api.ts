import { platform } from 'node:os';
import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Pec } from '../../../shared/model/message-view.ts';
import type { BrowsedArchive } from '../browse/browsed-archive.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';
import type { Ports } from '../ports.ts';
import { markOfTheWeb } from '../read/mark-of-the-web.ts';
import { messageSource } from '../read/message-source.ts';
import type { ReadMessage } from '../read/read-message.ts';
import { readingLimits } from '../read/reading-limits.ts';
import type { ReadingThread } from '../read/reading-thread.ts';
import { relatedMessages } from '../read/related-messages.ts';
import { saveNewFile } from '../read/save-new-file.ts';
import { octetsOf, provenOctets, storedMessage } from '../read/stored-message.ts';
import type { StoredMessage } from '../read/stored-message.ts';

type MessageApi = Pick<Api, 'message.read' | 'message.source' | 'message.save' | 'message.savePart'>;

/** Reading one message of an archive. */
export function messageApi(
  archives: BrowsedArchives,
  thread: ReadingThread,
  { clock, log, markFromInternet = path => markOfTheWeb(path, platform(), clock.now()) }: Ports,
): MessageApi {
  const mark = async (path: string): Promise<void> => {
    await markFromInternet(path).catch(() => log.warn('mark-of-the-web.not-kept'));
  };
  return {
    'message.read': ({ archive, folder, number, inside = [], pec = 'inner' }) =>
      archives.use(archive, async browsed => {
        const stored = storedMessage(browsed.files, folder, number);
        const octets = await octetsOf(browsed.files, stored, readingLimits.messageOctets);
        const { pecReference, problems, ...read } = await thread.read(octets, { inside, pec });
        const { size, sha256, flags, keywords, internalDate, absentSince } = stored.message;
        return {
          ...{ folder, number, size, sha256, internalDate, absent: absentSince !== null },
          ...{ flags: [...flags], keywords: [...keywords] },
          ...read,
          pec: await withRelated(browsed, stored, read.pec, pecReference),
          problems: size > readingLimits.messageOctets ? [...new Set([...problems, 'cut' as const])] : problems,
        };
      }),
    'message.source': ({ archive, folder, number, ...page }) =>
      archives.use(
        archive,
        async ({ files }) => await messageSource(files, storedMessage(files, folder, number), page),
      ),
    'message.save': ({ archive, folder, number, to }) =>
      archives.use(archive, async ({ files }) => ({
        written: await saveNewFile(resolve(to), provenOctets(files, storedMessage(files, folder, number))),
      })),
    'message.savePart': ({ archive, folder, number, inside = [], part, to }) =>
      archives.use(archive, async ({ files }) => {
        const stored = storedMessage(files, folder, number);
        // The last part of what is cut would be half a file that passes for a whole one.
        if (stored.message.size > readingLimits.messageOctets) throw new TravasoError('MESSAGE_PART_UNREADABLE');
        const octets = await octetsOf(files, stored, readingLimits.messageOctets);
        return { written: await saveNewFile(resolve(to), [await thread.part(octets, inside, part)], mark) };
      }),
  };
}

async function withRelated(
  browsed: BrowsedArchive,
  stored: StoredMessage,
  pec: ReadMessage['pec'],
  reference: string | null,
): Promise<Pec | null> {
  if (pec === null) return null;
  const related = reference === null ? [] : await relatedMessages(browsed, stored, reference);
  return { ...pec, related };
}
