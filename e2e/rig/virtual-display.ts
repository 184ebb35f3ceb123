import { spawn } from 'node:child_process';
import { atExit } from './at-exit.ts';

let display: Promise<string | null> | null = null;

/** A display for windows nobody looks at: the one this process has, else an Xvfb of its own; null where neither is. */
export function virtualDisplay(): Promise<string | null> {
  return (display ??= process.env['DISPLAY'] === undefined ? startXvfb() : Promise.resolve(process.env['DISPLAY']));
}

/** Xvfb chooses a free display itself and says which on the descriptor it is given, once it is ready. */
function startXvfb(): Promise<string | null> {
  return new Promise(resolve => {
    const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    atExit(() => server.kill());
    server.once('error', () => {
      resolve(null);
    });
    server.once('exit', () => {
      resolve(null);
    });
    server.stdio[3]?.once('data', (number: Buffer) => {
      server.unref();
      resolve(`:${number.toString().trim()}`);
    });
  });
}
