import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FakeRequest } from './fake-account.ts';
import { cookieOf, sessionCookie } from './fake-sessions.ts';
import type { FakeState } from './fake-state.ts';

/** Where the provider posts its word to (the assertion consumer service). */
export const assertionPaths = { zimbra: '/service/extension/samlreceiver', carbonio: '/zx/auth/samlResponse' } as const;

/** What a browser meets on the way to the identity provider and back. False where the path is nothing of it. */
export function answerSaml(state: FakeState, request: FakeRequest, response: ServerResponse): boolean {
  const { identityProvider, edition } = state;
  if (identityProvider === null) return false;
  const isZimbra = edition === 'zimbra';
  const begins = isZimbra ? '/' : '/zx/auth/startSamlWorkflow';
  const path = isZimbra ? assertionPaths.zimbra : assertionPaths.carbonio;
  switch (`${request.method} ${request.path}`) {
    case `GET ${begins}`: {
      if (state.sessions.of(cookieOf(request, 'ZM_AUTH_TOKEN')) !== null) return false;
      const id = `_${randomUUID()}`;
      state.samlRequests.set(id, request.query.get('redirectUrl') ?? '/');
      const consumer = `https://${request.headers['host'] ?? ''}${path}`;
      response.writeHead(302, { location: identityProvider.signInUrl({ id, consumer }) }).end();
      return true;
    }
    case `POST ${path}`: {
      const form = new URLSearchParams(request.body.toString());
      const word = identityProvider.readWord(form.get('SAMLResponse') ?? '');
      const goOn = word === null ? undefined : state.samlRequests.get(word.id);
      const account = state.accounts.get(word?.user.toLowerCase() ?? '');
      if (word === null || goOn === undefined || account === undefined) {
        response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>SAML: 403</h1>');
        return true;
      }
      state.samlRequests.delete(word.id);
      const { token } = state.sessions.open(account);
      response.setHeader('set-cookie', [
        sessionCookie(token),
        ...(isZimbra ? [] : [`ZX_AUTH_TOKEN=zx${token}; Path=/; Secure; HttpOnly`]),
      ]);
      response.writeHead(302, { location: goOn }).end();
      return true;
    }
    default:
      return false;
  }
}
