import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from '../rig/at-exit.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Measurement {
  /** Wall clock, from the start of the process to its end. */
  readonly seconds: number;
  /** Of all its threads, user and system. */
  readonly cpuSeconds: number;
  /** High-water mark of the resident set, in MiB (10^6 would flatter). */
  readonly peakMiB: number;
  readonly exitCode: number | null;
}

/** How often the process is looked at. The kernel keeps the high-water mark itself; only its last look is missed. */
const lookEveryMs = 20;
const ticksPerSecond = 100;

/** Runs a program to its end. Its output goes to `logFile`: reading it here would take time from what is measured. */
export async function measure({ program, args, env }: Command, logFile: string): Promise<Measurement> {
  const log = openSync(logFile, 'w');
  const started = performance.now();
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  const forget = atExit(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    at: performance.now(),
  }));
  let usage = { cpuSeconds: 0, peakMiB: 0 };
  let end: Awaited<typeof ended> | null = null;
  while (end === null) {
    if (child.pid !== undefined) usage = usageOf(child.pid) ?? usage;
    end = await Promise.race([ended, delay(lookEveryMs, null)]);
  }
  forget();
  closeSync(log);
  return { ...usage, seconds: (end.at - started) / 1000, exitCode: end.exitCode };
}

/** From proc(5); null once the process is gone. */
function usageOf(pid: number): Pick<Measurement, 'cpuSeconds' | 'peakMiB'> | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Behind the name in parentheses: state is field 3, utime and stime are fields 14 and 15.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    // A zombie has no memory any more.
    if (peak === undefined) return null;
    return { peakMiB: Number(peak) / 1024, cpuSeconds: (Number(user) + Number(system)) / ticksPerSecond };
  } catch {
    return null;
  }
}

/** Each figure's own median. An exit code other than 0 wins over all others. */
export function medianOf(measurements: readonly Measurement[]): Measurement {
  const median = (pick: (measurement: Measurement) => number): number => {
    const sorted = measurements.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  };
  return {
    seconds: median(({ seconds }) => seconds),
    cpuSeconds: median(({ cpuSeconds }) => cpuSeconds),
    peakMiB: median(({ peakMiB }) => peakMiB),
    exitCode: measurements.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0,
  };
}
