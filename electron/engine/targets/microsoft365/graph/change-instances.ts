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

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

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
  const moved = changes.flatMap(({ resource }) => moment.safeParse(resource['start']).data?.dateTime ?? []);
  // Where an occurrence was moved to counts as well: an earlier run may have moved it already.
  const points = [...deletions, ...changes.map(({ original }) => original), ...moved].map(each =>
    Date.parse(each.length > 10 && !each.endsWith('Z') ? `${each}Z` : each),
  );
  const found: Occurrence[] = [];
  for (const window of windowsAround(points)) {
    for await (const occurrence of occurrencesWithin(client, series, window, signal)) found.push(occurrence);
  }
  /** A pattern names one time a day, so that the one an hour off is the same one in a night when the clock changes. */
  const idOf = (original: string): string | undefined => {
    if (original.length === 10) return found.find(({ point }) => dayOf(point, home) === original)?.id;
    const near = found.filter(({ point }) => Math.abs(Date.parse(point) - Date.parse(original)) <= 2 * hourMs);
    return (near.find(({ point }) => point === original) ?? near[0])?.id;
  };
  for (const original of deletions) {
    const id = idOf(original);
    if (id !== undefined) await tried(client.send({ method: 'DELETE', path: `/me/events/${segment(id)}` }, signal));
  }
  for (const { original, resource } of changes) {
    const id = idOf(original);
    if (id !== undefined)
      await tried(client.send({ method: 'PATCH', path: `/me/events/${segment(id)}`, json: resource }, signal));
  }
}

interface Occurrence {
  readonly id: string;
  /** By the pattern, an instant in UTC. */
  readonly point: string;
}

const moment = z.object({ dateTime: z.string() });

interface Window {
  readonly from: number;
  readonly to: number;
}

/** A series may be long and what is to be done in it far apart: only what lies near is asked for. */
function windowsAround(points: readonly number[]): readonly Window[] {
  const windows: Window[] = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const last = windows.at(-1);
    const to = point + 2 * dayMs;
    if (last !== undefined && point - last.to < 60 * dayMs) windows[windows.length - 1] = { ...last, to };
    else windows.push({ from: point - 2 * dayMs, to });
  }
  return windows;
}

async function* occurrencesWithin(
  client: GraphClient,
  series: string,
  { from, to }: Window,
  signal: AbortSignal,
): AsyncGenerator<Occurrence> {
  const [start, end] = [from, to].map(each => new Date(each).toISOString().slice(0, 19));
  const query = `startDateTime=${start ?? ''}&endDateTime=${end ?? ''}&$top=500&$select=id,type,isAllDay,originalStart,start`;
  const path = `/me/events/${segment(series)}/instances?${query}`;
  for await (const page of client.pages({ method: 'GET', path, prefer: ['outlook.timezone="UTC"'] }, signal)) {
    for (const each of page) {
      const { id, start: at, originalStart } = instance.parse(each);
      yield { id, point: `${(originalStart ?? at.dateTime).slice(0, 19)}Z` };
    }
  }
}

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
