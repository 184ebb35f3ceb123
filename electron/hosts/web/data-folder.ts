import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a host keeps what it remembers: the folder that Electron gives the window too, so that a person who changes
 * between window and browser finds their archives in both.
 */
export function dataFolder(env: Readonly<Record<string, string | undefined>>, platform = process.platform): string {
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Travaso');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Travaso');
    default:
      return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Travaso');
  }
}
