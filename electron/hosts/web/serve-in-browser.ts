import type { Api, EngineEvents } from '../../../shared/contract.ts';
import type { Language } from '../../../shared/words/language.ts';
import { dataFolder } from './data-folder.ts';
import { openBrowser } from './open-browser.ts';
import { startWebHost, type WebHost } from './start-web-host.ts';

export interface ServeOptions {
  readonly engine: { readonly api: Api; readonly events: EngineEvents };
  /** The built screens (`dist/renderer`). */
  readonly rendererDir: string;
  readonly version: string;
  readonly language: Language;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False for `--no-open`: the person takes the link from the terminal. */
  readonly open: boolean;
  /** Shows the person the link, where the browser was not opened or did not open. */
  readonly showLink: (link: string) => void;
}

/** `travaso serve`: the screens in the system browser. Goes on until it is closed. */
export function serveInBrowser({ engine, env, language, open, showLink, ...host }: ServeOptions): Promise<WebHost> {
  return startWebHost({
    ...host,
    api: engine.api,
    events: engine.events,
    dataDir: dataFolder(env),
    systemLanguage: language,
    open: async link => {
      if (!open) {
        showLink(link);
        return;
      }
      await openBrowser(link).catch(() => {
        showLink(link);
      });
    },
  });
}
