import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Signals every process of the group; a group already gone is fine. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: nobody left, which is what was wanted.
  }
}

/**
 * The processes of the group that still run. Zombies do not count: they hold no port and no file, and in a
 * container whose first process reaps nobody they stay for ever. Linux only; elsewhere always none.
 */
export function groupProcesses(leader: number): readonly number[] {
  const running = processIds().filter(id => {
    try {
      // proc(5): after the name in parentheses come state, parent and group.
      const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return group === String(leader) && state !== 'Z' && state !== 'X';
    } catch {
      return false;
    }
  });
  return running.map(Number);
}

export function groupRuns(leader: number): boolean {
  return groupProcesses(leader).length > 0;
}

/** SIGKILL to all, and back only when they are gone: a signal sent is not yet a process ended. */
export async function endGroup(leader: number): Promise<void> {
  signalGroup(leader, 'SIGKILL');
  for (let tries = 0; tries < 500 && groupRuns(leader); tries += 1) await delay(10);
}

function processIds(): readonly string[] {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
