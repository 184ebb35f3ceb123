import { runCommandLine } from '../../electron/hosts/cli/run-command-line.ts';
import type { Ports } from '../../electron/engine/ports.ts';
import { parseCliEvent, type CliEvent, type CliResult } from './run-cli.ts';

export interface HereOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly ports?: Partial<Ports>;
}

/** The command line within this process: no start-up time, ports of the test's own. As `runCli` otherwise. */
export async function runHere(args: readonly string[], { env = {}, ports = {} }: HereOptions = {}): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const io = {
    stdin: nothing(),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { ...process.env, ...env },
    on: () => undefined,
    off: () => undefined,
  };
  const exitCode = await runCommandLine(args, io, { ports });
  const events: CliEvent[] = [];
  let text = '';
  for (const line of stdout.split('\n')) {
    const event = line === '' ? null : parseCliEvent(line);
    if (event !== null) events.push(event);
    else if (line !== '') text += `${line}\n`;
  }
  const last = events.at(-1);
  return { exitCode, signal: null, events, result: last?.event === 'result' ? last : null, text, stderr };
}

async function* nothing(): AsyncGenerator<Buffer> {
  yield* [] as Buffer[];
  await Promise.resolve();
}
