import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { methods, type Api, type EngineEvents } from '../../../shared/contract.ts';
import type { Language } from '../../../shared/words/language.ts';
import { createGrantedPaths } from '../transports/granted-paths.ts';
import { hostDispatch } from '../transports/host-dispatch.ts';
import { createHttpApi } from '../transports/http-server.ts';
import { realPacing } from '../transports/job-feed.ts';
import { serveTable } from '../transports/serve-api.ts';
import { createBrowserHost } from './browser-host.ts';
import { createGatekeeper, type Visitor } from './gatekeeper.ts';
import { createHostMemory } from './host-memory.ts';
import { createMessageFrames, type MessageFrames } from './message-frames.ts';
import { createPlacePicker } from './place-picker.ts';
import { reachablePlaces, type Place } from './reachable-places.ts';
import { readScreenFiles, screenFile, type ScreenFiles } from './screen-files.ts';
import { securityHeaders } from './security-headers.ts';
import { refusalPage, welcomePage, type Page } from './web-pages.ts';

export interface WebHostOptions {
  readonly api: Api;
  readonly events: EngineEvents;
  /** The built screens (`dist/renderer`). */
  readonly rendererDir: string;
  /** Where the host keeps what it must know at the next start; made when missing. */
  readonly dataDir: string;
  readonly version: string;
  readonly systemLanguage: Language;
  /** Called once with the link, as soon as it works: opens the browser, or prints it. */
  readonly open: (link: string) => void | Promise<void>;
  /** Where the person may choose from; by default their home and mounted media. */
  readonly places?: () => Promise<readonly Place[]>;
  /** How long a client may take to send a request, in milliseconds; 30 s by default. */
  readonly requestTimeoutMs?: number;
}

export interface WebHost {
  /** `http://127.0.0.1:port`, which answers nobody without a link. */
  readonly origin: string;
  /** A link for a new browser, good once. The browser before it is turned away from then on. */
  newLink(): string;
  close(): Promise<void>;
}

/** Serves the screens and the engine to one browser on this computer. Rejects when `rendererDir` cannot be read, or as `open` does. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const files = await readScreenFiles(options.rendererDir);
  const memory = createHostMemory(options.dataDir);
  const granted = createGrantedPaths(memory.grants);
  const picker = createPlacePicker(options.places ?? reachablePlaces, granted);
  const frames = createMessageFrames();
  const host = createBrowserHost({
    version: options.version,
    systemLanguage: options.systemLanguage,
    memory,
    picker,
    frames,
  });
  const dispatch = hostDispatch(host, serveTable(methods, options.api), granted);
  const api = createHttpApi(dispatch, options.events, realPacing);

  let ownHost = '';
  const gatekeeper = createGatekeeper(() => ownHost);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const decision = gatekeeper.decide(visitorOf(request));
    switch (decision.kind) {
      case 'refuse':
        sendPage(response, refusalPage(decision.status, decision.reason));
        return;
      case 'begin':
        sendPage(response, welcomePage, { 'set-cookie': decision.cookie });
        return;
      case 'admit':
        if (await api.handle(request, response)) return;
        if (!sendFrame(frames, request, response)) sendFile(files, request, response);
    }
  };

  const server = createServer(
    {
      maxHeaderSize: 8 * 1024,
      headersTimeout: options.requestTimeoutMs ?? 10_000,
      requestTimeout: options.requestTimeoutMs ?? 30_000,
      connectionsCheckingInterval: Math.min(5_000, options.requestTimeoutMs ?? 5_000),
    },
    (request, response) => {
      answer(request, response).catch(() => {
        // The client went away in the middle of its request, or what it sent was no HTTP body: nobody to answer.
        response.destroy();
      });
    },
  );
  server.maxConnections = 64;
  await listenOnLoopback(server);
  ownHost = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${ownHost}`;
  const newLink = (): string => {
    api.close();
    return `${origin}/?token=${gatekeeper.newToken()}`;
  };
  const close = (): Promise<void> =>
    new Promise(resolve => {
      api.close();
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  try {
    await options.open(newLink());
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, newLink, close };
}

function visitorOf({ method, url, headers }: IncomingMessage): Visitor {
  return {
    method: method ?? '',
    url: url ?? '',
    host: headers.host,
    origin: headers.origin,
    site: headers['sec-fetch-site'],
    cookie: headers.cookie,
  };
}

function sendPage(response: ServerResponse, page: Page, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(page.status, { 'content-type': 'text/html; charset=utf-8', connection: 'close', ...headers });
  response.end(page.html);
}

/** False where the path is none of a message's. */
function sendFrame(frames: MessageFrames, { method, url }: IncomingMessage, response: ServerResponse): boolean {
  const frame = method === 'GET' ? frames.take(url ?? '') : undefined;
  if (frame !== undefined) response.writeHead(200, frame.headers).end(frame.html);
  return frame !== undefined;
}

function sendFile(files: ScreenFiles, { method, url }: IncomingMessage, response: ServerResponse): void {
  const file = screenFile(files, url?.split('?', 1)[0] ?? '');
  if (method !== 'GET' || file === undefined) {
    response.writeHead(method === 'GET' ? 404 : 405, { connection: 'close' }).end();
    return;
  }
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length }).end(file.body);
}

function listenOnLoopback(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
}
