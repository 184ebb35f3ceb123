import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createTestClock } from '../electron/engine/testing/test-clock.ts';
import { openSoapSession } from '../electron/engine/zimbra/open-soap-session.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import type { OutgoingItem } from '../electron/engine/targets/item-target.ts';
import { parseAccountAddress } from '../shared/account-address.ts';
import {
  calendarOf,
  carry,
  counts,
  differences,
  folderNamed,
  itemTargetOf,
  lines,
  outgoing,
} from './carbonio-items-rig.ts';
import { neverAborted } from './carbonio-rig.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { BrokenAnswer } from './fakes/zimbra/mailbox/broken-answer.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { untilTestEnds } from './reliability/journey.ts';
import { generateItems } from './rig/generate-items.ts';
import { seededRandom } from './rig/seeded-random.ts';

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3000, 'foto')]);

function event(uid: string, ...more: readonly string[]): OutgoingItem {
  const own = [`UID:${uid}`, 'DTSTART:20260601T090000Z', 'DTEND:20260601T100000Z', `SUMMARY:Riunione ${uid}`];
  return outgoing('event', uid, calendarOf('BEGIN:VEVENT', ...own, ...more, 'END:VEVENT'));
}

function contact(uid: string, ...more: readonly string[]): OutgoingItem {
  return outgoing('contact', uid, lines('BEGIN:VCARD', 'VERSION:4.0', `UID:${uid}`, `FN:${uid}`, ...more, 'END:VCARD'));
}

const several = <T>(count: number, make: (uid: string) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(`voce-${index}`));

async function sessionOn(fake: ZimbraFake): Promise<SoapSession> {
  const address = parseAccountAddress(fake.address('anna@ente.it'));
  if (address.kind !== 'carbonio') throw new Error('not an address of Carbonio');
  const ports = { clock: createTestClock(), log: { debug: () => undefined, warn: () => undefined } };
  const ca = await readFile(fake.caFile, 'utf8');
  const session = await openSoapSession(
    { address, ca, ports, password: () => Promise.resolve('segreta') },
    neverAborted,
  );
  onTestFinished(() => session.close());
  return session;
}

test('five hundred items while one answer in twenty fails: none lost, none twice, nobody written to', async () => {
  const mailbox = fakeMailbox();
  const accounts = [{ name: 'anna@ente.it', password: 'segreta', mailbox }];
  const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-ce', accounts }));
  const target = itemTargetOf(mailbox, new Map(), await sessionOn(fake));
  const random = seededRandom(7, 0);
  const met = { lost: 0, fault: 0, expired: 0, dropped: 0 };
  mailbox.disturb = ({ at, moment }) => {
    if (!random.chance(0.05)) return;
    if (moment === 'after') {
      met.lost += 1;
      throw random.chance(0.5) ? new BrokenAnswer() : new FakeFault('service.FAILURE');
    }
    if (random.chance(0.3)) {
      met.expired += 1;
      fake.state.sessions.expireAll();
      throw new FakeFault('service.AUTH_EXPIRED');
    }
    if (at === 'home' || random.chance(0.5)) {
      met.dropped += 1;
      throw new BrokenAnswer();
    }
    met.fault += 1;
    throw new FakeFault('service.FAILURE');
  };
  const steady = mailbox.disturb;
  mailbox.disturb = () => undefined;
  const generated = generateItems({ contacts: 390, events: 60, tasks: 60 });
  for (const kind of ['contact', 'event', 'task'] as const) {
    const items = generated
      .filter(each => each.kind === kind)
      .map(({ octets, name, key }) => outgoing(kind, `${key}@travaso`, octets, { name }));
    const folder = await folderNamed(target, kind, null);
    mailbox.disturb = steady;
    const carried = await carry(target, folder, items);
    mailbox.disturb = () => undefined;
    expect(counts(carried)).toEqual({ stored: items.length });
    expect(await differences(target, folder, items, carried)).toEqual({});
  }
  const { items } = mailbox;
  expect(items.items.size).toBe(510);
  expect(new Set(items.contacts().map(({ fields }) => fields['vcardUID'])).size).toBe(390);
  expect([items.mailed, items.overwritten]).toEqual([0, 0]);
  expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
});

