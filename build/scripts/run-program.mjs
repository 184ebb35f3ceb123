import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * Runs a program in this one's place: same streams, same signals. Resolves with its exit code; when a signal ended the
 * program, it ends this process too.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
export async function runProgram(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  // Ctrl-C reaches every program at the terminal by itself, and npm sends it to its script once more. Passed on as
  // well, one keystroke would be two, and the second one means "at once". Without a terminal it is ours to hand down.
  const passed = hasTerminal() ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of passed) process.once(signal, () => child.kill(signal));
  // Whatever comes again, this process stays until the program has ended, so that nobody reads an exit code too early.
  for (const signal of ['SIGINT', ...passed]) process.on(signal, stay);
  const ended = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  if (ended.signal === null) return ended.code;
  process.removeAllListeners(ended.signal);
  process.kill(process.pid, ended.signal);
  // Reached only for a signal that this process survives: the shell's way of saying it.
  return 128;
}

function stay() {}

function hasTerminal() {
  if (process.platform === 'win32') return true;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
