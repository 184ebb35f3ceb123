import { onTestFinished } from 'vitest';
import { problemOf } from '../shared/errors.ts';
import type { Problem } from '../shared/errors.ts';
import { createHttpClient } from '../electron/engine/http/http-client.ts';
import type { HttpClient } from '../electron/engine/http/http-client.ts';
import { differingFields } from '../electron/engine/items/item-fields.ts';
import type { FieldName } from '../electron/engine/items/item-fields.ts';
import { isPassing } from '../electron/engine/jobs/passing-problems.ts';
import { graphClient } from '../electron/engine/targets/microsoft365/graph/graph-client.ts';
import { graphItemTarget } from '../electron/engine/targets/microsoft365/graph/graph-item-target.ts';
import type { ItemTarget, OutgoingItem, PutOutcome } from '../electron/engine/targets/item-target.ts';
import { startGraph, type FakeGraph } from './fakes/graph/start-graph.ts';
import type { GraphQuirks } from './fakes/graph/graph-quirks.ts';

export interface GraphRig {
  readonly graph: FakeGraph;
  /** Connects anew, as a job does after each line that broke. */
  connect(): ItemTarget;
  /** What Graph asked to be waited for, milliseconds, in order. */
  readonly waits: number[];
  /** How often another token was asked for. */
  readonly tokens: { renewed: number };
  /** Requests sent although Graph had asked to wait. */
  readonly impatient: () => number;
}

/** The fake goes by a clock that is put on by what is waited, so that nothing is slept. */
export async function graphRig(quirks: Partial<GraphQuirks> = {}): Promise<GraphRig> {
  const waits: number[] = [];
  const tokens = { renewed: 0 };
  let [toldUntil, impatient] = [0, 0];
  const watched = (): HttpClient => {
    const http = createHttpClient();
    return {
      ...http,
      send: async (request, signal) => {
        if (passed() < toldUntil) impatient += 1;
        const response = await http.send(request, signal);
        const seconds = Number(response.headers['retry-after'] ?? 0);
        if (seconds > 0) toldUntil = passed() + seconds * 1000;
        return response;
      },
    };
  };
  const accepted = (): string => `token-${tokens.renewed}`;
  const passed = (): number => waits.reduce((sum, each) => sum + each, 0);
  const graph = await startGraph(token => token === accepted(), { now: passed, ...quirks });
  onTestFinished(() => graph[Symbol.asyncDispose]());
  return {
    graph,
    waits,
    tokens,
    impatient: () => impatient,
    connect: () => {
      const token = (refused?: string): Promise<string> => {
        if (refused === accepted()) tokens.renewed += 1;
        return Promise.resolve(accepted());
      };
      const client = graphClient({ clock: { monotonicMs: passed }, http: watched(), baseUrl: graph.url, token });
      onTestFinished(() => client.close());
      return graphItemTarget({
        account: 'microsoft365:anna@ente.it',
        client,
        kinds: new Set(['contact', 'event', 'task']),
        remarks: [],
        home: 'Europe/Rome',
      });
    },
  };
}

export interface Carried {
  readonly outcomes: ReadonlyMap<OutgoingItem, PutOutcome>;
  /** How often the line or the server stopped the work. */
  readonly stops: readonly Problem[];
}

/**
 * As a job does: inventory, send what is not there, and once more on a new connection when something passing comes
 * between. Items of one folder only.
 */
export async function carry(rig: GraphRig, folder: string, items: readonly OutgoingItem[]): Promise<Carried> {
  const outcomes = new Map<OutgoingItem, PutOutcome>();
  const stops: Problem[] = [];
  const { signal } = new AbortController();
  for (;;) {
    const target = rig.connect();
    try {
      const kind = items[0]?.kind ?? 'event';
      const folders = await target.listFolders(signal);
      const found = folders.find(each => each.kind === kind && each.key === folder);
      if (found === undefined) throw new Error(`No folder ${folder}`);
      const collection = await target.openFolder(found, signal);
      const there = new Map<string, string>();
      for await (const page of collection.inventory(signal))
        for (const { key, identity } of page) if (identity !== null) there.set(identity, key);
      for (const [index, item] of items.entries()) {
        const key = there.get(item.identity);
        if (key !== undefined && !outcomes.has(item)) outcomes.set(item, { index, kind: 'present', key });
      }
      const waiting = items.filter(item => !outcomes.has(item));
      for await (const outcome of collection.put(waiting, signal)) {
        const item = waiting[outcome.index];
        if (item !== undefined) outcomes.set(item, outcome);
      }
      return { outcomes, stops };
    } catch (error) {
      const problem = problemOf(error);
      if (!isPassing(problem) || stops.length > 400) throw error;
      stops.push(problem);
      rig.waits.push(problem.retryAfterMs ?? 0);
    } finally {
      await target.close();
    }
  }
}

/** Reads what was carried back and names the fields that are not what `prepare` promised. */
export async function differences(
  rig: GraphRig,
  folder: string,
  { outcomes }: Carried,
): Promise<ReadonlyMap<OutgoingItem, readonly FieldName[] | 'missing'>> {
  const target = rig.connect();
  const { signal } = new AbortController();
  const found = (await target.listFolders(signal)).find(each => each.key === folder);
  if (found === undefined) throw new Error(`No folder ${folder}`);
  const collection = await target.openFolder(found, signal);
  const byKey = new Map(
    [...outcomes].flatMap(([item, outcome]) => (outcome.kind === 'refused' ? [] : [[outcome.key, item] as const])),
  );
  const result = new Map<OutgoingItem, readonly FieldName[] | 'missing'>();
  for await (const { key, fields } of collection.read([...byKey.keys()], signal)) {
    const item = byKey.get(key);
    if (item === undefined) throw new Error(`Nobody asked for ${key}`);
    if (fields === null) result.set(item, 'missing');
    else {
      const differing = differingFields(target.prepare(item).kept, fields);
      if (differing.length > 0) result.set(item, differing);
    }
  }
  await target.close();
  return result;
}

export function outgoing(kind: OutgoingItem['kind'], identity: string, octets: Buffer): OutgoingItem {
  const mediaType = kind === 'contact' ? 'text/vcard' : 'text/calendar';
  return { kind, identity, name: identity, mediaType, octets };
}
