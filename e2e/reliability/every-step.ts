import { lossyDiskVariable, plannedFaults } from '../rig/planned-faults.ts';
import { join } from 'node:path';
import { inParallel, newFolder, run, startFaulty } from './journey.ts';

export interface Trial {
  /** Which moment, counted from 1. */
  readonly at: number;
  readonly args: readonly string[];
  /** What is not as it should be once the trial's command was run again to its end. */
  readonly faults: (at: number) => Promise<readonly string[]>;
}

/** Every moment before and after a durable step that this command goes through. */
export async function momentsOf(args: readonly string[]): Promise<readonly string[]> {
  const faults = plannedFaults(null);
  const { exitCode, result, stderr } = await run(args, { ports: { faults } });
  if (exitCode !== 0)
    throw new Error(`The undisturbed run ended with ${exitCode}: ${JSON.stringify(result)} ${stderr}`);
  return faults.moments;
}

/**
 * For every moment: a process of its own that ends there, by SIGKILL or by a power cut; then the same command again.
 * Returns what was wrong afterwards, by moment; empty when every trial came out exact.
 */
export async function endAtEveryMoment(
  moments: readonly string[],
  how: 'kill' | 'power-cut',
  prepare: (at: number) => Promise<Trial>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  await inParallel(
    3,
    moments.map((moment, index) => ({ moment, at: index + 1 })),
    async ({ moment, at }) => {
      const trial = await prepare(at);
      const ended = await startFaulty(trial.args, `${at}:${how}`, how === 'kill' ? {} : { env: await lossyDisk() })
        .finished;
      const faults: string[] = [];
      if (ended.signal !== 'SIGKILL')
        faults.push(`did not end there but with ${ended.exitCode}: ${JSON.stringify(ended.result)} ${ended.stderr}`);
      const again = await run(trial.args);
      if (again.exitCode !== 0) faults.push(`ended with ${again.exitCode}: ${JSON.stringify(again.result)}`);
      else faults.push(...(await trial.faults(at)));
      wrong.push(...faults.map(fault => `${at} ${moment}: ${fault}`));
    },
  );
  return wrong;
}

/** The environment in which a process may lose what it did not sync. */
export async function lossyDisk(): Promise<Record<string, string>> {
  return { [lossyDiskVariable]: join(await newFolder(), 'unsafe') };
}
