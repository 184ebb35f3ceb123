import { join } from 'node:path';
import { app, session, shell, type BrowserWindow } from 'electron';
import type { EngineEvents } from '../../shared/contract.ts';
import { createGrantedPaths, grantPicked } from '../hosts/transports/granted-paths.ts';
import { hostDispatch } from '../hosts/transports/host-dispatch.ts';
import { realPacing } from '../hosts/transports/job-feed.ts';
import { serveOverPort } from '../hosts/transports/message-server.ts';
import { browserMethods, secretMethods, signInWindowMethods } from '../hosts/transports/process-tables.ts';
import { serveTable } from '../hosts/transports/serve-api.ts';
import { createHostMemory, languageOf } from '../hosts/web/host-memory.ts';
import { createMessageFrames } from '../hosts/web/message-frames.ts';
import { readScreenFiles } from '../hosts/web/screen-files.ts';
import { setAppMenu } from './app-menu.ts';
import { askBeforeClosing } from './close-question.ts';
import { createMessageDrag } from './drag-message.ts';
import { linkEngine } from './engine-link.ts';
import { startEngineProcess } from './engine-process.ts';
import { keepAwakeWhileWorking } from './keep-awake.ts';
import { createKeychain } from './keychain.ts';
import { lockDownPages, lockDownSession } from './lock-down.ts';
import { mainWords } from './main-words.ts';
import { notifyOutcome } from './notify-outcome.ts';
import { createScreenWindow, screenPartition } from './screen-window.ts';
import { registerScreenScheme, serveScreens } from './serve-screens.ts';
import { createSignInWindows } from './sign-in-windows.ts';
import { bridgeWindow } from './window-bridge.ts';
import { createWindowHost } from './window-host.ts';
import { watchWork } from './work-watch.ts';
import { proxyOf } from './system-proxy.ts';
import { showTrayWhileWorking } from './work-tray.ts';

/**
 * The Electron main process: puts the window, the keychain, power and dialogs together around an engine that runs
 * elsewhere. No mail passes through here but as the data of calls and events, and the crash reporter is never started.
 *
 * What surrounds the built file: `dist/electron/{main.cjs,preload.cjs,worker.mjs}`, `dist/renderer`, `dist/icons`.
 */
const here = import.meta.dirname;
const built = {
  preload: join(here, 'preload.cjs'),
  worker: join(here, 'worker.mjs'),
  screens: join(here, '..', 'renderer'),
  icon: join(here, '..', 'icons', 'icon.png'),
  /** In copies that an organisation packages for its own people; absent in others. */
  profile: join(here, '..', 'organisation.json'),
} as const;

/** The engine comes to rest at the next message; one of 150 MB over a poor line takes its time. */
const closingDeadlineMs = 15_000;

const noEvents: EngineEvents = { subscribe: () => () => undefined };

app.setName('Travaso');
registerScreenScheme();
lockDownPages();
app.on('session-created', lockDownSession);

if (app.requestSingleInstanceLock()) void run();
else app.quit();

async function run(): Promise<void> {
  await app.whenReady();
  const dataDir = app.getPath('userData');
  const memory = createHostMemory(dataDir);
  const granted = createGrantedPaths(memory.grants);
  let language = (await memory.readLanguage()) ?? languageOf(app.getLocale());
  const words = () => mainWords[language];
  let window: BrowserWindow | null = null;
  let quitting = false;

  const frames = createMessageFrames();
  serveScreens(session.fromPartition(screenPartition), await readScreenFiles(built.screens), frames);

  const signInWindows = createSignInWindows({
    parent: () => window,
    icon: built.icon,
    purpose: () => words().signIn,
  });
  const toEngine = serveTable(
    { ...secretMethods, ...browserMethods, ...signInWindowMethods },
    {
      ...signInWindows.api,
      ...createKeychain(join(dataDir, 'secrets.json')),
      // Only `https:` comes through the table: anything else would be a way to start programs.
      'browser.open': async ({ url }) => {
        await shell.openExternal(url);
        return {};
      },
      'proxy.find': async ({ url }) => ({ proxy: proxyOf(await session.defaultSession.resolveProxy(url)) }),
    },
  );
  const engine = linkEngine(
    () => {
      const started = startEngineProcess(built.worker, [dataDir, built.profile]);
      serveOverPort(started.port, toEngine, noEvents, realPacing);
      return started;
    },
    () => performance.now(),
  );
  // Whoever asked for their cookies is gone.
  engine.onLost(signInWindows.closeAll);
  const host = createWindowHost({
    window: () => window,
    granted,
    memory,
    frames,
    words,
    dragMessage: createMessageDrag({
      window: () => window,
      callEngine: (method, input) => engine.call(method, input),
      place: join(dataDir, 'dragged'),
      icon: built.icon,
    }),
    language: () => language,
    setLanguage: async chosen => {
      language = chosen;
      setAppMenu(words());
      await memory.writeLanguage(chosen);
    },
  });
  bridgeWindow(
    () => window,
    {
      dispatch: hostDispatch(host, (method, input) => engine.call(method, input), granted),
      takeDropped: path => grantPicked(granted, path),
    },
    engine,
  );

  const showWindow = (): void => {
    if (window === null) {
      const opened = createScreenWindow(built.preload, built.icon);
      window = opened;
      opened.on('close', event => {
        if (quitting || work.active().length === 0) return;
        event.preventDefault();
        void askBeforeClosing(opened, words()).then(choice => {
          if (choice === 'tray') opened.hide();
          if (choice === 'pause') app.quit();
        });
      });
      opened.on('closed', () => {
        window = null;
      });
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  const work = watchWork(engine);
  keepAwakeWhileWorking(work, engine);
  showTrayWhileWorking(work, built.icon, words, { open: showWindow, quit: () => app.quit() });
  work.onChange(active => {
    // The tray is gone with the work; a window left hidden then could only be found by starting the program again.
    if (active.length === 0 && window?.isVisible() === false) window.showInactive();
  });
  work.onOutcome(ended => {
    if (window?.isFocused() !== true) notifyOutcome(ended, words(), showWindow);
  });

  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', event => {
    if (quitting) return;
    quitting = true;
    // Held back once, until the engine has put its work down where it can be taken up again.
    event.preventDefault();
    void engine.close(closingDeadlineMs).finally(() => {
      app.quit();
    });
  });

  setAppMenu(words());
  showWindow();
}
