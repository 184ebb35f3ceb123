import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { HostApi, HostOutput } from '../../../shared/host-contract.ts';
import { isWithin, realPath } from '../../engine/place/real-path.ts';
import type { GrantedPaths } from '../transports/granted-paths.ts';
import type { Place } from './reachable-places.ts';

export type PlacePicker = Pick<HostApi, 'host.listFolder' | 'host.createFolder' | 'host.grant'>;

/** More entries than these nobody looks through; the screen says that there are more. */
const listedEntries = 2_000;

/**
 * The choice of places for a screen in a browser, which has no dialog that tells it a path. It shows and grants what
 * lies within `places` (looked up at each call: sticks come and go) and refuses everything else with
 * `PATH_NOT_GRANTED`, whether it exists or not.
 */
export function createPlacePicker(places: () => Promise<readonly Place[]>, granted: GrantedPaths): PlacePicker {
  /** The real path, when one of the places contains it. */
  const within = async (path: string): Promise<{ readonly path: string; readonly isTop: boolean }> => {
    const real = await realPath(path);
    for (const place of await places()) {
      const top = await realPath(place.path);
      if (isWithin(top, real)) return { path: real, isTop: top === real };
    }
    throw new TravasoError('PATH_NOT_GRANTED');
  };

  return {
    async 'host.listFolder'({ path }) {
      if (path === null) {
        const entries = (await places()).map(place => ({ ...place, kind: 'folder' as const }));
        return { path: null, parent: null, entries, truncated: false };
      }
      const folder = await within(path);
      const all = await entriesOf(folder.path);
      return {
        path: folder.path,
        parent: folder.isTop ? null : dirname(folder.path),
        entries: all.slice(0, listedEntries),
        truncated: all.length > listedEntries,
      };
    },

    async 'host.createFolder'({ parent, name }) {
      if (!isPlainName(name)) throw new TravasoError('CALL_INVALID', { reason: 'name', method: 'host.createFolder' });
      const { path } = await within(join(parent, name));
      await mkdir(path).catch((cause: unknown) => {
        throw new TravasoError('DISK_NOT_WRITABLE', {}, { cause });
      });
      return { path };
    },

    async 'host.grant'({ path, as }) {
      const { path: real } = await within(path);
      const kind = await kindOf(as === 'new-file' ? dirname(real) : real);
      if (kind !== (as === 'file' ? 'file' : 'folder')) throw new TravasoError('PATH_NOT_GRANTED');
      await granted.grant(real, as === 'folder' ? 'folder' : 'file');
      return { path: real };
    },
  };
}

type Entry = HostOutput<'host.listFolder'>['entries'][number];

/** Folders first, then files, each by name. Hidden ones (settings of programs) are left out. */
async function entriesOf(folder: string): Promise<Entry[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new TravasoError('INPUT_FILE_INVALID', {}, { cause });
  });
  const entries: Entry[] = [];
  for (const name of names.filter(isShown).slice(0, 10 * listedEntries)) {
    const path = join(folder, name);
    const kind = await kindOf(path);
    if (kind !== null) entries.push({ name, path, kind });
  }
  const order = new Intl.Collator('it', { numeric: true });
  return entries.sort((a, b) => (a.kind === b.kind ? order.compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1));
}

/** On Linux the mail of some programs lies in a hidden folder, and it is what people look for. */
const hiddenMail: ReadonlySet<string> = new Set(['.thunderbird', '.icedove', '.mozilla-thunderbird']);

function isShown(name: string): boolean {
  return !name.startsWith('.') || hiddenMail.has(name);
}

async function kindOf(path: string): Promise<Entry['kind'] | null> {
  try {
    const facts = await stat(path);
    return facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : null;
  } catch {
    return null;
  }
}

/** One segment that every system can hold: no separators, no reserved characters, no dot or space at its end. */
function isPlainName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what Windows refuses in names
  return basename(name) === name && !/[<>:"/\\|?*\x00-\x1f]/.test(name) && !/^\.|[. ]$/.test(name);
}
