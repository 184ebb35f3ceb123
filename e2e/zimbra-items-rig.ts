import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { expect, onTestFinished } from 'vitest';
import { readItemSidecar } from '../electron/engine/archive/items-sidecar.ts';
import { itemDirectories } from '../electron/engine/archive/items-layout.ts';
import { createProfileKeys, signProfile } from '../electron/engine/profile/sign-profile.ts';
import { itemKinds } from '../shared/model/item.ts';
import type { ItemKind } from '../shared/model/item.ts';
import { itemsMailbox } from './fakes/zimbra/items/items-mailbox.ts';
import type { ItemsMailbox } from './fakes/zimbra/items/items-mailbox.ts';
import { ItemsStore } from './fakes/zimbra/items/items-store.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { newFolder } from './reliability/journey.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import type { CliResult } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';

export const anna = 'anna@ente.it';
export const password = 'segreta-del-web';
export const env = { WEB: password };

/** One item as the archive tells it. */
export interface Held {
  readonly kind: ItemKind;
  readonly folder: string;
  readonly key: string;
  readonly name: string;
  readonly octets: Buffer;
}

/** The last version of every item, by the sidecars alone, with what its file holds. */
export async function heldItems(archive: string): Promise<readonly Held[]> {
  const held = new Map<string, Held>();
  for (const kind of itemKinds) {
    const directory = join(archive, itemDirectories[kind]);
    for (const file of filesIn(directory).filter(name => name.endsWith('.jsonl'))) {
      let folder = '';
      for await (const { record } of readItemSidecar(join(directory, file))) {
        if (record?.record === 'folder') folder = record.path.join('/');
        if (record?.record !== 'item') continue;
        const octets = readFileSync(join(archive, record.file));
        expect(hashOf(octets)).toBe(record.sha256);
        held.set(`${kind} ${folder} ${record.key}`, { kind, folder, key: record.key, name: record.name, octets });
      }
    }
  }
  return [...held.values()];
}

function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

export function hashOf(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}

/** What an independent reader finds in a vCard; throws where it finds none. */
function readVcard(octets: Buffer): (property: string) => readonly string[] {
  const parsed = ICAL.parse(octets.toString('utf8')) as ConstructorParameters<typeof ICAL.Component>[0];
  const card = new ICAL.Component(parsed);
  return property => card.getAllProperties(property).flatMap(each => each.getValues().map(String));
}

/** Appointments, tasks and files octet for octet; contacts field by field, because the server has no vCard 4.0 to give. */
export function differences(
  store: ItemsStore,
  held: readonly Held[],
  leftOut: ReadonlySet<string> = new Set(),
): readonly string[] {
  const wrong: string[] = [];
  const byKey = new Map(held.map(item => [item.key, item]));
  for (const item of store.items.values()) {
    if (leftOut.has(item.id)) continue;
    const found = byKey.get(item.id);
    if (found === undefined) {
      wrong.push(`${item.kind} ${item.id} is missing`);
      continue;
    }
    if (item.kind !== 'cn') {
      if (hashOf(found.octets) !== hashOf(item.octets)) wrong.push(`${item.kind} ${item.id} has other octets`);
      if (item.kind !== 'doc') ICAL.parse(found.octets.toString('utf8'));
      continue;
    }
    const card = readVcard(found.octets);
    const { fields, photo } = item;
    const expected = {
      version: ['4.0'],
      email: [fields['email'], fields['email2']].filter(each => each !== undefined),
      tel: [fields['mobilePhone']].filter(each => each !== undefined),
      note: [fields['notes']?.trim()].filter(each => each !== undefined && each !== ''),
      categories: [...item.tags],
      photo: photo === null ? [] : [`data:${photo.mediaType};base64,${photo.octets.toString('base64')}`],
    };
    for (const [property, values] of Object.entries(expected)) {
      const said = card(property);
      const same = JSON.stringify(said) === JSON.stringify(values);
      if (!same && property !== 'note')
        wrong.push(`contact ${item.id}: ${property} ${JSON.stringify(said).slice(0, 200)}`);
      // Control characters have no place in a vCard (RFC 6350 section 3.3) and become spaces.
      if (
        !same &&
        property === 'note' &&
        said.join('').replaceAll(/\s/g, '') !== values.join('').replaceAll(/[\s\p{Cc}]/gu, '')
      ) {
        wrong.push(`contact ${item.id}: note ${JSON.stringify(said)}`);
      }
    }
  }
  return wrong;
}

/** A Zimbra server: SOAP and REST from the fake, IMAP from a real Dovecot that the organisation's profile names. */
export interface ZimbraItemsWorld {
  readonly store: ItemsStore;
  readonly mailbox: ItemsMailbox;
  readonly args: (archive: string, ...more: readonly string[]) => string[];
  readonly run: (archive: string, ...more: readonly string[]) => Promise<CliResult>;
}

/** What the run says was not well, by code and item (or folder). */
export const codesOf = ({ result }: CliResult): readonly (readonly [code: string, item: unknown])[] => {
  const exceptions = (result?.['exceptions'] ?? []) as { code: string; details: Record<string, unknown> }[];
  return exceptions.map(({ code, details }) => [code, details['item'] ?? details['folder']]);
};

export async function zimbraItemsWorld(
  mail: DovecotServer,
  fill: (store: ItemsStore) => void,
): Promise<ZimbraItemsWorld> {
  const store = new ItemsStore();
  fill(store);
  const mailbox = itemsMailbox(store);
  const fake = await startZimbraFake({
    edition: 'zimbra',
    accounts: [{ name: anna, password, mailbox }],
  });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const place = await newFolder();
  const ca = join(place, 'both.pem');
  await writeFile(ca, (await readFile(fake.caFile, 'utf8')) + (await readFile(mail.caFile, 'utf8')));
  const profile = join(place, 'profile.json');
  await writeFile(profile, signedProfile(mail.ports.imaps));
  const args = (archive: string, ...more: readonly string[]): string[] => [
    ...['backup', '--source', fake.address(anna), '--archive', archive, '--ca', ca, '--profile', profile],
    ...['--password-env', 'WEB', ...more],
  ];
  return { store, mailbox, args, run: (archive, ...more) => runHere(args(archive, '--json', ...more), { env }) };
}

function signedProfile(imapPort: number): string {
  const profile = {
    ...{ format: 'travaso-profile', version: 1, id: 'ente', name: { it: 'Ente', en: 'Body' } },
    ...{ issued: '2026-01-01T00:00:00Z', expires: null, domains: ['ente.it'] },
    source: { kind: 'zimbra', host: 'localhost', imapPort },
    target: { kind: 'carbonio', host: 'localhost' },
  };
  return JSON.stringify(signProfile(JSON.stringify(profile), createProfileKeys().privateKey));
}
