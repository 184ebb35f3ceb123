import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SystemFlag } from '../shared/model/message.ts';
import type { ScriptedFolder, ScriptedMessage } from '../electron/engine/testing/scripted-source.ts';
import { archiveOf, testPorts } from '../electron/engine/testing/test-archive.ts';
import type { Trouble } from './fakes/exchange/exchange-quirks.ts';
import { officeMessage, startExchangeRig } from './exchange-rig.ts';
import { seededRandom, type SeededRandom } from './rig/seeded-random.ts';

const count = 2000;
const throttle = { appends: 250, everyMs: 60_000 };
/** What each command takes on the server's clock, in milliseconds; what the client waits comes on top. */
const commandMs = 100;

/** Messages of all kinds that make a lost answer hard to settle: stars, twins, and mail without Message-ID or Date. */
function mailbox(random: SeededRandom): ScriptedFolder[] {
  const message = (nth: number): ScriptedMessage => {
    const key = String(nth + 1);
    const flags: SystemFlag[] = [
      ...(random.chance(0.5) ? ['\\Seen' as const] : []),
      ...(random.chance(0.1) ? ['\\Flagged' as const] : []),
    ];
    if (random.chance(0.05)) return { key, flags, octets: 'Subject: promemoria\r\n\r\nUguale a tanti altri.\r\n' };
    if (random.chance(0.05)) return { key, flags, octets: `Subject: senza nome\r\n\r\nTesto ${nth}.\r\n` };
    return officeMessage(key, { flags });
  };
  const all = Array.from({ length: count }, (_, nth) => message(nth));
  return [
    { path: ['INBOX'], role: 'inbox', messages: all.slice(0, 900) },
    { path: ['Inviata'], role: 'sent', messages: all.slice(900, 1500) },
    { path: ['Progetti', 'Attività 2019'], messages: all.slice(1500) },
  ];
}

const fingerprint = (octets: Buffer | string): string =>
  createHash('sha256')
    .update(Buffer.isBuffer(octets) ? octets : Buffer.from(octets, 'latin1'))
    .digest('hex');

/**
 * The rate is counted in slots, not in seconds: the server lets 250 APPENDs through each minute of its own clock, which
 * goes on by what the client waits and by 100 ms for every command. A slot is wasted when the client waits longer than
 * it was told, asks more than it has to, or sends again what has arrived. Permitted are all slots of every minute from
 * the first message to the last but one, and of the last those that were used. Which message a fault strikes depends on
 * how two connections take turns: one run says little about the rate, all together they do.
 */
const slots = { used: 0, permitted: 0 };

test.each([11, 2026])(
  '2,000 messages under faults at every twentieth command, seed %i: none lost, none doubled, few errors',
  async seed => {
    const random = seededRandom(seed);
    const folders = mailbox(random);
    const ports = testPorts();
    let commands = 0;
    const struck = new Map<Trouble, number>();
    const rig = await startExchangeRig(
      {
        throttle: { ...throttle, now: () => ports.clock.monotonicMs() + commands * commandMs },
        trouble: ({ verb, nth }) => {
          commands = nth;
          if (verb === 'LOGOUT' || !random.chance(0.05)) return 'none';
          const kinds: [Trouble, ...Trouble[]] = ['cut', 'reply-lost', 'token-expired'];
          if (verb === 'APPEND') kinds.push('unavailable');
          const trouble = random.pick(kinds);
          struck.set(trouble, (struck.get(trouble) ?? 0) + 1);
          return trouble;
        },
      },
      ports,
    );
    const root = await archiveOf(folders);
    const run = await rig.upload(root);
    expect(run).toMatchObject({ status: 'succeeded', figures: { found: count, uploaded: count, setAside: 0 } });
    expect([...struck.keys()].sort()).toEqual(['cut', 'reply-lost', 'token-expired', 'unavailable']);

    const { store, connections, windows, mostAtOnce } = rig.fake.state;
    const names = new Map([
      ['INBOX', 'INBOX'],
      ['Inviata', 'Posta inviata'],
      ['Progetti/Attività 2019', 'Progetti/Attività 2019'],
    ]);
    for (const { path, messages } of folders) {
      const stored = store.find(names.get(path.join('/')) ?? '')?.mail ?? [];
      expect(stored.map(({ sent }) => fingerprint(sent)).sort()).toEqual(
        messages.map(({ octets }) => fingerprint(octets)).sort(),
      );
      const starred = messages.filter(({ flags }) => flags?.includes('\\Flagged')).length;
      expect(stored.filter(({ flags }) => flags.has('\\Flagged'))).toHaveLength(starred);
    }
    expect(Math.max(...connections.map(({ errors }) => errors))).toBeLessThanOrEqual(9);
    expect(mostAtOnce).toBeLessThanOrEqual(2);

    const indices = [...windows.keys()].sort((a, b) => a - b);
    const [first = 0, last = 0] = [indices[0], indices.at(-1)];
    const permitted = (last - first) * throttle.appends + (windows.get(last) ?? 0);
    console.info(`seed ${seed}: ${count} of ${permitted} slots, ${connections.length} connections`, struck);
    const { outcome } = await rig.upload(root, { dryRun: true });
    expect(outcome.plan).toMatchObject({ messages: 0, refusals: [], estimate: { seconds: 0, basis: 'measured' } });
    // Bad luck: when a sign-in is struck five times in a row, the client keeps away for a while.
    expect(count / permitted).toBeGreaterThanOrEqual(0.85);
    slots.used += count;
    slots.permitted += permitted;
  },
);

test('they went at nine tenths of the permitted rate or more', () => {
  expect(slots.used / slots.permitted).toBeGreaterThanOrEqual(0.9);
});