test('what the import passes over without a word is found and named, and the rest arrives', async () => {
  const mailbox = fakeMailbox();
  const target = itemTargetOf(mailbox);
  const folder = await folderNamed(target, 'event', null);
  const items = several(120, uid => event(uid));
  mailbox.items.manners.isPassedOver = uid => ['voce-3', 'voce-4', 'voce-77'].includes(uid);
  const carried = await carry(target, folder, items);
  expect(counts(carried)).toEqual({ stored: 117, 'not-taken': 3 });
  const named = carried.flatMap(each => (each.kind === 'refused' ? [each.problem.details] : []));
  expect(named.map(details => [details['name'], details['folder']])).toEqual([
    ['voce-3', 'Calendar'],
    ['voce-4', 'Calendar'],
    ['voce-77', 'Calendar'],
  ]);
  expect(await differences(target, folder, items, carried)).toEqual({});
  mailbox.items.manners.isPassedOver = () => false;
  expect(counts(await carry(target, folder, items))).toEqual({ present: 117, stored: 3 });
  expect([mailbox.items.items.size, mailbox.items.overwritten]).toEqual([120, 0]);
});

test('what a server does to appointments was foreseen, and so the proof finds nothing', async () => {
  const mailbox = fakeMailbox();
  const target = itemTargetOf(mailbox);
  const lyingZone = [
    ...['BEGIN:VTIMEZONE', 'TZID:Europe/Rome', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
    ...['TZOFFSETFROM:+0730', 'TZOFFSETTO:+0730', 'END:STANDARD', 'END:VTIMEZONE'],
  ];
  const series = ['DTSTART;TZID=Europe/Rome:20260601T090000', 'DTEND;TZID=Europe/Rome:20260601T100000'];
  const items = [
    outgoing(
      'event',
      'bugiarda',
      calendarOf(...lyingZone, 'BEGIN:VEVENT', 'UID:x', ...series, 'RRULE:FREQ=WEEKLY;COUNT=9', 'END:VEVENT'),
    ),
    event('date-in-piu', 'RRULE:FREQ=DAILY;COUNT=3', 'RDATE:20260610T090000Z,20260611T150000Z'),
    event('giorno-tolto', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20260602'),
    event('ospiti', 'ATTENDEE;PARTSTAT=DECLINED:mailto:bruno@ente.it'),
    event('risposta', 'ORGANIZER:mailto:capo@ente.it', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:anna@ente.it'),
    event('avviso', 'BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER:-PT1H', 'ATTENDEE:mailto:tutti@ente.it', 'END:VALARM'),
    event('suono', 'BEGIN:VALARM', 'ACTION:X-SCONOSCIUTA', 'TRIGGER;RELATED=END:PT5M', 'END:VALARM'),
    event('risorse', 'RESOURCES:Proiettore', 'ATTACH:https://ente.it/a.pdf', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'),
    event('file', `ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=verbale.pdf:${jpeg.toString('base64')}`),
    event('titolo', 'CLASS:X-SEGRETO', 'STATUS:TENTATIVE', 'CATEGORIES:Lavoro'),
    outgoing(
      'event',
      'nulla',
      calendarOf('BEGIN:VEVENT', 'UID:x', ...[series[0] ?? ''], 'DTEND:20260601T070000Z', 'END:VEVENT'),
    ),
    event('040000008200e00074c5b7101a82e00800000000a'),
  ];
  const folder = await folderNamed(target, 'event', null);
  const carried = await carry(target, folder, items);
  expect(counts(carried)).toEqual({ stored: items.length });
  expect(await differences(target, folder, items, carried)).toEqual({});
  expect(counts(await carry(target, folder, items))).toEqual({ present: items.length });
  expect([mailbox.items.mailed, mailbox.items.overwritten]).toEqual([0, 0]);
});

test('an appointment that is there is left as it is, wherever it lies; one thrown away is named', async () => {
  const mailbox = fakeMailbox();
  const target = itemTargetOf(mailbox);
  const folder = await folderNamed(target, 'event', null);
  const other = await folderNamed(target, 'event', 'Progetti');
  await carry(
    target,
    folder,
    several(3, uid => event(uid, 'LOCATION:Di prima')),
  );
  const thrown = mailbox.items.byUid('voce-1');
  if (thrown !== undefined) thrown.folder = '3';
  // No search shows it, because it has no occurrence.
  mailbox.items.manners.isSearched = uid => uid !== 'voce-0';
  const items = several(4, uid => event(uid, 'LOCATION:Di dopo'));
  const carried = await carry(target, other, items);
  expect(counts(carried)).toEqual({ present: 2, 'in-trash': 1, stored: 1 });
  expect(await differences(target, other, items, carried)).toEqual({ 'voce-0': ['place'], 'voce-2': ['place'] });
  expect([mailbox.items.calendarItems().length, mailbox.items.overwritten]).toEqual([4, 0]);
});

test('a full mailbox ends the sending midway, and what has no room is named', async () => {
  const mailbox = fakeMailbox({ quota: 20_000 });
  const target = itemTargetOf(mailbox);
  const calendar = await folderNamed(target, 'event', null);
  const carried = await carry(
    target,
    calendar,
    several(200, uid => event(uid)),
  );
  const { stored = 0, TARGET_QUOTA: left = 0, ...others } = counts(carried);
  expect(others).toEqual({});
  expect([stored > 20, left > 20, stored + left]).toEqual([true, true, 200]);
  expect(mailbox.items.calendarItems().length).toBe(stored);
  const contacts = await carry(
    target,
    await folderNamed(target, 'contact', null),
    several(30, uid => contact(uid)),
  );
  expect(counts(contacts)).toEqual({ TARGET_QUOTA: 30 });
  mailbox.store.limits.quota = 0;
  expect(
    counts(
      await carry(
        target,
        calendar,
        several(200, uid => event(uid)),
      ),
    ),
  ).toEqual({
    present: stored,
    stored: left,
  });
});

test('one that is too large for an upload is named by itself; uploads that get lost are repeated', async () => {
  const mailbox = fakeMailbox({ maxMessage: 6_000 });
  const target = itemTargetOf(mailbox);
  const large = event('grande', `ATTACH;ENCODING=BASE64;VALUE=BINARY:${Buffer.alloc(9_000).toString('base64')}`);
  let lost = 2;
  mailbox.disturb = ({ at, moment }) => {
    if (at === 'ImportAppointmentsRequest' && moment === 'before' && lost-- > 0) mailbox.store.uploads.clear();
  };
  const items = [...several(40, uid => event(uid)), large];
  const carried = await carry(target, await folderNamed(target, 'event', null), items);
  expect(counts(carried)).toEqual({ stored: 40, 'mail.UPLOAD_TOO_LARGE': 1 });
  expect(mailbox.items.calendarItems().length).toBe(40);
});

test('where no upload gets through, appointments go without, and contacts without their pictures', async () => {
  const mailbox = fakeMailbox();
  mailbox.disturb = ({ at }) => {
    if (at === 'upload') throw new BrokenAnswer(403);
  };
  const target = itemTargetOf(mailbox);
  const events = several(3, uid => event(uid));
  expect(counts(await carry(target, await folderNamed(target, 'event', null), events))).toEqual({ stored: 3 });
  const folder = await folderNamed(target, 'contact', null);
  const contacts = [contact('anna', `PHOTO:data:image/jpeg;base64,${jpeg.toString('base64')}`), contact('bruno')];
  const carried = await carry(target, folder, contacts);
  expect(counts(carried)).toEqual({ stored: 2 });
  expect(await differences(target, folder, contacts, carried)).toEqual({ anna: ['photo'] });
});

test('contacts bring pictures, lists and tags in the colours of before; a limit is named', async () => {
  const mailbox = fakeMailbox();
  mailbox.items.limits.contacts = 4;
  const colours = new Map([
    ['lavoro', { color: 5 }],
    ['casa, famiglia', { rgb: '#aa0000' }],
  ]);
  const target = itemTargetOf(mailbox, colours);
  const folder = await folderNamed(target, 'contact', null);
  const items = [
    contact('anna', `PHOTO:data:image/jpeg;base64,${jpeg.toString('base64')}`, 'CATEGORIES:Lavoro,Casa\\, famiglia'),
    contact('bruno', 'CATEGORIES:LAVORO', 'X-ZIMBRA-assistantPhone:123', 'X-ZIMBRA-vcardUID:di-prima'),
    contact('squadra', 'KIND:group', 'MEMBER:mailto:anna@ente.it', 'MEMBER:mailto:bruno@ente.it'),
    contact('quarto', 'EMAIL:quarto@ente.it'),
    contact('di-troppo'),
  ];
  const carried = await carry(target, folder, items);
  expect(counts(carried)).toEqual({ stored: 4, 'mail.TOO_MANY_CONTACTS': 1 });
  expect(await differences(target, folder, items, carried)).toEqual({});
  const [anna, bruno, squadra] = ['anna', 'bruno', 'squadra'].map(name =>
    mailbox.items.contacts().find(({ fields }) => fields['vcardUID'] === name),
  );
  expect(anna?.image?.equals(jpeg)).toBe(true);
  expect(anna?.tags).toEqual(['Lavoro', 'Casa, famiglia']);
  expect(bruno?.tags).toEqual(['Lavoro']);
  expect(bruno?.fields).toMatchObject({ assistantPhone: '123', vcardUID: 'bruno' });
  expect(squadra?.members.map(({ type, value }) => [type, value])).toEqual([
    ['I', 'anna@ente.it'],
    ['I', 'bruno@ente.it'],
  ]);
  expect([...mailbox.store.tags.values()].map(({ name, color, rgb, listed }) => [name, color, rgb, listed])).toEqual([
    ['Lavoro', 5, null, true],
    ['Casa, famiglia', null, '#aa0000', true],
  ]);
  const event0 = event('con-etichetta', 'CATEGORIES:Lavoro');
  await carry(target, await folderNamed(target, 'event', null), [event0]);
  expect(mailbox.items.byUid('con-etichetta')?.tags).toEqual(['Lavoro']);
});

test('folders are made where they are missing, in a language of any kind, and never among the mail', async () => {
  const mailbox = fakeMailbox({ names: { 3: 'Cestino', 7: 'Contatti', 10: 'Calendario' } });
  mailbox.store.createFolder('Fornitori', '1', 'message');
  const target = itemTargetOf(mailbox);
  const made = await target.createFolder('contact', target.nameFor('contact', ['Fornitori', 'A:B']), neverAborted);
  expect([made.name, mailbox.store.folder(made.key).view]).toEqual(['Fornitori/A-B', 'contact']);
  const beside = await target.createFolder('contact', 'Fornitori', neverAborted);
  expect([beside.name, mailbox.store.folder(beside.key).view]).toEqual(['Fornitori (rubrica)', 'contact']);
  expect(await target.createFolder('contact', 'Fornitori', neverAborted)).toEqual(beside);
  expect(await target.createFolder('contact', 'Trash', neverAborted)).toMatchObject({ key: '3', name: 'Cestino' });
  const listed = (await target.listFolders(neverAborted)).filter(({ isDefault }) => isDefault);
  expect(listed.map(({ kind, name }) => [kind, name])).toEqual([
    ['contact', 'Contatti'],
    ['event', 'Calendario'],
    ['task', 'Tasks'],
    ['rule', 'Regole'],
    ['signature', 'Firme'],
  ]);
  mailbox.store.deleteFolder(made.key);
  await expect(target.openFolder(made, neverAborted)).rejects.toMatchObject({ code: 'TARGET_FOLDER_VANISHED' });
});
