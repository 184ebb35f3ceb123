import { expect, test } from 'vitest';
import type { RequestSeen, Trouble } from './fakes/graph/graph-quirks.ts';
import { carry, differences, graphRig, outgoing } from './graph-rig.ts';
import { generateItems } from './rig/generate-items.ts';
import { seededRandom } from './rig/seeded-random.ts';

const folders = { contact: 'contacts', event: 'cal-default', task: 'list-default' } as const;
/** Rules that no patterns of Graph's say and that never end. */
const inexpressible =
  /FREQ=(?:DAILY;BYMONTH=|WEEKLY;BYMONTH=|MONTHLY;BYDAY=FR;BYMONTHDAY|YEARLY;BYYEARDAY|YEARLY;BYWEEKNO|YEARLY;BYDAY=20MO)/;

/** Five of a hundred requests go wrong in some way, the same ones at each run. */
function oftenWrong(): (request: RequestSeen) => Trouble {
  const random = seededRandom(4711);
  const troubles = ['reply-lost', 'cut', 'throttled', 'failed-after', 'unavailable', 'token-expired'] as const;
  return () => (random.chance(0.05) ? random.pick([...troubles]) : 'none');
}

test('items of every kind over a bad line: none lost, none doubled, nobody invited, never five at once', async () => {
  const rig = await graphRig({ trouble: oftenWrong() });
  const { state } = rig.graph;
  const items = generateItems({ contacts: 160, events: 45, tasks: 110, largePhoto: 60_000 });
  for (const kind of ['contact', 'event', 'task'] as const) {
    const own = items.filter(item => item.kind === kind).map(item => outgoing(kind, item.key, item.octets));
    const carried = await carry(rig, folders[kind], own);
    const refused = own.filter(item => carried.outcomes.get(item)?.kind === 'refused');
    for (const item of refused) expect(item.octets.toString().replaceAll('\r\n ', '')).toMatch(inexpressible);
    const kinds = { contact: state.contacts, event: state.events, task: state.tasks };
    expect(carried.outcomes.size).toBe(own.length);
    expect(carried.stops.length).toBeGreaterThan(3);
    const wholes = kind === 'task' ? kinds.task.size : state.marks(kind === 'contact' ? 'contacts' : 'events').length;
    expect(wholes).toBe(own.length - refused.length);
    if (kind !== 'event') expect(kinds[kind].size).toBe(own.length);

    const again = await carry(rig, folders[kind], own);
    expect([...again.outcomes.values()].map(each => each.kind)).not.toContain('stored');
    state.quirks = { ...state.quirks, trouble: () => 'none' };
    expect(
      [...(await differences(rig, folders[kind], carried))].map(([item, names]) => [item.identity, names]),
    ).toEqual([]);
    state.quirks = { ...state.quirks, trouble: oftenWrong() };
  }
  expect(
    state
      .marks('contacts')
      .concat(state.marks('events'))
      .every(each => each.startsWith('+')),
  ).toBe(true);
  expect(state.wouldHaveMailed).toBe(0);
  expect(state.mostAtOnce).toBeLessThanOrEqual(4);
  expect(rig.impatient()).toBe(0);
  expect(rig.waits).toContain(7000);
  expect(rig.tokens.renewed).toBeGreaterThan(0);
});

