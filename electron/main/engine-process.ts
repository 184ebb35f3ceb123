import { spawn } from 'node:child_process';
import { app, utilityProcess } from 'electron';
import { portOfChildProcess, portOfUtilityProcess } from '../hosts/transports/port.ts';
import type { EngineProcess } from './engine-link.ts';

/** Put in by the build from `build/scripts/engine-options.mjs`, where the reasons stand. */
declare const ENGINE_V8_FLAGS: readonly string[];

/**
 * Starts the engine's process on `worker`, a built file; `args` are its arguments. In an app that is not packaged
 * `TRAVASO_ENGINE_NODE` may name a Node to run it on instead of Electron's own, for runtimes whose Node is too old for
 * the engine's native module.
 */
export function startEngineProcess(worker: string, args: readonly string[]): EngineProcess {
  const node = app.isPackaged ? undefined : process.env['TRAVASO_ENGINE_NODE'];
  return node === undefined ? startUtilityProcess(worker, args) : startOnNode(node, worker, args);
}

function startUtilityProcess(worker: string, args: readonly string[]): EngineProcess {
  const child = utilityProcess.fork(worker, [...args], {
    serviceName: 'Travaso',
    stdio: 'inherit',
    // A utility process hands V8 nothing but what stands in this switch of Chromium's; as Node's own options they are
    // listed in `process.execArgv` and have no effect.
    execArgv: [`--js-flags=${ENGINE_V8_FLAGS.join(' ')}`],
    env: engineEnvironment(),
  });
  return { port: portOfUtilityProcess(child), kill: () => child.kill() };
}

function startOnNode(node: string, worker: string, args: readonly string[]): EngineProcess {
  const child = spawn(node, [...ENGINE_V8_FLAGS, worker, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: engineEnvironment(),
  });
  return { port: portOfChildProcess(child), kill: () => child.kill('SIGKILL') };
}

/** What changes how Node itself runs: preloaded modules, debuggers, foreign certificates. */
const foreignVariables = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'ELECTRON_RUN_AS_NODE', 'TRAVASO_ENGINE_NODE'];

function engineEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreignVariables.includes(name)));
}
