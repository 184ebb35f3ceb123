import { resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';
import { isBeingWritten } from '../browse/open-for-browsing.ts';

type BrowseApi = Pick<
  Api,
  | 'archive.open'
  | 'archive.close'
  | 'index.start'
  | 'index.read'
  | 'index.pause'
  | 'index.decline'
  | 'messages.list'
  | 'messages.search'
  | 'messages.thread'
>;

/** Looking into archives. */
export function browseApi(archives: BrowsedArchives): BrowseApi {
  return {
    'archive.open': async ({ archive }) => {
      const inUse = archives.isBusy(archive) || (await isBeingWritten(resolve(archive)));
      return await archives.use(archive, browsed => {
        browsed.index.catchUp();
        return browsed.view(inUse);
      });
    },
    'archive.close': async ({ archive }) => {
      await archives.close(archive);
      return {};
    },
    'index.start': ({ archive, rebuild }) =>
      archives.use(archive, async ({ index }) => {
        await index.start(rebuild);
        return index.state();
      }),
    'index.read': ({ archive }) => archives.use(archive, ({ index }) => index.state()),
    'index.pause': ({ archive }) =>
      archives.use(archive, async ({ index }) => {
        await index.pause();
        return index.state();
      }),
    'index.decline': ({ archive }) =>
      archives.use(archive, async ({ index }) => {
        await index.decline();
        return index.state();
      }),
    'messages.list': ({ archive, ...page }) => archives.use(archive, browsed => browsed.list(page)),
    'messages.search': ({ archive, ...question }) => archives.use(archive, browsed => browsed.search(question)),
    'messages.thread': ({ archive, folder, number }) =>
      archives.use(archive, browsed => browsed.thread(folder, number)),
  };
}
