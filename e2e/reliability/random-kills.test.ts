import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { startMeteredLine } from '../rig/metered-line.ts';
import type { MeteredLine } from '../rig/metered-line.ts';
import { seededRandom } from '../rig/seeded-random.ts';
import {
  accountFaults,
  archiveFaults,
  backupArgs,
  copyOf,
  inParallel,
  manyUsers,
  newFolder,
  run,
  runTo,
  startFaulty,
  uploadArgs,
} from './journey.ts';

/** In each direction. */
const kills = 100;
/** More than a hundred processes start in each test; on two busy cores that takes its time. */
const timeout = 900_000;
/** Kills one archive or target goes through before it is let to the end. */
const killsEach = 20;

describe.skipIf(!dovecotAvailable())(
  `${2 * kills} times kill -9 at a random octet, over 2,000 messages in both directions`,
  () => {
    let server: DovecotServer;
    let facts: readonly MailFact[];
    let octets: number;
    beforeAll(async () => {
      server = await startDovecot({ users: manyUsers(kills / killsEach), tls: 'none' });
      const mailbox = generateMailbox({ messages: 2_000, medianSize: 1_500, largeShare: 0, duplicateShare: 0.05 });
      facts = loadMaildir(server, mailbox, { user: 'mario' });
      octets = facts.reduce((sum, fact) => sum + fact.size, 0);
    });
    afterAll(() => server[Symbol.asyncDispose]());

    test('a backup ends with exactly the mailbox', { timeout }, async () => {
      const { killed, wrong } = await killAtRandom(server, 'down', octets, async line => {
        const archive = await newFolder();
        const format = line % 2 === 0 ? 'mbox' : 'eml';
        const args = (port: number): string[] => backupArgs(archive, { user: 'mario', port }, '--format', format);
        return { args, faults: () => archiveFaults(archive, facts) };
      });
      expect(wrong).toEqual([]);
      expect(killed).toBe(kills);
    });

    test('an upload leaves each message at the target exactly once', { timeout }, async () => {
      const archive = await newFolder();
      await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
      const { killed, wrong } = await killAtRandom(server, 'up', octets, async line => {
        const copy = await copyOf(archive);
        const args = (port: number): string[] => uploadArgs(copy, { user: `u${line}`, port });
        return { args, faults: () => accountFaults(server, `u${line}`, facts) };
      });
      expect(wrong).toEqual([]);
      expect(killed).toBe(kills);
    });
  },
);

interface Victim {
  readonly args: (port: number) => string[];
  readonly faults: () => Promise<readonly string[]>;
}

/** Starts and kills until all kills are done, several victims each, then lets each victim end and looks at it. */
async function killAtRandom(
  server: DovecotServer,
  direction: 'down' | 'up',
  octets: number,
  prepare: (line: number) => Promise<Victim>,
): Promise<{ killed: number; wrong: readonly string[] }> {
  const wrong: string[] = [];
  let killed = 0;
  await inParallel(2, Array.from({ length: kills / killsEach }).keys(), async index => {
    const random = seededRandom(11, index, direction === 'up' ? 1 : 0);
    await using line: MeteredLine = await startMeteredLine(server.ports.imap);
    const victim = await prepare(index);
    for (let kill = 0; kill < killsEach; kill += 1) {
      const child = startFaulty(victim.args(line.port), null);
      // Mostly far from the end, so that the next kill finds work to interrupt; at times before the first message.
      const passed = line.afterOctets(direction, 200 + random.below((1.2 * octets) / killsEach));
      const ended = await Promise.race([passed.then(() => child.kill()), child.finished]);
      passed.cancel();
      if (ended.signal === 'SIGKILL') killed += 1;
      else
        wrong.push(`victim ${index} ended with ${ended.exitCode} before kill ${kill}: ${JSON.stringify(ended.result)}`);
    }
    const { exitCode, result } = await run(victim.args(line.port));
    if (exitCode !== 0) wrong.push(`victim ${index} ended with ${exitCode}: ${JSON.stringify(result)}`);
    wrong.push(...(await victim.faults()).map(fault => `victim ${index}: ${fault}`));
  });
  return { killed, wrong };
}
