import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { generateItems as generateOthers, jpeg } from './fakes/zimbra/items/generate-items.ts';
import type { ItemsStore } from './fakes/zimbra/items/items-store.ts';
import { newFolder } from './reliability/journey.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { generateItems } from './rig/generate-items.ts';
import { differences, heldItems, zimbraItemsWorld } from './zimbra-items-rig.ts';

/** `TRAVASO_TEST_ITEMS=2000,5000` is the full number, which takes minutes. */
const [contacts = 60, events = 150] = (process.env['TRAVASO_TEST_ITEMS'] ?? '30,90').split(',').map(Number);
export const many = { contacts, events, tasks: 10 };
const largePhoto = 5 * 1024 * 1024;
/** As people have them: Radicale looks through the whole calendar, or address book, for each item that is added. */
const mostInFolder = 500;

/** An old mailbox on Zimbra with everything that goes wrong on the way, archived as it comes and compared with what was there. */
export async function archiveFromZimbra(mail: DovecotServer): Promise<string> {
  const { store, run } = await zimbraItemsWorld(mail, fill);
  const archive = await newFolder();
  const { exitCode, result } = await run(archive);
  expect({ exitCode, items: result?.['items'] }).toMatchObject({
    exitCode: 0,
    items: {
      contact: { found: contacts, stored: contacts, setAside: 0 },
      event: { found: events, stored: events, setAside: 0 },
      task: { found: many.tasks, stored: many.tasks, setAside: 0 },
    },
  });
  expect(differences(store, await heldItems(archive))).toEqual([]);
  return archive;
}

function fill(store: ItemsStore): void {
  generateOthers(store, { contacts: contacts - 1, events: 0 });
  const fields = { firstName: 'Foto', lastName: 'Grande', email: 'foto@ente.it' };
  const photo = { mediaType: 'image/jpeg', octets: jpeg(largePhoto) };
  store.add({ kind: 'cn', folder: '7', fields, members: [], photo });
  const calendars = Array.from({ length: Math.ceil(events / mostInFolder) }, (_, index) =>
    index === 0 ? '10' : store.addFolder({ name: `Progetto ${index} 🏗️`, parent: '10', view: 'appointment' }),
  );
  for (const [index, { kind, octets }] of generateItems({ ...many, contacts: 0 }).entries()) {
    if (kind === 'event') store.add({ kind: 'appt', folder: calendars[index % calendars.length] ?? '10', octets });
    else store.add({ kind: 'task', folder: '15', octets });
  }
}

/** The files of an archive that an independent reader knows. */
export function itemFiles(archive: string): readonly string[] {
  return readdirSync(join(archive, 'data'), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(?:ics|vcf)$/.test(file))
    .map(file => join(archive, 'data', file));
}
