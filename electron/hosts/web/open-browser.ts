import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Opens the link in the system's browser by way of a file that only this person can read: a link among a command's
 * arguments would show its token to every user of the computer who lists the processes.
 */
export async function openBrowser(link: string): Promise<void> {
  // In the home and not hidden, because a browser packed as a snap can read nothing else (not /tmp, not ~/.local).
  const file = join(homedir(), 'Travaso.html');
  const html = `<!doctype html><meta charset="utf-8"><title>Travaso</title><meta http-equiv="refresh" content="0;url=${link.replaceAll('&', '&amp;')}">`;
  await rm(file, { force: true });
  await writeFile(file, html, { mode: 0o600, flag: 'wx' });
  const [command, ...args] = opener(pathToFileURL(file).href);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
  // By then the browser has read it, and the token in it is used up in any case.
  setTimeout(() => void rm(file, { force: true }), 60_000).unref();
}

function opener(url: string): [string, ...string[]] {
  switch (process.platform) {
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url];
    case 'darwin':
      return ['open', url];
    default:
      return ['xdg-open', url];
  }
}
