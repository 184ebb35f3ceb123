import { randomUUID } from 'node:crypto';
import { session, type Session } from 'electron';
import { judgeCertificate } from './verify-page.ts';

const signInSessions = new WeakSet<Session>();

/**
 * Where the pages of an identity provider live: in memory, apart from the screens and from every sign-in before. The one
 * kind of session that may reach the network, and by TLS only.
 *
 * @param authorities root certificates (PEM) that count beside those Chromium knows
 */
export function openSignInSession(authorities: readonly string[]): Session {
  const own = session.fromPartition(`sign-in-${randomUUID()}`, { cache: false });
  signInSessions.add(own);
  const asked = new Map<string, Set<number>>();
  own.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  // In place of the handler of every session, which keeps everything away from the network.
  own.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol, hostname, port } = new URL(url);
    const ports = asked.get(hostname) ?? new Set();
    asked.set(hostname, ports.add(port === '' ? 443 : Number(port)));
    answer({ cancel: !['https:', 'wss:', 'data:', 'blob:'].includes(protocol) });
  });
  own.setCertificateVerifyProc((request, answer) => {
    judgeCertificate(request, asked.get(request.hostname) ?? [], authorities).then(answer, () => {
      answer(-2);
    });
  });
  return own;
}

export function isSignInSession(given: Session): boolean {
  return signInSessions.has(given);
}

/** Nothing of it is left for the next one. */
export async function forgetSignInSession(own: Session): Promise<void> {
  await own.closeAllConnections();
  await Promise.all([own.clearStorageData(), own.clearAuthCache(), own.clearCache()]);
}
