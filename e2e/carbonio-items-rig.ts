import { carbonioItemTarget } from '../electron/engine/targets/carbonio/items/carbonio-item-target.ts';
import { infoAnswer } from '../electron/engine/targets/carbonio/soap-answers.ts';
import type { TagColour } from '../electron/engine/targets/carbonio/tag-book.ts';
import type { ItemTarget, OutgoingItem, PutOutcome, TargetItemFolder } from '../electron/engine/targets/item-target.ts';
import { differingFields } from '../electron/engine/items/item-fields.ts';
import type { FieldName } from '../electron/engine/items/item-fields.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import { TravasoError } from '../shared/errors.ts';
import type { ItemKind } from '../shared/model/item.ts';
import { carbonioAccount, neverAborted } from './carbonio-rig.ts';
import type { FakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { mailboxSession } from './fakes/zimbra/mailbox-session.ts';

const silent = { debug: () => undefined, warn: () => undefined };

/** The way for items into a mailbox, with no server between them unless a session says so. */
export function itemTargetOf(
  mailbox: FakeMailbox,
  tagColours: ReadonlyMap<string, TagColour> = new Map(),
  session: SoapSession = mailboxSession(mailbox),
): ItemTarget {
  const info = infoAnswer.parse({ ...mailbox.info?.(), attrs: { _attrs: mailbox.attributes?.() } });
  return carbonioItemTarget({ account: carbonioAccount, session, info, tagColours, log: silent });
}

export function outgoing(
  kind: ItemKind,
  identity: string,
  octets: Buffer | string,
  more: Partial<OutgoingItem> = {},
): OutgoingItem {
  const mediaType = kind === 'contact' ? 'text/vcard' : 'text/calendar';
  return { kind, identity, name: identity, mediaType, octets: Buffer.from(octets), ...more };
}

export function lines(...all: readonly string[]): Buffer {
  return Buffer.from(all.map(line => `${line}\r\n`).join(''));
}

export function calendarOf(...components: readonly string[]): Buffer {
  return lines('BEGIN:VCALENDAR', 'VERSION:2.0', ...components, 'END:VCALENDAR');
}

/** What became of each item, in their order. */
export type Carried = readonly PutOutcome[];

/** The folder of this name, made where it is missing; the default one for null. */
export async function folderNamed(target: ItemTarget, kind: ItemKind, name: string | null): Promise<TargetItemFolder> {
  const all = (await target.listFolders(neverAborted)).filter(folder => folder.kind === kind);
  const found = all.find(each =>
    name === null ? each.isDefault : target.nameKey(each.name) === target.nameKey(target.nameFor(kind, [name])),
  );
  return found ?? (await target.createFolder(kind, target.nameFor(kind, [name ?? '']), neverAborted));
}

/**
 * Puts items as a job does: what has no outcome when the line breaks is looked for, and sent again where it is not
 * there. Gives up after so many breaks.
 */
export async function carry(
  target: ItemTarget,
  folder: TargetItemFolder,
  items: readonly OutgoingItem[],
  breaks = 500,
): Promise<Carried> {
  const outcomes = new Map<number, PutOutcome>();
  for (let broken = 0; ; broken += 1) {
    try {
      const collection = await target.openFolder(folder, neverAborted);
      const there = new Map<string, string>();
      for await (const page of collection.inventory(neverAborted)) {
        for (const { key, identity } of page) if (identity !== null) there.set(identity, key);
      }
      for (const [index, { identity }] of items.entries()) {
        const key = there.get(identity);
        // Sent in an earlier round of this run: the outcome was lost, not the item.
        if (key !== undefined && broken > 0 && !outcomes.has(index))
          outcomes.set(index, { index, kind: 'stored', key });
      }
      const waiting = [...items.keys()].filter(index => !outcomes.has(index));
      const sent = waiting.map(index => items[index]).filter(item => item !== undefined);
      for await (const outcome of collection.put(sent, neverAborted)) {
        const index = waiting[outcome.index] ?? -1;
        outcomes.set(index, { ...outcome, index });
      }
      return [...outcomes.values()].sort((a, b) => a.index - b.index);
    } catch (error) {
      const passing = error instanceof TravasoError && ['SERVER_BUSY', 'CONNECTION_LOST'].includes(error.code);
      if (!passing || broken >= breaks) throw error;
    }
  }
}

/** Names of the fields that the target gives back otherwise than announced, by identity; `null` for what is not there. */
export async function differences(
  target: ItemTarget,
  folder: TargetItemFolder,
  items: readonly OutgoingItem[],
  carried: Carried,
): Promise<Readonly<Record<string, readonly FieldName[] | null>>> {
  const collection = await target.openFolder(folder, neverAborted);
  const byKey = new Map(
    carried.flatMap(outcome => {
      const item = items[outcome.index];
      return outcome.kind === 'refused' || item === undefined ? [] : [[outcome.key, item] as const];
    }),
  );
  const wrong: Record<string, readonly FieldName[] | null> = {};
  for await (const { key, fields } of collection.read([...byKey.keys()], neverAborted)) {
    const item = byKey.get(key);
    if (item === undefined) throw new Error(`nobody asked for ${key}`);
    const differing = fields === null ? null : differingFields(target.prepare(item).kept, fields);
    if (differing === null || differing.length > 0) wrong[item.identity] = differing;
  }
  return wrong;
}

/** Outcomes by what they are, and by their reason where something was set aside. */
export function counts(carried: Carried): Readonly<Record<string, number>> {
  const words = carried.map(each => {
    if (each.kind !== 'refused') return each.kind;
    const { code, details } = each.problem;
    return code === 'TARGET_QUOTA' ? code : String(details['reason']);
  });
  return Object.fromEntries([...Map.groupBy(words, word => word)].map(([word, all]) => [word, all.length]));
}
