import { folderKey } from '../../shared/model/folder.ts';
import type { ItemSource } from '../../electron/engine/sources/item-source.ts';
import { scriptedSource } from '../../electron/engine/testing/scripted-source.ts';
import { backUp } from '../../electron/engine/testing/test-archive.ts';
import { codesOf } from '../../electron/engine/testing/run-as-job.ts';
import type { GeneratedItem } from './generate-items.ts';

/** Backs items up as a source would hand them over. A second call for the same archive is a second backup. */
export async function archiveItems(root: string, items: readonly GeneratedItem[]): Promise<void> {
  const mailbox = scriptedSource({ folders: [] });
  const ended = await backUp(root, {
    ...mailbox,
    connect: async () => ({ ...(await mailbox.connect()), items: sourceOf(items) }),
  });
  if (ended.status !== 'succeeded') throw new Error(`The backup ended as ${ended.status}: ${codesOf(ended).join()}`);
}

function sourceOf(items: readonly GeneratedItem[]): ItemSource {
  const folders = Map.groupBy(items, ({ kind, path }) => `${kind} ${folderKey(path)}`);
  return {
    listFolders: () =>
      Promise.resolve({
        folders: [...folders.values()].flatMap(([first]) =>
          first === undefined ? [] : [{ kind: first.kind, path: first.path, items: null, changeMark: null }],
        ),
        problems: [],
      }),
    async *open({ kind, path }) {
      for (const item of folders.get(`${kind} ${folderKey(path)}`) ?? []) {
        const { key, name, extension, mediaType, octets } = item;
        const content = { name, extension, mediaType, octets: once(octets), problem: null };
        yield await Promise.resolve({ key, mark: null, read: () => Promise.resolve(content) });
      }
    },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is in memory
async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield octets;
}
