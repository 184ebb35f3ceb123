import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateItems } from '../rig/generate-items.ts';
import { archiveItems } from '../rig/items-archive.ts';
import { markdownTable } from './markdown.ts';
import { measure } from './measure.ts';
import { startMemoryDav } from './memory-dav.ts';
import { engineOptions } from './travaso.ts';

const commandLine = fileURLToPath(new URL('../../electron/hosts/cli.ts', import.meta.url));

/**
 * Appointments from an archive to a calendar server in memory, and their proof, which expands every series over ten years.
 * No peer does both, so there is none.
 */
export async function raceItems(events: number, directory: string, say: (text: string) => void): Promise<string> {
  const archive = join(directory, 'items-archive');
  say(`preparing ${events} appointments…`);
  await archiveItems(archive, generateItems({ contacts: 0, events }));
  await using server = await startMemoryDav();
  const to = [
    '--archive',
    archive,
    '--target',
    `dav://anna@127.0.0.1:${server.port}/dav/`,
    '--tls',
    'none-on-loopback',
  ];
  const rows: string[][] = [];
  for (const task of ['upload', 'verify']) {
    say(`${task}…`);
    const args = [...engineOptions.args, commandLine, task, ...to, '--password-env', 'BENCH_PASSWORD', '--json'];
    const command = { program: process.execPath, args, env: { ...engineOptions.env, BENCH_PASSWORD: 'segreta' } };
    const { seconds, cpuSeconds, peakMiB, exitCode } = await measure(command, join(directory, `items-${task}.log`));
    if (exitCode !== 0) throw new Error(`${task} ended with ${exitCode}`);
    const figures = [seconds.toFixed(1), (events / seconds).toFixed(0), cpuSeconds.toFixed(1), peakMiB.toFixed(0)];
    rows.push([task, ...figures]);
  }
  const head = ['', 'seconds', 'items/s', 'CPU s', 'peak RSS MiB'];
  return `### Appointments: ${events}, to a calendar server in memory\n\n${markdownTable(head, rows)}\n`;
}
