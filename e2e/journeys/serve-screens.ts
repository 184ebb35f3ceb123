import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import type { MicrosoftSettings } from '../../electron/engine/signin/microsoft/microsoft-settings.ts';
import { organisationFile, organisationFileName } from '../../electron/hosts/organisation-file.ts';
import { startWebHost } from '../../electron/hosts/web/start-web-host.ts';

/**
 * The browser host as a process of its own, so that a journey can kill it. `travaso serve` takes its screens, its
 * memory and the person's places from where it is installed; here they come as one JSON argument. Prints its link,
 * then each page that the engine wants opened in the system's browser.
 */
export interface ScreensFacts {
  readonly rendererDir: string;
  readonly dataDir: string;
  readonly home: string;
  readonly microsoft: Partial<MicrosoftSettings>;
  /** Names that lead to this computer: hosts of a stranger, without a stranger. */
  readonly names: readonly string[];
}
const { rendererDir, dataDir, home, microsoft, names } = JSON.parse(process.argv[2] ?? '') as ScreensFacts;
const lookup = dns.lookup.bind(dns) as (...asked: unknown[]) => void;
dns.lookup = ((host: string, ...asked: unknown[]) =>
  lookup(names.includes(host) ? '127.0.0.1' : host, ...asked)) as unknown as typeof dns.lookup;
syncBuiltinESMExports();

const { api, events } = createEngine(
  defaultPorts({
    microsoft,
    organisation: organisationFile(join(dataDir, organisationFileName)),
    openBrowser: url => {
      process.stdout.write(`${url}\n`);
      return Promise.resolve();
    },
  }),
);
await startWebHost({
  api,
  events,
  rendererDir,
  dataDir,
  version: '0.0.0',
  systemLanguage: 'it',
  places: () => Promise.resolve([{ name: 'home', path: home }]),
  open: link => {
    process.stdout.write(`${link}\n`);
  },
});
// The test process is gone, whatever became of it: nobody is left to end this one.
process.stdin.on('end', () => process.exit()).resume();
