import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ports } from '../../electron/engine/ports.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { startFaultProxy } from '../rig/fault-proxy.ts';
import type { FaultProxy, FaultRule } from '../rig/fault-proxy.ts';
import { hurriedClock } from '../rig/hurried-clock.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import type { CliResult } from '../rig/run-cli.ts';
import {
  accountOf,
  backupArgs,
  expectAccount,
  expectArchive,
  manyUsers,
  newFolder,
  run,
  runTo,
  untilTestEnds,
  uploadArgs,
} from './journey.ts';
import { plain } from './small-mailbox.ts';

/** Nobody waits two minutes for a silent server here, nor half a minute for a busy one. */
const ports: Partial<Ports> = {
  imapTimeouts: { silence: 1500, greeting: 5000 },
  clock: hurriedClock,
};

interface BadLine {
  readonly name: string;
  readonly rules: readonly FaultRule[];
  readonly worsen?: (proxy: FaultProxy) => void;
}

const lines: readonly BadLine[] = [
  {
    name: 'cut in 30 % of the messages',
    rules: [
      { at: 'server-literal', byte: 'random', minSize: 300, action: 'cut', probability: 0.3 },
      { at: 'append-literal', byte: 'random', action: 'cut', probability: 0.3 },
    ],
  },
  {
    name: 'reset at 30 % of the commands that carry mail',
    rules: [{ at: 'command', match: /^(UID FETCH|APPEND)/i, action: 'reset', probability: 0.3 }],
  },
  {
    name: 'BYE now and then',
    rules: [
      {
        at: 'command',
        match: /^(UID FETCH|APPEND|EXAMINE|SELECT)/i,
        action: { bye: 'Manutenzione' },
        probability: 0.2,
      },
    ],
  },
  {
    name: 'NO [INUSE] now and then',
    rules: [
      {
        at: 'command',
        match: /^(UID FETCH|APPEND)/i,
        action: { answer: 'NO [INUSE] Riprovare' },
        probability: 0.2,
      },
    ],
  },
  {
    name: 'falls silent and stays open',
    rules: [
      { at: 'server-literal', byte: 'random', minSize: 300, action: 'freeze', nth: 20, times: 3 },
      { at: 'append-literal', byte: 'random', action: 'freeze', nth: 5, times: 2 },
      { at: 'reply', match: /^APPEND/i, action: 'freeze', nth: 2, times: 2 },
    ],
  },
  {
    name: 'slow, in small pieces',
    rules: [],
    worsen: proxy => Object.assign(proxy.quality, { latencyMs: 5, bytesPerSecond: 400_000, sliceBytes: 700 }),
  },
];

describe.skipIf(!dovecotAvailable())('over a line that is', () => {
  let server: DovecotServer;
  let facts: readonly MailFact[];
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(lines.length), tls: 'none' });
    const mailbox = generateMailbox({ messages: 150, medianSize: 1_500, largeShare: 0, duplicateShare: 0.1 });
    facts = loadMaildir(server, mailbox, { user: 'mario' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(lines.map((line, index) => ({ ...line, user: `u${index}` })))('$name', async ({ rules, worsen, user }) => {
    const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap, seed: 5 }));
    const archive = await newFolder();
    worsen?.(proxy);
    const faults = rules.map(rule => proxy.inject(rule));
    await untilSucceeded(backupArgs(archive, { user: 'mario', port: proxy.port }));
    await expectArchive(archive, facts);
    await untilSucceeded(uploadArgs(archive, { user, port: proxy.port }));
    await expectAccount(server, user, facts);
    for (const { fired, rule } of faults) expect(fired, JSON.stringify(rule)).toBeGreaterThan(0);
  });

  /** The person's part: type the same again when it says that it could not finish. */
  async function untilSucceeded(args: readonly string[]): Promise<CliResult> {
    const ends: unknown[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      const result = await run(args, { ports });
      if (result.exitCode === 0) return result;
      ends.push(result.exitCode, result.result);
      // Unfinished is one thing; our own fault, damage or a usage error would be another.
      expect([2, 75], JSON.stringify(result.result)).toContain(result.exitCode);
    }
    throw new Error(`It did not come to an end: ${JSON.stringify(ends)}`);
  }
});

describe.skipIf(!dovecotAvailable())('one message that breaks the line every time', () => {
  const mailbox = Array.from({ length: 25 }, (_, index) => plain(['INBOX'], `Numero ${index}`, `<${index}@ente.it>`));
  const poison = plain(['INBOX'], 'Veleno', '<veleno@ente.it>', 'x'.repeat(50_000));
  const messages = [...mailbox.slice(0, 12), poison, ...mailbox.slice(12)];
  const breaking = 40_000;

  test('is set aside by the backup, and the others arrive', async () => {
    const server = untilTestEnds(await startDovecot({ tls: 'none' }));
    const facts = loadMaildir(server, messages, { user: 'mario' });
    const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap }));
    const archive = await newFolder();
    proxy.inject({ at: 'server-literal', byte: 30_000, minSize: breaking, action: 'cut', times: Infinity });
    const args = backupArgs(archive, { user: 'mario', port: proxy.port });
    const { result } = await runTo(2, args, { ports });
    expect(result?.['messages']).toMatchObject({ found: 26, stored: 25, setAside: 1 });
    expect(result?.['exceptions']).toMatchObject([{ code: 'MESSAGE_UNREADABLE', key: '13' }]);
    await expectArchive(
      archive,
      facts.filter(fact => fact.size < breaking),
    );

    proxy.heal();
    await runTo(0, args);
    await expectArchive(archive, facts);
  });

  test('is set aside by the upload, and the others arrive', async () => {
    const server = untilTestEnds(await startDovecot({ users: manyUsers(1), tls: 'none' }));
    const facts = loadMaildir(server, messages, { user: 'mario' });
    const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap }));
    const archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
    proxy.inject({ at: 'append-literal', byte: 30_000, minSize: breaking, action: 'cut', times: Infinity });
    const args = uploadArgs(archive, { user: 'u0', port: proxy.port });
    const { result } = await runTo(2, args, { ports });
    expect(result?.['messages']).toMatchObject({ found: 26, uploaded: 25, setAside: 1 });
    const { messages: arrived } = await accountOf(server, 'u0');
    expect(arrived).toHaveLength(25);

    proxy.heal();
    await runTo(0, args);
    await expectAccount(server, 'u0', facts);
  });
});
