import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTestCertificate } from '../../rig/test-certificate.ts';
import { createTestDirectory } from '../../rig/test-directory.ts';

export interface SamlRequest {
  readonly id: string;
  /** Where the word goes to. */
  readonly consumer: string;
}

/** An organisation's identity provider, as a browser meets it: a server of its own, a form, a word posted back. */
export interface IdentityProvider extends AsyncDisposable {
  readonly host: string;
  readonly caFile: string;
  signInUrl(request: SamlRequest): string;
  /** Null for one that is not its own. */
  readWord(word: string): { readonly id: string; readonly user: string } | null;
  /** What its page came to, where it tried what it may not, as `attempt: outcome`. */
  readonly attempts: string[];
  /** What this page is sent to in place of the form, once: a page in the clear, one that cannot be reached. */
  detour: string | null;
}

/** @param users passwords by user name */
export async function startIdentityProvider(users: Readonly<Record<string, string>>): Promise<IdentityProvider> {
  const directory = createTestDirectory('identity-provider');
  const { caFile, certFile, keyFile } = await createTestCertificate({ directory: directory.path });
  const key = randomBytes(32);
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const attempts: string[] = [];
  const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error('identity provider:', error);
      response.destroy();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    host,
    caFile,
    attempts,
    detour: null,
    signInUrl: ({ id, consumer }) => `https://${host}/sso?${new URLSearchParams({ id, consumer }).toString()}`,
    readWord(word) {
      const [id = '', user = '', seal = ''] = Buffer.from(word, 'base64').toString().split('\n');
      return seal === sign(`${id}\n${user}`) ? { id, user } : null;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      directory.remove();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', `https://${host}`);
    const asked = { id: searchParams.get('id') ?? '', consumer: searchParams.get('consumer') ?? '' };
    const form = new URLSearchParams(await bodyOf(request));
    // A page of somebody else's may call its own cookie what it likes.
    response.setHeader('set-cookie', 'ZM_AUTH_TOKEN=cookie-of-the-provider; Path=/; Secure; HttpOnly');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (pathname === '/attempts') {
      attempts.push(...searchParams.getAll('attempt'));
      response.end();
    } else if (pathname === '/sso' && provider.detour !== null) {
      response.writeHead(302, { location: provider.detour }).end();
      provider.detour = null;
    } else if (request.method === 'POST' && users[form.get('user') ?? ''] === form.get('password')) {
      const said = `${asked.id}\n${form.get('user') ?? ''}`;
      const word = Buffer.from(`${said}\n${sign(said)}`).toString('base64');
      response.end(postingPage(asked.consumer, word));
    } else {
      response.end(formPage(request.method === 'POST'));
    }
  }
  return provider;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

/** Tries what a page that was taken over would, and says what came of it. */
const attemptsScript = `
  document.title = 'La tua banca';
  const told = [];
  const tell = (attempt, outcome) => told.push('attempt=' + encodeURIComponent(attempt + ': ' + outcome));
  tell('second window', window.open('https://localhost/') === null ? 'none' : 'opened');
  tell('bridge', typeof window.travaso);
  tell('node', typeof window.require + ' ' + typeof window.process);
  Promise.all([
    Notification.requestPermission().then(answer => tell('notifications', answer)),
    navigator.mediaDevices.getUserMedia({ audio: true }).then(() => tell('microphone', 'heard'), () => tell('microphone', 'none')),
    fetch('http://127.0.0.1:9/').then(() => tell('clear text', 'sent'), () => tell('clear text', 'none')),
  ]).then(() => fetch('/attempts?' + told.join('&')));`;

function formPage(refused: boolean): string {
  return `<!doctype html><html lang="it"><head><title>Accesso unico</title></head><body><main>
<h1>Accesso unico dell’ente</h1>${refused ? '<p role="alert">Nome o password sbagliati</p>' : ''}
<form method="post"><label>Utente <input name="user" autofocus></label>
<label>Password <input name="password" type="password"></label><button>Accedi</button></form></main>
<script>${attemptsScript}</script></body></html>`;
}

function postingPage(consumer: string, word: string): string {
  return `<!doctype html><html lang="it"><head><title>…</title></head><body><form method="post" action="${consumer}">
<input type="hidden" name="SAMLResponse" value="${word}"><button>Continua</button></form>
<script>document.forms[0].submit()</script></body></html>`;
}
