import { BrowserWindow, type Event, type Session, type WebContentsWillNavigateEventParams } from 'electron';
import type { SignInWindowEnding, pageProblems } from '../hosts/transports/process-tables.ts';
import { forgetSignInSession, openSignInSession } from './sign-in-session.ts';

export interface SignInWindowOptions {
  readonly url: string;
  readonly sessionCookie: string;
  readonly authorities: readonly string[];
  readonly parent: BrowserWindow | null;
  readonly icon: string;
  /** What the title says after the address. */
  readonly purpose: string;
}

export interface SignInWindow {
  readonly ended: Promise<SignInWindowEnding>;
  close(): void;
}

/** Chromium's network errors that a person can do something about; the others of a certificate are -200 to -219. */
const problems: Readonly<Record<number, (typeof pageProblems)[number]>> = {
  [-105]: 'SERVER_UNKNOWN_HOST',
  [-137]: 'SERVER_UNKNOWN_HOST',
  [-102]: 'SERVER_REFUSED_CONNECTION',
  [-200]: 'TLS_CERTIFICATE_WRONG_HOST',
  [-201]: 'TLS_CERTIFICATE_EXPIRED',
  [-202]: 'TLS_CERTIFICATE_UNKNOWN_CA',
};
/** A navigation that another one took the place of. */
const aborted = -3;

/**
 * An identity provider's page in a window apart. Strangers' pages run in it, so it has nothing of ours: no preload, no
 * Node, no permission, no download, no second window, nothing on the disk; and its title tells at every moment whose
 * page it is, because a page that asks for a password without an address is what phishing looks like.
 *
 * It ends when the origin it began at (that host and port, over TLS; not a subdomain, not the provider) sets the session
 * cookie. The answer with the cookie is not even loaded.
 */
export function openSignInWindow(options: SignInWindowOptions): SignInWindow {
  const { url, sessionCookie, authorities, parent } = options;
  const { origin } = new URL(url);
  const { promise: ended, resolve } = Promise.withResolvers<SignInWindowEnding>();
  const own = openSignInSession(authorities);
  const window = createWindow(options, own);
  const end = (ending: SignInWindowEnding): void => {
    resolve(ending);
    // A page is not asked whether it wants to go.
    if (!window.isDestroyed()) window.destroy();
  };
  const fail = (code: (typeof pageProblems)[number], at: string): void => {
    end({ ended: 'failed', code, host: URL.canParse(at) ? new URL(at).hostname : '' });
  };

  const cookies: string[] = [];
  own.webRequest.onHeadersReceived({ urls: ['https://*/*'] }, ({ url: from, responseHeaders = {} }, answer) => {
    const set = new URL(from).origin === origin ? setCookies(responseHeaders) : [];
    cookies.push(...set);
    const isIn = set.some(line => isSession(line, sessionCookie));
    answer({ cancel: isIn });
    if (isIn) end({ ended: 'signed-in', cookies });
  });

  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-attach-webview', event => {
    event.preventDefault();
  });
  const keepToTls = (details: Event<WebContentsWillNavigateEventParams>): void => {
    const { protocol } = new URL(details.url);
    if (protocol === 'https:') return;
    details.preventDefault();
    if (details.isMainFrame && protocol === 'http:') fail('TLS_REQUIRED', details.url);
  };
  webContents.on('will-navigate', keepToTls);
  webContents.on('will-redirect', keepToTls);
  webContents.on('did-navigate', (_, at) => {
    window.setTitle(`${addressOf(at)} — ${options.purpose}`);
  });
  webContents.on('did-fail-load', (_, error, _text, at, isMainFrame) => {
    if (!isMainFrame || error === aborted) return;
    const certificate = error <= -200 && error > -220;
    fail(problems[error] ?? (certificate ? 'TLS_FAILED' : 'SERVER_UNREACHABLE'), at);
  });
  window.on('page-title-updated', event => {
    event.preventDefault();
  });
  window.once('closed', () => {
    resolve({ ended: 'closed' });
    void forgetSignInSession(own);
    if (parent?.isDestroyed() === false) parent.focus();
  });
  void webContents.loadURL(url).catch(() => {
    // Told by `did-fail-load`.
  });
  return {
    ended,
    close: () => {
      end({ ended: 'closed' });
    },
  };
}

function createWindow({ url, parent, icon, purpose }: SignInWindowOptions, own: Session): BrowserWindow {
  const window = new BrowserWindow({
    title: `${addressOf(url)} — ${purpose}`,
    icon,
    ...(parent === null ? {} : { parent }),
    width: 760,
    height: 760,
    minWidth: 480,
    fullscreenable: false,
    autoHideMenuBar: true,
    webPreferences: {
      session: own,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      devTools: false,
    },
  });
  return window;
}

function setCookies(headers: Readonly<Record<string, string[]>>): readonly string[] {
  return Object.entries(headers).flatMap(([name, lines]) => (name.toLowerCase() === 'set-cookie' ? lines : []));
}

/** Servers take a cookie away by setting it to nothing, or for no time at all. */
function isSession(line: string, name: string): boolean {
  return line.startsWith(`${name}=`) && !/^[^=]*=\s*(?:""|;|$)/.test(line) && !/;\s*max-age=(?:0|-)/i.test(line);
}

/** The host as it is spelt on the wire, so that no letter of another alphabet passes for one of ours; its end counts. */
function addressOf(url: string): string {
  const { host } = new URL(url);
  return host.length <= 60 ? host : `…${host.slice(-60)}`;
}
