import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { methods } from '../../shared/contract.ts';
import { TravasoError } from '../../shared/errors.ts';
import type { Wire } from '../../shared/wire.ts';
import { createEngine } from '../engine/create-engine.ts';
import { defaultPorts } from '../engine/default-ports.ts';
import type { Ports, SecretsPort, SignInPage } from '../engine/ports.ts';
import { cacheFolder } from './cache-folder.ts';
import { environmentProxy } from './environment-proxy.ts';
import { organisationFile, organisationFileName } from './organisation-file.ts';
import { realPacing } from './transports/job-feed.ts';
import { connectOverPort } from './transports/message-client.ts';
import { serveOverPort } from './transports/message-server.ts';
import { portToStarter } from './transports/port.ts';
import { browserMethods, controlMethods, secretMethods, signInWindowMethods } from './transports/process-tables.ts';
import { serveTable, type Dispatch } from './transports/serve-api.ts';

/**
 * Runs the engine in the process this is called in, for the host that started it: it hears calls on the line to its
 * starter, and asks there for secrets and for the browser. `more` goes before the ports of the product.
 */
export function runWorker(more: Partial<Ports> = {}): void {
  const port = portToStarter();
  const starter = connectOverPort(port);
  const [dataDir, builtInProfile = null] = process.argv.slice(2);
  if (dataDir === undefined) throw new Error('the worker needs to know where its host keeps things');
  const engine = createEngine(
    defaultPorts({
      secrets: secretsOver(starter),
      openBrowser: async url => {
        await ask(starter, 'browser.open', { url });
      },
      openSignInWindow: (page, signal) => openWindowOver(starter, page, signal),
      findProxy: url => proxyOver(starter, url),
      organisation: organisationFile(join(dataDir, organisationFileName), builtInProfile),
      cacheFolder: cacheFolder(process.env),
      ...more,
    }),
  );

  const toControl = serveTable(controlMethods, {
    'engine.close': async () => {
      await engine.close();
      return {};
    },
    'engine.lineLost': () => {
      engine.lineLost();
      return Promise.resolve({});
    },
  });
  const toEngine = serveTable(methods, engine.api);
  const dispatch: Dispatch = (name, input) =>
    Object.hasOwn(controlMethods, name) ? toControl(name, input) : toEngine(name, input);

  serveOverPort(port, dispatch, engine.events, realPacing);
  port.onClose(() => {
    // The window's process is gone. Work could go on unseen, but nobody could ever stop it.
    void engine.close().finally(() => process.exit(0));
  });
}

function secretsOver(wire: Wire): SecretsPort {
  return {
    async keep(signInId, password) {
      const value = await ask(wire, 'secrets.keep', { signInId, password });
      return secretMethods['secrets.keep'].output.parse(value).lasting;
    },
    async password(signInId) {
      const value = await ask(wire, 'secrets.password', { signInId });
      return secretMethods['secrets.password'].output.parse(value).password;
    },
    async forget(signInId) {
      await ask(wire, 'secrets.forget', { signInId });
    },
  };
}

/** What the environment says goes first; a starter that cannot tell means none. */
async function proxyOver(wire: Wire, url: string): Promise<string | null> {
  const named = environmentProxy(process.env, url);
  if (named !== undefined) return named;
  const outcome = await wire.call('proxy.find', { url });
  return outcome.ok ? browserMethods['proxy.find'].output.parse(outcome.value).proxy : null;
}

/** The window is the starter's; closed here, it is closed there. */
async function openWindowOver(wire: Wire, page: SignInPage, signal: AbortSignal): Promise<readonly string[] | null> {
  if (signal.aborted) return null;
  const id = randomUUID();
  const close = (): void => {
    // Gone already, then: what it came to is on its way.
    void ask(wire, 'signInWindow.close', { id }).catch(() => undefined);
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    const value = await ask(wire, 'signInWindow.open', { id, ...page });
    const ending = signInWindowMethods['signInWindow.open'].output.parse(value);
    if (ending.ended === 'failed') throw new TravasoError(ending.code, { host: ending.host });
    return ending.ended === 'signed-in' ? ending.cookies : null;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

async function ask(
  wire: Wire,
  name: keyof typeof secretMethods | keyof typeof browserMethods | keyof typeof signInWindowMethods,
  input: unknown,
): Promise<unknown> {
  const outcome = await wire.call(name, input);
  if (!outcome.ok) throw new TravasoError(outcome.problem.code);
  return outcome.value;
}
