import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this system keeps what programs can make again, for this person; undefined when there is no home to speak of. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const home = homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] === undefined ? undefined : join(env['LOCALAPPDATA'], 'travaso');
  if (home === '') return undefined;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'travaso');
  // XDG Base Directory Specification: relative values are to be ignored.
  const said = env['XDG_CACHE_HOME'];
  return join(said?.startsWith('/') === true ? said : join(home, '.cache'), 'travaso');
}
