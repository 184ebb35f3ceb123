import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';

/** One line of `--json` output. */
export type CliEvent = Readonly<Record<string, unknown>> & { readonly event: string };

export interface CliResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly events: readonly CliEvent[];
  /** The last event when it is the `result`, else null: a run that was cut short has none. */
  readonly result: CliEvent | null;
  /** Lines that are not JSON objects with an `event`; all of them without `--json`. */
  readonly text: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Added to this process's environment; `undefined` takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which then ends: the password for `--password-stdin`. */
  readonly stdin?: string;
  readonly cwd?: string;
  /** Another program than the command line from the sources, e.g. the packaged one: command and leading arguments. */
  readonly command?: readonly [string, ...string[]];
}

/** A command line at work. */
export interface CliRun extends AsyncDisposable {
  readonly pid: number;
  readonly finished: Promise<CliResult>;
  /** The first event, past or to come, that satisfies; null when the run ends without one. */
  waitFor(satisfies: (event: CliEvent) => boolean): Promise<CliEvent | null>;
  /** Default: SIGKILL, which no program can prepare for. */
  kill(signal?: NodeJS.Signals): Promise<CliResult>;
}

const fromSources = fileURLToPath(new URL('../../electron/hosts/cli.ts', import.meta.url));

/** Runs the command line to its end. Never rejects because of what the command line did. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).finished;
}

/** Starts the command line and comes back at once. Disposing kills it when it still runs. */
export function startCli(args: readonly string[], options: CliOptions = {}): CliRun {
  const [command, ...leading] = options.command ?? [process.execPath, fromSources];
  const child = spawn(command, [...leading, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: 'pipe',
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  // It may end without reading what it was given; that is its business and shows in the exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');

  const events: CliEvent[] = [];
  const waiting = new Set<(event: CliEvent) => void>();
  let text = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));

  const readOutput = async (): Promise<void> => {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
      const event = parseCliEvent(line);
      if (event === null) text += `${line}\n`;
      else {
        events.push(event);
        for (const tell of waiting) tell(event);
      }
    }
  };
  const finish = async (): Promise<CliResult> => {
    const [[exitCode, signal]] = await Promise.all([
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
      readOutput(),
    ]);
    forget();
    const last = events.at(-1);
    return { exitCode, signal, events, result: last?.event === 'result' ? last : null, text, stderr };
  };
  const finished = finish();

  return {
    pid: child.pid ?? -1,
    finished,
    async waitFor(satisfies) {
      const past = events.find(satisfies);
      if (past !== undefined) return past;
      const coming = new Promise<CliEvent>(resolve => {
        waiting.add(event => {
          if (satisfies(event)) resolve(event);
        });
      });
      return Promise.race([coming, finished.then(() => null)]);
    },
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return finished;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await finished;
    },
  };
}

/** A line of `--json` output; null for any other. */
export function parseCliEvent(line: string): CliEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value ? (value as CliEvent) : null;
  } catch {
    return null;
  }
}
