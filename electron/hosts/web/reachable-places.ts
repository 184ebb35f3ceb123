import { access, readdir } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { basename, join } from 'node:path';

/** A place to start choosing from. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** The person's home and what is mounted for them: sticks, external disks, shares. */
export async function reachablePlaces(): Promise<readonly Place[]> {
  return [{ name: basename(homedir()), path: homedir() }, ...(await mountedMedia())];
}

async function mountedMedia(): Promise<readonly Place[]> {
  switch (process.platform) {
    case 'win32':
      return windowsDrives();
    case 'darwin':
      return foldersIn('/Volumes');
    default: {
      const { username } = userInfo();
      const parents = [`/media/${username}`, `/run/media/${username}`, '/mnt'];
      return (await Promise.all(parents.map(foldersIn))).flat();
    }
  }
}

/** Every drive but the system's: the person's own part of that one is their home. */
async function windowsDrives(): Promise<readonly Place[]> {
  const systemDrive = (process.env['SystemDrive'] ?? 'C:').toUpperCase();
  const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:`);
  const drives = letters
    .filter(letter => letter !== systemDrive)
    .map(letter => ({ name: letter, path: `${letter}\\` }));
  const present = await Promise.all(
    drives.map(({ path }) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return drives.filter((_, index) => present[index]);
}

async function foldersIn(parent: string): Promise<readonly Place[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => ({ name, path: join(parent, name) }));
}
