import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { connectDirectly } from './direct.ts';
import { connectOverHttp } from './http-client.ts';
import { createHttpApi } from './http-server.ts';
import { connectOverPort } from './message-client.ts';
import { serveOverPort } from './message-server.ts';
import { portOfChildProcess, portOfMessagePort } from './port.ts';
import { transportSuite } from './suite.ts';

transportSuite('direct', ({ dispatch, events, pacing }) =>
  Promise.resolve({ wire: connectDirectly(dispatch, events, pacing), close: () => Promise.resolve() }),
);

transportSuite('message port', ({ dispatch, events, pacing }) => {
  const { port1, port2 } = new MessageChannel();
  serveOverPort(portOfMessagePort(port1), dispatch, events, pacing);
  return Promise.resolve({
    wire: connectOverPort(portOfMessagePort(port2)),
    close: () => {
      port1.close();
      return Promise.resolve();
    },
  });
});

transportSuite('loopback HTTP', async ({ dispatch, events, pacing }) => {
  const api = createHttpApi(dispatch, events, pacing);
  const server = createServer((request, response) => void api.handle(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const wire = connectOverHttp({ origin: `http://127.0.0.1:${port}`, headers: {}, pacing });
  return {
    wire,
    cutLine: () => {
      server.closeAllConnections();
      return Promise.resolve();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
});

test('a call to a process that has died comes to an answer, and so does every later one', async () => {
  const child = spawn(process.execPath, ['-e', 'process.once("message", () => process.exit(1))'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const wire = connectOverPort(portOfChildProcess(child));
  expect(await wire.call('jobs.list', { archive: 'x' })).toMatchObject({
    ok: false,
    problem: { code: 'ENGINE_STOPPED' },
  });
  expect(await wire.call('jobs.list', { archive: 'x' })).toMatchObject({ problem: { code: 'ENGINE_STOPPED' } });
});
