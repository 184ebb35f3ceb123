import { protocol, type Session } from 'electron';
import { screenFile, type ScreenFiles } from '../hosts/web/screen-files.ts';
import { securityHeaders } from '../hosts/web/security-headers.ts';
import { screenOrigin, screenScheme } from './screen-origin.ts';

/** Must run before the app is ready: Electron fixes the privileges of schemes then. */
export function registerScreenScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: screenScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers the screens' own origin from the built files, under the same policy as the web host; nothing else. */
export function serveScreens(session: Session, files: ScreenFiles): void {
  session.protocol.handle(screenScheme, ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = `${screenScheme}://${host}` === screenOrigin ? screenFile(files, pathname) : undefined;
    if (method !== 'GET' || file === undefined) return new Response(null, { status: 404, headers: securityHeaders });
    return new Response(file.body, { headers: { ...securityHeaders, 'content-type': file.type } });
  });
}