const begin = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n';
function event(identity: string, ...lines: readonly string[]) {
  return outgoing(
    'event',
    identity,
    Buffer.from(`${begin}UID:${identity}\r\n${lines.join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`),
  );
}
const daily = event(
  'serie',
  ...['SUMMARY:Serie', 'DTSTART;TZID=Europe/Rome:20260302T090000', 'DTEND;TZID=Europe/Rome:20260302T100000'],
  ...['RRULE:FREQ=DAILY;COUNT=10', 'EXDATE;TZID=Europe/Rome:20260304T090000', 'RDATE;TZID=Europe/Rome:20260320T110000'],
  ...['ORGANIZER:mailto:capo@ente.it', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ospite@ente.it'],
  `ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=a.txt:${Buffer.from('ciao').toString('base64')}`,
);

test('an answer lost after any of the steps that make one appointment: it is finished, not made again', async () => {
  for (const transaction of ['same', 'conflict'] as const) {
    for (let lost = 1; lost <= 7; lost += 1) {
      let writes = 0;
      const trouble = ({ method }: RequestSeen): Trouble =>
        method !== 'GET' && (writes += 1) === lost ? 'reply-lost' : 'none';
      const rig = await graphRig({ trouble, transaction });
      const carried = await carry(rig, 'cal-default', [daily]);
      expect(rig.graph.state.events.size).toBe(2);
      expect(rig.graph.state.marks('events')).toEqual(['+1 serie']);
      expect([...(await differences(rig, 'cal-default', carried)).values()]).toEqual([]);
      expect(rig.graph.state.wouldHaveMailed).toBe(0);
    }
  }
});

test('participants stand in the text; what others put there is never touched', async () => {
  const rig = await graphRig();
  const { state } = rig.graph;
  const foreign = {
    subject: 'Mia',
    start: { dateTime: '2026-03-02T09:00:00', timeZone: 'UTC' },
    end: { dateTime: '2026-03-02T10:00:00', timeZone: 'UTC' },
  };
  state.events.set('altrui', {
    id: 'altrui',
    calendar: 'cal-default',
    resource: foreign,
    attachments: [],
    exceptions: new Map(),
    deleted: new Set(),
  });
  await carry(rig, 'cal-default', [daily]);
  const body = [...state.events.values()].map(({ resource }) => JSON.stringify(resource)).join('\n');
  expect(body).toContain('Partecipante / Participant: ospite@ente.it|accepted');
  expect(body).not.toContain('attendees');
  expect(state.touchedForeign).toBe(0);
  expect(state.events.get('altrui')?.resource).toEqual(foreign);
});

test('folders: default ones known, read-only ones left out, a name twice is one folder, a lost one is named', async () => {
  const rig = await graphRig();
  const target = rig.connect();
  const { signal } = new AbortController();
  const listed = await target.listFolders(signal);
  expect(listed.map(({ kind, name, isDefault }) => `${kind} ${name} ${isDefault}`)).toEqual([
    'contact Contatti true',
    'event Calendario true',
    'task Attività true',
  ]);
  for (const kind of ['contact', 'event', 'task'] as const) {
    const name = target.nameFor(kind, ['Progetti', 'Piano\n2026']);
    expect(name).toBe('Progetti - Piano 2026');
    const made = await target.createFolder(kind, name, signal);
    expect(await target.createFolder(kind, name.toUpperCase(), signal)).toEqual(made);
    rig.graph.state.folders.splice(
      rig.graph.state.folders.findIndex(({ id }) => id === made.key),
      1,
    );
    await expect(target.openFolder(made, signal)).rejects.toMatchObject({ code: 'TARGET_FOLDER_VANISHED' });
  }
});

test('a refused item does not stop the others, and one that somebody deleted is missing', async () => {
  const rig = await graphRig();
  const endless = event('mai', 'DTSTART:20260302T090000Z', 'RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO');
  const journal = outgoing(
    'event',
    'diario',
    Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VJOURNAL\r\nUID:j\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n'),
  );
  const broken = outgoing('event', 'rotto', Buffer.from('niente'));
  const carried = await carry(rig, 'cal-default', [endless, journal, broken, daily]);
  const reasons = [endless, journal, broken, daily].map(item => {
    const outcome = carried.outcomes.get(item);
    return outcome?.kind === 'refused' ? outcome.problem.details['reason'] : outcome?.kind;
  });
  expect(reasons).toEqual(['recurrence', 'journal', 'unreadable', 'stored']);
  rig.graph.state.events.clear();
  expect([...(await differences(rig, 'cal-default', carried)).values()]).toEqual(['missing']);
});

test('a sign-in that is over, and a proxy in Graph’s place, are said as such', async () => {
  const rig = await graphRig();
  rig.graph.state.accepts = () => false;
  const { signal } = new AbortController();
  await expect(rig.connect().listFolders(signal)).rejects.toMatchObject({ code: 'SIGNIN_EXPIRED' });
});
