import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Provider, interactionPolicy, type Configuration } from 'oidc-provider';
import { deviceFlowPages, oidcPages, said, type OidcManners, type OidcUser } from './oidc-pages.ts';
import { createOidcStore, type OidcStore } from './oidc-store.ts';
import { createTestCertificate } from './test-certificate.ts';
import { createTestDirectory } from './test-directory.ts';

export { sampleCorrelation, type OidcUser } from './oidc-pages.ts';

/** An identity server over TLS with an authority of its own, which stands in for Microsoft's. */
export interface OidcServer extends AsyncDisposable {
  readonly authority: string;
  readonly clientId: string;
  readonly caFile: string;
  /** For Dovecot's oauth2 passdb: tells whose a token is, in plain HTTP on loopback. */
  readonly introspectionUrl: string;
  readonly manners: OidcManners;
  readonly store: OidcStore;
  /** What was asked of the token endpoint, oldest first, without secrets: grant type and scope. */
  readonly tokenRequests: readonly { readonly grant: string; readonly scope: string }[];
  /** From now on the token endpoint answers like this; null lets it work again. */
  answerTokensWith(answer: TokenAnswer | null): void;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OidcOptions {
  readonly users?: Readonly<Record<string, OidcUser>>;
}

const imapScope = 'https://outlook.office.com/IMAP.AccessAsUser.All';
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const graphScopes = [
  'https://graph.microsoft.com/Contacts.ReadWrite',
  'https://graph.microsoft.com/Calendars.ReadWrite',
  'https://graph.microsoft.com/Tasks.ReadWrite',
];

/** Starts it. The users' names are mail addresses; the registration is a public client for `http://localhost`. */
export async function startOidcServer(options: OidcOptions = {}): Promise<OidcServer> {
  const { path: directory, remove } = createTestDirectory('oidc');
  const certificate = await createTestCertificate({ directory });
  const manners: OidcManners = {
    users: options.users ?? { 'anna@ente.it': { password: 'segreta' } },
    approvalNeeded: false,
  };
  const store = createOidcStore();
  const tokenRequests: { grant: string; scope: string }[] = [];
  let tokenAnswer: TokenAnswer | null = null;
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;

  const server = createServer(
    { cert: await readFile(certificate.certFile), key: await readFile(certificate.keyFile) },
    (request, response) => {
      handle(request, response);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authority = `https://localhost:${(server.address() as AddressInfo).port}`;
  const clientId = '6b1f0d6e-4c4e-4d0b-9a55-6a3f3b1f2c10';
  const provider = quietly(() => new Provider(authority, configuration(clientId, store)));
  const pages = oidcPages(provider, manners);
  const serve = provider.callback();
  provider.on('grant.success', ctx => {
    const { grant_type: grant = '', scope = '' } = ctx.oidc.params ?? {};
    tokenRequests.push({ grant: String(grant), scope: String(scope) });
  });

  handle = (request, response) => {
    const { url = '' } = request;
    if (url.startsWith('/interaction/'))
      void pages(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    else if (url.startsWith('/token') && tokenAnswer !== null)
      response.writeHead(tokenAnswer.status, tokenAnswer.headers).end(tokenAnswer.body);
    else {
      request.url = asMicrosoftTakesIt(url);
      void (url.startsWith('/token') ? asEntraTakesIt(request, manners) : Promise.resolve(null)).then(refused => {
        if (refused === null) void serve(request, response);
        else response.writeHead(400, { 'content-type': 'application/json' }).end(refused);
      });
    }
  };

  const introspection = createHttpServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const piece of request as AsyncIterable<Buffer>) text += piece.toString();
      const token = await provider.AccessToken.find(new URLSearchParams(text).get('token') ?? '');
      const active = token !== undefined && token.scope?.includes(imapScope) === true;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(active ? { active: 'true', sub: token.accountId } : { active: 'false' }));
    })();
  });
  introspection.listen(0, '127.0.0.1');
  await once(introspection, 'listening');

  return {
    authority,
    clientId,
    caFile: certificate.caFile,
    introspectionUrl: `http://127.0.0.1:${(introspection.address() as AddressInfo).port}/`,
    manners,
    store,
    tokenRequests,
    answerTokensWith: answer => {
      tokenAnswer = answer;
    },
    async [Symbol.asyncDispose]() {
      for (const each of [server, introspection]) {
        each.closeAllConnections();
        await new Promise(resolve => each.close(resolve));
      }
      remove();
    },
  };
}

function configuration(clientId: string, store: OidcStore): Configuration {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return {
    adapter: store.adapter,
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://localhost'],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', deviceGrant],
      },
    ],
    scopes: ['openid', 'offline_access', 'profile', imapScope, ...graphScopes],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
    // Microsoft gives a refresh token whenever offline_access is asked for, and its life hangs on no browser session.
    issueRefreshToken: () => Promise.resolve(true),
    expiresWithSession: () => Promise.resolve(false),
    rotateRefreshToken: true,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: true, ...deviceFlowPages },
      revocation: { enabled: true },
    },
    // msal-node does not look for it in the discovery document.
    routes: { device_authorization: '/devicecode' },
    interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['rig'] },
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 600,
      RefreshToken: 86_400,
      Session: 86_400,
      Grant: 86_400,
      Interaction: 3600,
      IdToken: 3600,
      DeviceCode: 600,
    },
  };
}

/**
 * Microsoft gives offline access without a prompt for consent, and its refresh tokens serve every resource; here both
 * have to be asked for at the beginning.
 */
function asMicrosoftTakesIt(url: string): string {
  if (!url.startsWith('/auth?')) return url;
  const query = new URLSearchParams(url.slice('/auth?'.length));
  query.set('prompt', [query.get('prompt') ?? '', 'consent'].join(' ').trim());
  query.set('scope', [...new Set([...(query.get('scope') ?? '').split(' '), ...graphScopes])].join(' '));
  return `/auth?${query.toString()}`;
}

/**
 * msal-node polls with `device_code`, as before RFC 8628; Microsoft takes that, too. A token for several resources it
 * refuses, and one for what the organisation did not approve.
 *
 * @returns the refusal, null where there is none
 */
async function asEntraTakesIt(request: IncomingMessage, { itemsApproved }: OidcManners): Promise<string | null> {
  let text = '';
  for await (const piece of request as AsyncIterable<Buffer>) text += piece.toString();
  const form = new URLSearchParams(text);
  if (form.get('grant_type') === 'device_code') form.set('grant_type', deviceGrant);
  Object.assign(request, { body: Object.fromEntries(form) });
  const scopes = (form.get('scope') ?? '').split(' ');
  const beside = scopes.filter(scope => graphScopes.includes(scope));
  if (beside.length > 0 && scopes.includes(imapScope))
    return refusal('invalid_request', said(28002, 'The scope is not valid: it contains more than one resource.'));
  const unapproved =
    itemsApproved === 'none'
      ? beside
      : itemsApproved === 'without-tasks'
        ? beside.filter(each => /Tasks/.test(each))
        : [];
  if (unapproved.length === 0) return null;
  return refusal('invalid_grant', said(65001, 'The user or administrator has not consented.'), 'consent_required');
}

function refusal(error: string, description: string, suberror = ''): string {
  return JSON.stringify({ error, suberror, error_description: description });
}

/** It greets every start with warnings that tests have no use for: development keys, an http listener. */
function quietly<T>(make: () => T): T {
  const { warn, info } = console;
  console.warn = () => undefined;
  console.info = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
    console.info = info;
  }
}
