import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { startWebHost } from '../../electron/hosts/web/start-web-host.ts';

/**
 * The browser host as a process of its own, so that a journey can kill it. `travaso serve` takes its screens, its
 * memory and the person's places from where it is installed; here they come as one JSON argument. Prints its link.
 */
const { rendererDir, dataDir, home } = JSON.parse(process.argv[2] ?? '') as Record<
  'rendererDir' | 'dataDir' | 'home',
  string
>;
const { api, events } = createEngine(defaultPorts());
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
