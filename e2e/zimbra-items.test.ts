import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemDirectories } from '../electron/engine/archive/items-layout.ts';
import { itemKinds } from '../shared/model/item.ts';
import { ItemsStore } from './fakes/zimbra/items/items-store.ts';
import { newFolder } from './reliability/journey.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { startCli } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';
import { calendar, fillEverything, plainEvent } from './zimbra-items-content.ts';
import { anna, codesOf, differences, env, hashOf, heldItems, password, zimbraItemsWorld } from './zimbra-items-rig.ts';

describe.skipIf(!dovecotAvailable())('what is no mail in an old mailbox on Zimbra', () => {
  let mail: DovecotServer;
  beforeAll(async () => {
    mail = await startDovecot({ users: { [anna]: { password } }, storage: 'maildir-fs' });
    const messages = generateMailbox({ messages: 3, medianSize: 500, largeShare: 0 });
    loadMaildir(
      mail,
      [...messages].map(message => ({ ...message, folder: ['Trash'] })),
      { user: anna },
    );
  });
  afterAll(() => mail[Symbol.asyncDispose]());

  test('all of it comes over as it is, is counted, parses elsewhere, and is not read twice', async () => {
    const { store, mailbox, run } = await zimbraItemsWorld(mail, target => {
      fillEverything(target, 5 * 1024 * 1024);
    });
    const archive = await newFolder();
    const first = await run(archive);
    expect([first.exitCode, first.result?.['status']]).toEqual([0, 'succeeded']);
    const contacts = [...store.items.values()].filter(({ kind }) => kind === 'cn').length;
    const events = [...store.items.values()].filter(({ kind }) => kind === 'appt').length;
    expect(first.result?.['items']).toMatchObject({
      contact: { found: contacts, stored: contacts, setAside: 0 },
      event: { found: events, stored: events, setAside: 0 },
      task: { found: 1, stored: 1 },
      file: { found: 3, stored: 3 },
      rule: { found: 4, stored: 4 },
      signature: { found: 3, stored: 3 },
      settings: { found: 3, stored: 3 },
    });
    const held = await heldItems(archive);
    expect(differences(store, held)).toEqual([]);
    expect(mailbox.downloads.every(query => !('lock' in query))).toBe(true);
    const list = held.find(({ name }) => name === 'Squadra')?.octets.toString();
    expect(list).toMatch(/KIND:group[\s\S]*MEMBER:mailto:bruno@ente\.it/);
    // Who is in it by a number of the old mailbox is in it by the address.
    expect(list?.match(/^MEMBER:mailto:/gm)).toHaveLength(2);
    expect(new Set(held.map(({ folder }) => folder))).toEqual(
      new Set([
        ...['Contacts', 'Emailed Contacts', 'Trash', 'Calendar', 'Tasks', 'Briefcase', 'Briefcase/Verbali'],
        ...['Regole', 'Firme', 'Impostazioni'],
      ]),
    );

    mailbox.asked.clear();
    const second = await run(archive);
    expect(second.result?.['items']).toMatchObject({
      contact: { found: contacts, stored: 0, alreadyPresent: contacts },
      event: { found: events, stored: 0, alreadyPresent: events },
      signature: { found: 3, stored: 0, alreadyPresent: 3 },
    });
    expect(mailbox.asked.get('home') ?? 0).toBe(0);
    expect(second.result?.['manifestSha256']).toBe(first.result?.['manifestSha256']);
  });

  test('a kind left out is not saved, by later runs neither, until that is taken back', async () => {
    const { run } = await zimbraItemsWorld(mail, target => {
      fillEverything(target);
    });
    const archive = await newFolder();
    const kinds = async (...more: readonly string[]) =>
      Object.keys((await run(archive, ...more)).result?.['items'] ?? {}).toSorted();
    const others = ['file', 'rule', 'settings', 'signature', 'task'];
    expect(await kinds('--leave-out', 'contact', 'event')).toEqual(others);
    expect(await kinds()).toEqual(others);
    expect(await kinds('--leave-out', 'none')).toEqual(['contact', 'event', ...others]);
    expect((await run(archive, '--leave-out', 'contatti')).exitCode).toBe(64);
  });

  test('rules, signatures, identities and the absence can be read by a person and by a program', async () => {
    const { store, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const archive = await newFolder();
    await run(archive);
    const held = new Map(
      (await heldItems(archive)).map(({ kind, key, octets }) => [`${kind} ${key}`, octets.toString()]),
    );
    expect(JSON.parse(held.get('rule incoming.json') ?? '')).toEqual({
      ...{ version: 1, direction: 'incoming', rules: store.rules.incoming },
    });
    expect(held.get('rule incoming.txt')).toContain(
      '1. Fatture\n   Se (almeno una vera):\n   - intestazione “subject” contiene “fattura”',
    );
    expect(held.get('rule incoming.txt')).toContain('2. Spenta (non attiva)');
    const page = held.get('signature sig-1.html') ?? '';
    expect(page).not.toContain('/home/');
    expect(page).toContain('data:image/png;base64,');
    expect(page).toContain('https://altrove.example/pixel.gif');
    expect(held.get('signature sig-1.txt')).toContain('Anna Verdi');
    expect(held.get('signature sig-2.txt')).toBe('Cordialità\nAnna\n');
    expect(JSON.parse(held.get('settings identities.json') ?? '')).toMatchObject({
      address: anna,
      identities: [{ name: 'DEFAULT' }, { name: 'URP', attributes: { zimbraPrefFromAddress: 'urp@ente.it' } }],
    });
    expect(JSON.parse(held.get('settings absence.json') ?? '')).toMatchObject({
      enabled: true,
      reply: 'Sono in ferie',
    });
    expect(held.get('settings absence.txt')).toBe('Sono in ferie\n');
  });

  test('what changed, came and went since is all that a later run reads', async () => {
    const { store, mailbox, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const archive = await newFolder();
    await run(archive);
    const [first, second, third] = store.itemsIn('10').map(({ id }) => id);
    store.touch(first ?? '', item => {
      if (item.kind === 'appt') item.octets = plainEvent('cambiato', 'Cambiata');
    });
    store.remove(second ?? '');
    const added = store.add({ kind: 'appt', folder: '10', octets: plainEvent('nuovo', 'Nuova') });
    const contact = store.itemsIn('7')[0];
    store.touch(contact?.id ?? '', item => {
      if (item.kind === 'cn') item.fields = { ...item.fields, email: 'nuova@ente.it' };
    });
    mailbox.downloads.length = 0;
    const { result } = await run(archive);
    expect(result?.['items']).toMatchObject({ contact: { stored: 1 }, event: { stored: 2 } });
    expect(mailbox.downloads.map(({ id }) => id)).toEqual([first, added]);
    expect(differences(store, await heldItems(archive))).toEqual([]);
    expect(third).toBeDefined();
  });

  test('an item that the server lists and does not give is named, and the others come', async () => {
    const { store, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const [contact] = store.itemsIn('7');
    const [lost, gone, broken, unsearched] = store.itemsIn('10').map(({ id }) => id);
    const [file] = store.itemsIn('16');
    const { skipped, empty, failing, unsearched: hidden } = store.manners;
    for (const id of [contact?.id, lost, file?.id]) skipped.add(id ?? '');
    empty.add(gone ?? '');
    failing.add(broken ?? '');
    hidden.add(unsearched ?? '');
    const archive = await newFolder();
    const result = await run(archive);
    expect([result.exitCode, result.result?.['status']]).toEqual([2, 'partial']);
    const left = [contact?.id, lost, gone, broken, file?.id];
    expect([...codesOf(result)].sort()).toEqual(left.map(id => ['ITEM_UNREADABLE', id]).sort());
    expect(differences(store, await heldItems(archive), new Set(left.map(String)))).toEqual([]);
    // Given at last, they come; nothing else is asked for again but what no search shows.
    for (const each of [skipped, empty, failing]) each.clear();
    const again = await run(archive);
    expect([again.exitCode, codesOf(again)]).toEqual([0, []]);
    expect(differences(store, await heldItems(archive))).toEqual([]);
  });

  test('tags of appointments and tasks come as their categories, also of what no search shows', async () => {
    const { store, run } = await zimbraItemsWorld(mail, each => {
      const tags = ['Da fare, subito', 'Città'];
      for (const id of ['uno', 'due'])
        each.add({ kind: 'appt', folder: '10', octets: plainEvent(id, `Giunta ${id}`), tags });
      const todo = plainEvent('tre', 'Relazione').toString().replaceAll('VEVENT', 'VTODO');
      each.add({ kind: 'task', folder: '15', octets: Buffer.from(todo), tags });
    });
    store.manners.unsearched.add(store.itemsIn('10')[1]?.id ?? '');
    const archive = await newFolder();
    expect((await run(archive)).exitCode).toBe(0);
    const held = (await heldItems(archive)).filter(({ kind }) => kind === 'event' || kind === 'task');
    expect(held).toHaveLength(3);
    for (const { octets, key } of held) {
      expect(octets.toString()).toContain('\r\nCATEGORIES:Da fare\\, subito,Città\r\n');
      const asItCame = octets.toString().replace(/CATEGORIES:.*\r\n/, '');
      const item = store.items.get(key);
      expect(asItCame).toBe(item?.kind === 'appt' || item?.kind === 'task' ? item.octets.toString() : '');
    }
  });

  test('a download that is cut off is begun again, and one that always is set aside', async () => {
    const { store, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const ids = store.itemsIn('10').map(({ id }) => id);
    const [once, always] = ids;
    const photo = [...store.items.values()].find(item => item.kind === 'cn' && item.photo !== null);
    const [file] = store.itemsIn('16');
    const { cuts } = store.manners;
    cuts.set(once ?? '', 1);
    cuts.set(always ?? '', Infinity);
    cuts.set(photo?.id ?? '', 1);
    cuts.set(file?.id ?? '', 2);
    const archive = await newFolder();
    const result = await run(archive);
    expect(codesOf(result)).toEqual([['ITEM_UNREADABLE', always]]);
    expect(differences(store, await heldItems(archive), new Set([always ?? '']))).toEqual([]);
  });

  test('what is odd is kept as it came and named; what others share is named, or taken where it was asked for', async () => {
    const { store, run } = await zimbraItemsWorld(mail, target => {
      const odd = (lines: readonly string[]): string =>
        target.add({ kind: 'appt', folder: '10', octets: calendar(lines) });
      const broken = Buffer.from(
        'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Rotto\r\nquesta riga non vale\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
      );
      target.add({ kind: 'appt', folder: '10', octets: broken });
      odd(['UID:z', 'DTSTART;TZID=Marte/Olympus:20250101T100000', 'SUMMARY:Su Marte']);
      odd(['UID:e', 'DTSTART:20250101T100000Z', 'RRULE:FREQ=DAILY', 'SUMMARY:Per sempre']);
      odd(['UID:w', 'DTSTART;TZID=Europe/Rome:20250101T100000', 'SUMMARY:Senza VTIMEZONE']);
      target.add({ kind: 'cn', folder: '7', fields: { mobilePhone: '333' }, members: [], photo: null });
      const other = new ItemsStore();
      other.add({ kind: 'appt', folder: '10', octets: plainEvent('loro', 'Del protocollo') });
      target.others.set('altro-id', other);
      const link = { owner: 'protocollo@ente.it', account: 'altro-id', folder: '10' };
      target.addFolder({ name: 'Protocollo', parent: '1', view: 'appointment', link });
      const brokenLink = { ...link, broken: true };
      target.addFolder({ name: 'Perduta', parent: '1', view: 'contact', link: brokenLink });
    });
    const archive = await newFolder();
    const result = await run(archive);
    expect(
      codesOf(result)
        .map(([code]) => code)
        .sort(),
    ).toEqual(
      [
        'FOLDER_SKIPPED',
        'FOLDER_SKIPPED',
        'ITEM_ENDLESS',
        'ITEM_MALFORMED',
        'ITEM_NAMELESS',
        'ITEM_ZONE_UNKNOWN',
      ].sort(),
    );
    expect(JSON.stringify(result.result?.['exceptions'])).toMatch(/"line":5/);
    const held = await heldItems(archive);
    const events = [...store.items.values()].flatMap(item => (item.kind === 'appt' ? hashOf(item.octets) : []));
    expect(
      held
        .filter(({ kind }) => kind === 'event')
        .map(({ octets }) => hashOf(octets))
        .sort(),
    ).toEqual(events.sort());
    expect(held.filter(({ kind }) => kind === 'contact')).toHaveLength(1);

    const shared = await run(archive, '--shared', 'Protocollo');
    expect(codesOf(shared).filter(([code]) => code === 'FOLDER_SKIPPED')).toEqual([['FOLDER_SKIPPED', 'Perduta']]);
    const theirs = (await heldItems(archive)).filter(({ folder }) => folder === 'Protocollo');
    expect(theirs.map(({ name }) => name)).toEqual(['Del protocollo']);
  });

  test('a server that does not tell what there is beside mail is named, and the mail comes', async () => {
    const { store, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    store.manners.refused.set('SyncRequest', 'service.PERM_DENIED');
    const result = await run(await newFolder());
    expect([result.exitCode, codesOf(result).map(([code]) => code)]).toEqual([2, ['ITEMS_NOT_LISTED']]);
  });

  test('killed at any point, the next run completes it and doubles nothing', async () => {
    const { store, mailbox, args, run } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const archive = await newFolder();
    const total = store.itemsIn('10').length;
    for (const after of [1, Math.floor(total / 2), total]) {
      await using cli = startCli(args(archive, '--json'), { env });
      const reached = new Promise<void>(resolve => {
        const home = mailbox.home;
        if (home === undefined) throw new Error('no downloads');
        let seen = 0;
        Object.assign(mailbox, {
          home: (...given: Parameters<typeof home>) => {
            seen += 1;
            if (seen === after) resolve();
            return home(...given);
          },
        });
      });
      // A later run may have less to read than it takes.
      await Promise.race([reached, cli.finished]);
      await cli.kill();
    }
    const { result, exitCode } = await run(archive);
    expect([exitCode, result?.['status']]).toEqual([0, 'succeeded']);
    const held = await heldItems(archive);
    expect(differences(store, held)).toEqual([]);
    const files = itemKinds.flatMap(kind => readTree(join(archive, itemDirectories[kind])));
    expect(files.filter(name => !name.endsWith('.jsonl'))).toHaveLength(held.length);
    expect((await runHere(['verify', '--archive', archive, '--json'])).exitCode).toBe(0);
    expect((await run(archive)).result?.['items']).toMatchObject({ event: { stored: 0, alreadyPresent: total } });
  });

  test('a person at a terminal reads how many of what there were', async () => {
    const { args } = await zimbraItemsWorld(mail, each => {
      fillEverything(each);
    });
    const { text, exitCode } = await runHere(args(await newFolder(), '--lang', 'it'), { env });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/contatti: .*\d+/);
    expect(text).toMatch(/regole dei messaggi: .*4/);
    expect(text).toMatch(/firme: .*3/);
  });
});

function readTree(directory: string): readonly string[] {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    return entries.filter(entry => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}
