import * as z from 'zod';
import { segment } from './answers.ts';
import type { OutgoingEvent } from './event-to-graph.ts';
import type { GraphClient } from './graph-client.ts';
import { GraphRefusal } from './graph-problem.ts';

const instance = z.object({
  id: z.string(),
  isAllDay: z.boolean().nullish(),
  originalStart: z.string().nullish(),
  start: z.object({ dateTime: z.string() }),
});

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Deletes and changes occurrences of a series that we have just made; nothing else is ever touched. What Graph refuses, or
 * does not have, is left: the proof compares every occurrence and names what differs.
 */
export async function changeInstances(
  client: GraphClient,
  series: string,
  { deletions, changes }: OutgoingEvent,
  home: string,
  signal: AbortSignal,
): Promise<void> {
  if (deletions.length + changes.length === 0) return;
  const moved = changes
    .map(({ resource }) => resource['start'])
    .flatMap(start => moment.safeParse(start).data?.dateTime ?? []);
  const points = [...deletions, ...changes.map(({ original }) => original), ...moved].map(each =>
    Date.parse(each.length > 10 && !each.endsWith('Z') ? `${each}Z` : each),
  );
  // Where an occurrence was moved to counts as well: an earlier run may have moved it already.
  const from = new Date(Math.min(...points) - 2 * dayMs).toISOString().slice(0, 19);
  const to = new Date(Math.max(...points) + 2 * dayMs).toISOString().slice(0, 19);
  const query = `startDateTime=${from}&endDateTime=${to}&$top=500&$select=id,type,isAllDay,originalStart,start`;
  const ids = new Map<string, string>();
  const path = `/me/events/${segment(series)}/instances?${query}`;
  for await (const page of client.pages({ method: 'GET', path, prefer: ['outlook.timezone="UTC"'] }, signal)) {
    for (const each of page) {
      const { id, start, originalStart } = instance.parse(each);
      const point = `${(originalStart ?? start.dateTime).slice(0, 19)}Z`;
      ids.set(point, id);
      ids.set(dayOf(point, home), id);
    }
  }
  for (const original of deletions) {
    const id = ids.get(original);
    if (id !== undefined) await tried(client.send({ method: 'DELETE', path: `/me/events/${segment(id)}` }, signal));
  }
  for (const { original, resource } of changes) {
    const id = ids.get(original);
    if (id !== undefined)
      await tried(client.send({ method: 'PATCH', path: `/me/events/${segment(id)}`, json: resource }, signal));
  }
}

const moment = z.object({ dateTime: z.string() });

/** Of a whole day, which begins at midnight in UTC or where the person lives. */
function dayOf(point: string, home: string): string {
  if (point.endsWith('T00:00:00Z')) return point.slice(0, 10);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: home, dateStyle: 'short' }).format(new Date(point));
}

async function tried(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
  }
}
