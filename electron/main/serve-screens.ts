import { protocol, type Session } from 'electron';
import type { MessageFrames } from '../hosts/web/message-frames.ts';
import { screenFile, type ScreenFiles } from '../hosts/web/screen-files.ts';
import { securityHeaders } from '../hosts/web/security-headers.ts';
import { screenOrigin, screenScheme } from './screen-origin.ts';

/** Must run before the app is ready: Electron fixes the privileges of schemes then. */
export function registerScreenScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: screenScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers the screens' own origin from the built files and messages to be shown, under the same policies as the web host. */
export function serveScreens(session: Session, files: ScreenFiles, frames: MessageFrames): void {
  session.protocol.handle(screenScheme, ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const ours = method === 'GET' && `${screenScheme}://${host}` === screenOrigin;
    const frame = ours ? frames.take(pathname) : undefined;
    if (frame !== undefined) return new Response(frame.html, { headers: frame.headers });
    const file = ours ? screenFile(files, pathname) : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers: securityHeaders });
    return new Response(file.body, { headers: { ...securityHeaders, 'content-type': file.type } });
  });
}
