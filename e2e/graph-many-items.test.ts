import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { ItemOutcomeCounts } from '../shared/model/item.ts';
import type { Ports } from '../electron/engine/ports.ts';
import { readMark, readPart } from '../electron/engine/targets/microsoft365/graph/identity-property.ts';
import { instancesOf, shownEvent, type FakeEvent } from './fakes/graph/fake-events.ts';
import { usualQuirks } from './fakes/graph/graph-quirks.ts';
import { toWall, zoneNamed } from './fakes/graph/graph-zones.ts';
import { startGraph } from './fakes/graph/start-graph.ts';
import { archiveFromZimbra, itemFiles, many } from './many-items-rig.ts';
import { anna, annaAtMicrosoft, bothAuthorities } from './microsoft-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import { itemsOracleAvailable, readItems } from './rig/items-oracle.ts';
import { signInAsPerson } from './rig/oidc-person.ts';
import { startOidcServer } from './rig/oidc-server.ts';
import { runHere } from './rig/run-here.ts';
import { anna as annaAtZimbra, password } from './zimbra-items-rig.ts';

const { contacts, events, tasks } = many;
/** Rules that no patterns of Graph's say and that never end; and what begins in the hour left out and ends behind it, earlier. */
const inexpressible =
  /FREQ=(?:DAILY;BYMONTH=|WEEKLY;BYMONTH=|MONTHLY;BYDAY=FR;BYMONTHDAY|YEARLY;BYYEARDAY|YEARLY;BYWEEKNO|YEARLY;BYDAY=20MO)|DTSTART;TZID=[^:]*:20250330T023000/;
/** What the engine takes for the zone of times without one. */
const home = new Intl.DateTimeFormat().resolvedOptions().timeZone;

test.skipIf(!dovecotAvailable() || !itemsOracleAvailable())(
  `${contacts} contacts and ${events} appointments of Zimbra take place at Graph when Python says so`,
  { timeout: 3_600_000 },
  async () => {
    await using mail = await startDovecot({ users: { [annaAtZimbra]: { password } }, storage: 'maildir-fs' });
    await using oidc = await startOidcServer({ users: { [anna.address]: anna } });
    await using exchange = await startDovecot({
      users: { [anna.address]: { password: 'unused' } },
      introspectionUrl: oidc.introspectionUrl,
      storage: 'maildir-fs',
    });
    const graph = await startGraph(token => oidc.store.given('AccessToken').includes(token));
    onTestFinished(() => graph[Symbol.asyncDispose]());
    const archive = await archiveFromZimbra(mail);
    const ports: Partial<Ports> = {
      openBrowser: async url => {
        await signInAsPerson(url, anna, oidc.caFile);
      },
      microsoft: {
        ...{ tenant: 'rig', clientId: oidc.clientId, authority: oidc.authority },
        ...{ imapHost: 'localhost', imapPort: exchange.ports.imaps, graphUrl: graph.url },
      },
    };
    const caFile = await bothAuthorities(oidc.caFile, exchange.caFile);
    const run = async (task: string): Promise<Record<'contact' | 'event' | 'task', ItemOutcomeCounts>> => {
      const to = ['--archive', archive, '--target', annaAtMicrosoft, '--ca', caFile, '--json'];
      const { result } = await runHere([task, ...to], { ports });
      expect(result?.['problem']).toBe(null);
      return result?.['items'] as Record<'contact' | 'event' | 'task', ItemOutcomeCounts>;
    };

    const uploaded = await run('upload');
    expect(uploaded).toMatchObject({
      contact: { uploaded: contacts, setAside: 0 },
      task: { uploaded: tasks, setAside: 0 },
    });
    expect(uploaded.event.uploaded + uploaded.event.setAside).toBe(events);
    const verified = await run('verify');
    expect(verified).toMatchObject({
      contact: { verified: contacts, missing: 0 },
      event: { verified: uploaded.event.uploaded, missing: 0 },
      task: { verified: tasks, missing: 0 },
    });

    const { state } = graph;
    const wanted = readItems(itemFiles(archive), home);
    expect(wanted.size).toBe(contacts + events + tasks);
    const people = new Map([...state.contacts.values()].map(({ resource }) => [markOf(resource), resource]));
    const pieces = Map.groupBy(
      state.events.values(),
      ({ resource }) => readPart(resource)?.of ?? hashOf(markOf(resource)),
    );
    const missing: string[] = [];
    const wrong: unknown[] = [];
    for (const [uid, fields] of wanted) {
      const there = pieces.get(hashOf(uid));
      const person = people.get(uid);
      if (person !== undefined) {
        const emails = (person['emailAddresses'] ?? []) as readonly { readonly address: string }[];
        const seen = { fn: [person['displayName']], email: emails.map(({ address }) => address).sort() };
        const same = JSON.stringify(seen) === JSON.stringify({ fn: fields['fn'], email: fields['email'] });
        if (!same) wrong.push({ uid, seen, fields });
      } else if (there !== undefined) {
        const times = fields['occurrences'] ?? [];
        const lastYear = Number(times[0]?.slice(0, 4)) + 10;
        const seen = there.flatMap(event => timesOf(event, lastYear)).sort();
        if (JSON.stringify(seen) !== JSON.stringify(times)) wrong.push({ uid, seen, times });
      } else if (uid.startsWith('evento-')) missing.push(uid);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(missing).toHaveLength(uploaded.event.setAside);
    const texts = new Map(itemFiles(archive).map(namedText));
    for (const uid of missing) expect(texts.get(uid)).toMatch(inexpressible);
    expect(people.size).toBe(contacts);
    expect(state.wouldHaveMailed).toBe(0);
    expect(state.touchedForeign).toBe(0);
    expect(state.mostAtOnce).toBeLessThanOrEqual(4);
  },
);

function markOf(resource: FakeEvent['resource']): string {
  return readMark(resource)?.identity ?? '';
}

/** As a further event of an appointment names it. */
function hashOf(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** When the fake, whose calendar is its own, lets an event take place, as Python writes it. */
function timesOf(event: FakeEvent, lastYear: number): readonly string[] {
  const plain = { ...usualQuirks, wholeDaysAsInstants: false };
  const shown =
    event.resource['recurrence'] === undefined
      ? [shownEvent(event, plain)]
      : instancesOf(event, 0, Date.UTC(lastYear + 1, 0, 2), plain);
  const { timeZone } = event.resource['start'] as { readonly timeZone: string };
  const zone = zoneNamed(timeZone) ?? 'UTC';
  return shown.flatMap(({ isAllDay, start, end }) => {
    const [from, to] = [start, end].map(each => (each as { readonly dateTime: string }).dateTime.slice(0, 19));
    const wall = isAllDay === true ? Date.parse(`${from}Z`) : toWall(zone, Date.parse(`${from}Z`));
    if (new Date(wall).getUTCFullYear() > lastYear) return [];
    return [isAllDay === true ? `${from?.slice(0, 10)}/${to?.slice(0, 10)}` : `${from}Z/${to}Z`];
  });
}

/** Its UID and its lines. */
function namedText(file: string): readonly [uid: string, text: string] {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n ', '');
  return [/^UID:(.*?)\r?$/m.exec(text)?.[1] ?? '', text];
}
