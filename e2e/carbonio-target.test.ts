import { describe, expect, test } from 'vitest';
import { archiveOf } from '../electron/engine/testing/test-archive.ts';
import { codesOf } from '../electron/engine/testing/run-as-job.ts';
import { connecting, factsOf, foldersOf, heldBy, placedInItalian, uploadTo, verifyAt } from './carbonio-rig.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { BrokenAnswer } from './fakes/zimbra/mailbox/broken-answer.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { mailDifference } from './rig/mail-fact.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { seededRandom } from './rig/seeded-random.ts';

describe('two thousand messages', () => {
  const messages = [...generateMailbox({ messages: 2000, seed: 5, medianSize: 1500, largeShare: 0 })];

  test('arrive with flags, tags and dates, are proved by what the server gives back, and do not go twice', async () => {
    const root = await archiveOf(foldersOf(messages));
    const mailbox = fakeMailbox();
    const connect = connecting(mailbox);
    const sent = await uploadTo(root, connect);
    expect(sent).toMatchObject({ status: 'succeeded', figures: { found: 2000, uploaded: 2000, setAside: 0 } });
    expect(mailDifference(factsOf(messages, placedInItalian), heldBy(mailbox))).toEqual([]);

    const proved = await verifyAt(root, connect);
    expect(proved).toMatchObject({ status: 'succeeded', figures: { found: 2000, verified: 2000 } });
    // Those that came without a Message-ID, and no others, are named as rewritten.
    const given = messages.filter(({ octets }) => !/^message-id:/im.test(octets.toString('latin1'))).length;
    expect(given).toBeGreaterThan(20);
    expect(codesOf(proved)).toEqual(Array<string>(given).fill('TARGET_BYTES_REWRITTEN'));

    expect(await uploadTo(root, connect)).toMatchObject({ status: 'succeeded', figures: { uploaded: 0 } });
    expect(mailbox.store.messages.size).toBe(2000);
  });

  test('one answer in twenty fails: none is lost and none doubled', async () => {
    const root = await archiveOf(foldersOf(messages));
    const mailbox = fakeMailbox();
    const random = seededRandom(11, 0);
    const met: Record<string, number> = {};
    const meet = (trouble: string, error: Error | null): void => {
      met[trouble] = (met[trouble] ?? 0) + 1;
      if (error !== null) throw error;
    };
    mailbox.disturb = ({ at, moment }) => {
      if (!random.chance(0.05)) return;
      if (moment === 'after') {
        if (at === 'AddMsgRequest') meet('reply lost', new BrokenAnswer());
        return;
      }
      switch (random.below(4)) {
        case 0:
          if (at === 'AddMsgRequest') meet('uploads expired', null);
          mailbox.store.uploads.clear();
          return;
        case 1:
          meet('status 500', new BrokenAnswer(500));
          return;
        case 2:
          if (at.endsWith('Request')) meet('fault', new FakeFault('service.FAILURE'));
          return;
        default:
          meet('line dropped', new BrokenAnswer());
      }
    };
    const connect = connecting(mailbox);
    let result = await uploadTo(root, connect);
    // One that was unlucky several times in a row is set aside, and goes with the next run.
    for (let run = 0; run < 3 && result.status !== 'succeeded'; run += 1) result = await uploadTo(root, connect);
    expect(result).toMatchObject({ status: 'succeeded' });
    for (const trouble of ['reply lost', 'uploads expired', 'status 500', 'fault', 'line dropped']) {
      expect(met[trouble], trouble).toBeGreaterThan(5);
    }
    expect(mailDifference(factsOf(messages, placedInItalian), heldBy(mailbox))).toEqual([]);
  });
});
