import { spawn } from 'node:child_process';
import { app, utilityProcess } from 'electron';
import { portOfChildProcess, portOfUtilityProcess } from '../hosts/transports/port.ts';
import type { EngineProcess } from './engine-link.ts';

/**
 * Starts the engine's process on `worker`, a built file. In an app that is not packaged `TRAVASO_ENGINE_NODE` may name
 * a Node to run it on instead of Electron's own, for runtimes whose Node is too old for the engine's native module.
 */
export function startEngineProcess(worker: string): EngineProcess {
  const node = app.isPackaged ? undefined : process.env['TRAVASO_ENGINE_NODE'];
  return node === undefined ? startUtilityProcess(worker) : startOnNode(node, worker);
}

function startUtilityProcess(worker: string): EngineProcess {
  const child = utilityProcess.fork(worker, [], { serviceName: 'Travaso', stdio: 'inherit', env: engineEnvironment() });
  return { port: portOfUtilityProcess(child), kill: () => child.kill() };
}

function startOnNode(node: string, worker: string): EngineProcess {
  const child = spawn(node, [worker], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: engineEnvironment() });
  return { port: portOfChildProcess(child), kill: () => child.kill('SIGKILL') };
}

/** What changes how Node itself runs: preloaded modules, debuggers, foreign certificates. */
const foreignVariables = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'ELECTRON_RUN_AS_NODE', 'TRAVASO_ENGINE_NODE'];

function engineEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreignVariables.includes(name)));
}
