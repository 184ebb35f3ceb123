import { createHash } from 'node:crypto';
import * as z from 'zod';
import { idOf, segment } from './answers.ts';
import {
  eventFromGraph,
  eventPrefer,
  eventSelect,
  instanceSelect,
  instanceWindow,
  readEvent,
} from './event-from-graph.ts';
import type { SaidEvent, SaidFile, SaidPiece } from './event-from-graph.ts';
import { eventToGraph } from './event-to-graph.ts';
import type { OutgoingEvent } from './event-to-graph.ts';
import { changeInstances } from './change-instances.ts';
import type { GraphClient } from './graph-client.ts';
import type { CollectionParts, ListedItem } from './graph-collection.ts';
import { GraphRefusal } from './graph-problem.ts';
import {
  expandMarks,
  isPartOf,
  markFilter,
  markProperty,
  partFilter,
  partProperty,
  readMark,
  readPart,
  transactionId,
} from './identity-property.ts';
import type { ItemMark } from './identity-property.ts';
import { mapItem } from './map-item.ts';
import type { AttachedFile } from './attached-files.ts';

const attachment = z.object({ name: z.string().catch(''), contentBytes: z.string().nullish() });

/** @param home the zone of whole days and of times without one */
export function eventCollection(client: GraphClient, calendar: string, name: string, home: string): CollectionParts {
  const path = `/me/calendars/${segment(calendar)}/events`;

  const create = async (json: unknown, mark: ItemMark | null, signal: AbortSignal): Promise<string> => {
    try {
      return idOf(await client.send({ method: 'POST', path, json }, signal));
    } catch (error) {
      // Which of its answers to a transaction it knows Graph gives is not written anywhere: the event itself, or this.
      if (!(error instanceof GraphRefusal) || error.status !== 409 || mark === null) throw error;
      for await (const page of client.pages({ method: 'GET', path: `${path}?$select=id&${markFilter(mark)}` }, signal))
        if (page[0] !== undefined) return idOf(page[0]);
      throw error;
    }
  };

  /** Further events that an earlier run made already, by their number. */
  const partsOf = async (identity: string, signal: AbortSignal): Promise<ReadonlyMap<number, unknown>> => {
    const found = new Map<number, unknown>();
    const query = `${eventSelect}&${expandMarks}&${partFilter(identity)}`;
    const request = { method: 'GET', path: `${path}?$top=100&${query}`, prefer: eventPrefer } as const;
    for await (const page of client.pages(request, signal)) {
      for (const each of page) {
        const mark = readPart(each);
        if (mark !== null && isPartOf(mark, identity)) found.set(mark.part, each);
      }
    }
    return found;
  };

  return {
    name,
    async *list(signal) {
      const request = { method: 'GET', path: `${path}?$top=250&$select=id&${expandMarks}` } as const;
      for await (const page of client.pages(request, signal))
        yield page.flatMap((each): ListedItem[] =>
          readPart(each) === null ? [{ key: idOf(each), mark: readMark(each) }] : [],
        );
    },

    /**
     *     the event, marked as begun unless it is whole by itself
     *     → further events beside it → occurrences deleted and changed → files → marked as whole
     *
     * Each step may be done again without harm, so a run that was interrupted is gone through from the beginning.
     */
    async make(item, begun, signal) {
      const { events, files } = mapItem(() => eventToGraph(item.octets, home));
      const [main, ...others] = events;
      if (main === undefined) throw new GraphRefusal(400, 'no-event');
      const { identity } = item;
      const mark = (state: 'begun' | 'whole'): ItemMark => ({ identity, state, parts: others.length });
      const isSimple = others.length === 0 && files.length === 0 && !hasSteps(main);
      const own = mark(isSimple ? 'whole' : 'begun');
      const marked = (value: ReturnType<typeof markProperty>, part: number, { resource }: OutgoingEvent): unknown => ({
        ...resource,
        transactionId: transactionId(calendar, identity, part),
        singleValueExtendedProperties: [value],
      });
      const key = begun ?? (await create(marked(markProperty(own), 0, main), own, signal));
      if (isSimple && begun === null) return key;

      const made = others.length > 0 && begun !== null ? await partsOf(identity, signal) : new Map<number, unknown>();
      for (const [index, other] of others.entries()) {
        const there = made.get(index + 1);
        const json = marked(partProperty(identity, index + 1), index + 1, other);
        const part = there === undefined ? await create(json, null, signal) : idOf(there);
        await changeInstances(client, part, other, home, signal);
      }
      await changeInstances(client, key, main, home, signal);
      await attach(client, key, files, begun !== null, signal);
      const whole = { singleValueExtendedProperties: [markProperty(mark('whole'))] };
      await client.send({ method: 'PATCH', path: `/me/events/${segment(key)}`, json: whole }, signal);
      return key;
    },

    async fields(key, signal) {
      const own = `/me/events/${segment(key)}`;
      const request = { method: 'GET', path: `${own}?${eventSelect}&${expandMarks}`, prefer: eventPrefer } as const;
      const answer = await client.send(request, signal);
      const mark = readMark(answer);
      const others = mark === null || mark.parts === 0 ? [] : [...(await partsOf(mark.identity, signal)).values()];
      const event = readEvent(answer);
      const main = await pieceOf(client, event, signal);
      const parts: SaidPiece[] = [];
      for (const other of others) parts.push(await pieceOf(client, readEvent(other), signal));
      const files = event.hasAttachments === true ? await filesOf(client, own, signal) : [];
      return eventFromGraph([main, ...parts], files, home);
    },
  };
}

function hasSteps({ deletions, changes }: OutgoingEvent): boolean {
  return deletions.length > 0 || changes.length > 0;
}

async function pieceOf(client: GraphClient, event: SaidEvent, signal: AbortSignal): Promise<SaidPiece> {
  if (event.recurrence === null || event.recurrence === undefined) return { event, instances: [] };
  const { from, to } = instanceWindow(event);
  const query = `startDateTime=${from}&endDateTime=${to}&$top=500&${instanceSelect}`;
  const instances: SaidEvent[] = [];
  const path = `/me/events/${segment(event.id)}/instances?${query}`;
  for await (const page of client.pages({ method: 'GET', path, prefer: eventPrefer }, signal))
    instances.push(...page.map(readEvent));
  return { event, instances };
}

async function filesOf(client: GraphClient, own: string, signal: AbortSignal): Promise<readonly SaidFile[]> {
  const files: SaidFile[] = [];
  for await (const page of client.pages({ method: 'GET', path: `${own}/attachments` }, signal)) {
    for (const each of page) {
      const { name, contentBytes } = attachment.parse(each);
      const content = Buffer.from(contentBytes ?? '', 'base64');
      files.push({ name, sha256: createHash('sha256').update(content).digest('hex') });
    }
  }
  return files;
}

/** One that Graph does not take is missed by the proof; the appointment stays. */
async function attach(
  client: GraphClient,
  key: string,
  files: readonly AttachedFile[],
  resumed: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (files.length === 0) return;
  const own = `/me/events/${segment(key)}`;
  const there = new Set(resumed ? (await filesOf(client, own, signal)).map(each => `${each.name}|${each.sha256}`) : []);
  for (const { name, mediaType, content, sha256 } of files) {
    if (there.has(`${name}|${sha256}`)) continue;
    const json = {
      '@odata.type': '#microsoft.graph.fileAttachment',
      name,
      contentType: mediaType,
      contentBytes: content.toString('base64'),
    };
    try {
      await client.send({ method: 'POST', path: `${own}/attachments`, json }, signal);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
    }
  }
}
