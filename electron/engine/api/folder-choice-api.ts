import { join, resolve } from 'node:path';
import type { Api } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import { readDescription } from '../archive/archive.ts';
import { replaceFile } from '../archive/durable-file.ts';
import { names } from '../archive/layout.ts';
import { readLeftOut } from '../archive/left-out.ts';
import type { Ports } from '../ports.ts';

/** What the person decided about folders, until a job writes it into the archive or reads it from there. */
export class FolderChoices {
  private readonly leftOut = new Map<string, readonly FolderPath[]>();

  leaveOut(archive: string, folders: readonly FolderPath[]): void {
    this.leftOut.set(resolve(archive), folders);
  }

  /** What was said in this process; else what an earlier backup wrote into the archive. */
  async leftOutOf(archive: string): Promise<(path: FolderPath) => boolean> {
    const said = this.leftOut.get(resolve(archive)) ?? (await readLeftOut(archive)).folders.map(folder => folder.path);
    const keys = new Set(said.map(folderKey));
    return path => keys.has(folderKey(path));
  }
}

export function folderChoiceApi(ports: Ports, choices: FolderChoices): Pick<Api, 'folders.leaveOut' | 'map.write'> {
  return {
    // Not written yet: the folder may not exist, and anything in it would keep it from becoming an archive.
    'folders.leaveOut': ({ archive, folders }) => {
      choices.leaveOut(archive, folders);
      return Promise.resolve({});
    },
    'map.write': async ({ archive, entries }) => {
      const root = resolve(archive);
      await readDescription(root);
      if (entries.some(({ target }) => target.includes('')))
        throw new TravasoError('FOLDER_MAP_INVALID', { path: root });
      const mapFile = join(root, names.folderMap);
      await replaceFile(mapFile, `${JSON.stringify(entries, null, 2)}\n`, ports.faults);
      return { mapFile };
    },
  };
}
