import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { momentsOf } from './reliability/every-step.ts';
import { copyOf, inParallel, newFolder, run, startFaulty, untilTestEnds } from './reliability/journey.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { generateItems } from './rig/generate-items.ts';
import { archiveItems } from './rig/items-archive.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { fillEverything } from './zimbra-items-content.ts';
import { anna, codesOf, password, zimbraItemsWorld } from './zimbra-items-rig.ts';

describe.skipIf(!dovecotAvailable())('from an old Zimbra by way of the archive to Carbonio', () => {
  let mail: DovecotServer;
  beforeAll(async () => {
    mail = await startDovecot({ users: { [anna]: { password } }, storage: 'maildir-fs' });
    const messages = generateMailbox({ messages: 2, medianSize: 500, largeShare: 0 });
    loadMaildir(
      mail,
      [...messages].map(message => ({ ...message, folder: ['Trash'] })),
      { user: anna },
    );
  });
  afterAll(() => mail[Symbol.asyncDispose]());

  test('all of it arrives, is proved and reported, with consent also rules and signatures, and nothing twice', async () => {
    const world = await zimbraItemsWorld(mail, store => {
      fillEverything(store);
    });
    const archive = await newFolder();
    await world.run(archive);
    const mailbox = fakeMailbox();
    const fake = untilTestEnds(
      await startZimbraFake({
        edition: 'carbonio-ce',
        accounts: [{ name: 'anna@ente.it', password: 'segreta', mailbox }],
      }),
    );
    const { items } = mailbox;
    const first = await run(args('upload', fake, archive));
    const all = { contact: 133, event: 60, task: 1 };
    expect(first).toMatchObject({ exitCode: 0, result: { items: outcomes(all, 'uploaded') } });
    expect(codesOf(first)).toEqual([
      ['ITEMS_BY_HAND', 'Briefcase'],
      ['ITEMS_BY_HAND', 'Briefcase/Verbali'],
      ['SETTINGS_NOT_SET', 'Regole'],
      ['SETTINGS_NOT_SET', 'Firme'],
      ['ITEMS_BY_HAND', 'Impostazioni'],
    ]);
    expect([items.rules, items.signatures]).toEqual([{ incoming: [], outgoing: [] }, []]);
    expect(mailbox.store.tagNamed('Da fare, subito')?.color).toBe(5);

    const consent = await run([...args('upload', fake, archive), '--set-settings']);
    const settings = { rule: 2, signature: 2 };
    expect(consent).toMatchObject({
      exitCode: 0,
      result: { items: { ...outcomes(all, 'alreadyPresent'), ...outcomes(settings, 'uploaded') } },
    });
    expect(items.rules.incoming.map(({ name }) => name)).toEqual(['Fatture', 'Spenta']);
    expect(items.signatures.map(({ name }) => name)).toEqual(['Ufficio', 'Breve']);
    const proved = await run(args('verify', fake, archive));
    expect(proved).toMatchObject({ exitCode: 0, result: { items: outcomes({ ...all, ...settings }, 'verified') } });
    expect([items.items.size, items.mailed, items.overwritten]).toEqual([194, 0, 0]);

    // Somebody deletes an appointment and changes another: the proof names both, and the report keeps it.
    const [gone, changed] = items.calendarItems();
    items.items.delete(gone?.id ?? '');
    changed?.invites[0]?.component.updatePropertyWithValue('location', 'Altrove');
    const again = await run(args('verify', fake, archive));
    expect(again).toMatchObject({
      exitCode: 2,
      result: { items: { event: { verified: 58, missing: 1, differs: 1 } } },
    });
    expect(codesOf(again).map(([code]) => code)).toEqual(expect.arrayContaining(['ITEM_MISSING', 'ITEM_DIFFERS']));
    const out = join(await newFolder(), 'report.json');
    expect((await run(['report', '--archive', archive, '--out', out])).exitCode).toBe(0);
    const report = JSON.parse(await readFile(out, 'utf8')) as { items: Readonly<Record<string, unknown>>[] };
    expect(report.items.find(({ kind }) => kind === 'event')).toMatchObject({ verified: 58, missing: 1, differs: 1 });
  });
});

test('killed once items were sent, the next run completes it and doubles nothing', async () => {
  const mailboxes = Array.from({ length: 80 }, () => fakeMailbox());
  const accounts = mailboxes.map((mailbox, at) => ({ name: `u${at}@ente.it`, password: 'segreta', mailbox }));
  const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-ce', accounts }));
  const source = await newFolder();
  await archiveItems(source, generateItems({ contacts: 3, events: 3, tasks: 1 }));
  const argsFor = async (at: number): Promise<string[]> => args('upload', fake, await copyOf(source), `u${at}@ente.it`);
  const moments = await momentsOf(await argsFor(0));
  // Sent, and the answer never written down: of each kind of item once.
  const isSent = (moment: string): boolean => moment === 'target.put-items after';
  const sending = [...moments.entries()].filter(([, moment]) => isSent(moment)).map(([index]) => index + 1);
  expect(sending.length).toBeGreaterThanOrEqual(3);
  const wrong: string[] = [];
  await inParallel(3, sending, async at => {
    const command = await argsFor(at);
    expect((await startFaulty(command, `${at}:kill`).finished).signal).toBe('SIGKILL');
    const { exitCode } = await run(command);
    const { items, mailed, overwritten } = mailboxes[at]?.items ?? fakeMailbox().items;
    if (exitCode !== 0 || items.size !== 7 || mailed + overwritten > 0) wrong.push(`${at}: ${exitCode}, ${items.size}`);
  });
  expect(wrong).toEqual([]);
});

function outcomes(counts: Readonly<Record<string, number>>, figure: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [kind, { toCarry: count, [figure]: count, setAside: 0, missing: 0 }]),
  );
}

function args(command: 'upload' | 'verify', fake: ZimbraFake, archive: string, user: string = anna): string[] {
  const account = ['--target', fake.address(user), '--ca', fake.caFile];
  return [command, ...account, '--password-env', 'RELIABILITY_PASSWORD', '--archive', archive, '--json'];
}
