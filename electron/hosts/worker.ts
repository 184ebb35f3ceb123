import { methods } from '../../shared/contract.ts';
import { TravasoError } from '../../shared/errors.ts';
import type { Wire } from '../../shared/wire.ts';
import { createEngine } from '../engine/create-engine.ts';
import { defaultPorts } from '../engine/default-ports.ts';
import type { SecretsPort } from '../engine/ports.ts';
import { realPacing } from './transports/job-feed.ts';
import { connectOverPort } from './transports/message-client.ts';
import { serveOverPort } from './transports/message-server.ts';
import { portToStarter } from './transports/port.ts';
import { controlMethods, secretMethods } from './transports/process-tables.ts';
import { serveTable, type Dispatch } from './transports/serve-api.ts';

/**
 * The engine in a process of its own: an Electron utility process, or a child process on the development Node. Mail
 * is hostile input and jobs are long; a crash here costs no window, and main hears of it by the closed port.
 */

const port = portToStarter();
const engine = createEngine(defaultPorts({ secrets: secretsOver(connectOverPort(port)) }));

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

function secretsOver(wire: Wire): SecretsPort {
  const ask = async (name: keyof typeof secretMethods, input: unknown): Promise<unknown> => {
    const outcome = await wire.call(name, input);
    if (!outcome.ok) throw new TravasoError(outcome.problem.code);
    return outcome.value;
  };
  return {
    async keep(signInId, password) {
      await ask('secrets.keep', { signInId, password });
    },
    async password(signInId) {
      const value = await ask('secrets.password', { signInId });
      return secretMethods['secrets.password'].output.parse(value).password;
    },
    async forget(signInId) {
      await ask('secrets.forget', { signInId });
    },
  };
}
