import { app, type Session, type WebContents } from 'electron';
import { messageFramePath } from '../hosts/web/message-frames.ts';
import { screenOrigin } from './screen-origin.ts';
import { isSignInSession } from './sign-in-session.ts';

/**
 * Takes from every page of ours what no screen of ours needs: going elsewhere, opening windows, frames with other powers,
 * permissions, devices, downloads, and the network. A page that was taken over is left with its two functions.
 */
export function lockDownPages(): void {
  app.on('web-contents-created', (_, contents) => {
    // A window of a sign-in is locked by who opens it: its pages are strangers' and have to go from one to the other.
    if (!isSignInSession(contents.session)) lockDownPage(contents);
  });
  // By itself the first certificate of the system's store would be shown to every server that asks who is there.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
}

function lockDownPage(contents: WebContents): void {
  const deny = (event: { preventDefault(): void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', details => {
    if (details.isMainFrame || !details.url.startsWith(`${screenOrigin}${messageFramePath}`)) details.preventDefault();
  });
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    // What a person copies, on their own press of a button; reading the clipboard is another permission.
    answer(permission === 'clipboard-sanitized-write');
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', event => {
    event.preventDefault();
  });
  // The dictionary of the spelling checker would be fetched from a server of Google's.
  session.setSpellCheckerEnabled(false);
  // At the network's own door: whatever slips past the policy of a page still leaves no trace outside.
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isAllowed(url) });
  });
}

/** Its own files, small images in style sheets, and the developer tools, which a packaged app does not offer. */
function isAllowed(url: string): boolean {
  return (
    url.startsWith(`${screenOrigin}/`) ||
    url.startsWith('data:image/') ||
    (!app.isPackaged && url.startsWith('devtools://'))
  );
}
