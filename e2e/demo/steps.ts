import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type StepName = 'backup' | 'verify' | 'upload' | 'verify-target' | 'report' | 'report-data';

export interface StepResult {
  readonly name: StepName;
  readonly seconds: number;
  readonly exitCode: number;
}

export interface StepOptions {
  /** Folder in which the command runs; the paths in its arguments are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const commandLine = fileURLToPath(new URL('../../electron/hosts/cli.ts', import.meta.url));

/** Shows a command as a person types it, and runs the product's own command line with it on the same terminal. */
export async function runStep(name: StepName, args: readonly string[], options: StepOptions): Promise<StepResult> {
  console.log(`\n$ ${wrapped(['travaso', ...args])}`);
  const started = performance.now();
  const child = spawn(process.execPath, [commandLine, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { name, seconds: (performance.now() - started) / 1000, exitCode: exitCode ?? 130 };
}

/** A shell command in lines of at most 78 columns, an option never parted from its value. */
export function wrapped(words: readonly string[]): string {
  const units: string[] = [];
  for (const word of words) {
    const previous = units.at(-1);
    if (previous !== undefined && /^--[\w-]+$/.test(previous) && !word.startsWith('--')) {
      units[units.length - 1] = `${previous} ${quoted(word)}`;
    } else units.push(quoted(word));
  }
  const lines: string[] = [];
  for (const unit of units) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + unit.length <= 74) lines[lines.length - 1] = `${line} ${unit}`;
    else lines.push(unit);
  }
  return lines.join(' \\\n    ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
