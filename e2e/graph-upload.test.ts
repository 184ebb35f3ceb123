import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { MigrationReport } from '../shared/model/report.ts';
import type { Ports } from '../electron/engine/ports.ts';
import { startGraph, type FakeGraph } from './fakes/graph/start-graph.ts';
import { anna, annaAtMicrosoft, bothAuthorities } from './microsoft-rig.ts';
import { newFolder } from './reliability/journey.ts';
import { dovecotAvailable, italianFolders, startDovecot, type DovecotServer } from './rig/dovecot.ts';
import { generateItems } from './rig/generate-items.ts';
import { archiveItems } from './rig/items-archive.ts';
import { signInAsPerson } from './rig/oidc-person.ts';
import { startOidcServer, type OidcServer } from './rig/oidc-server.ts';
import type { CliResult } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';

const available = dovecotAvailable();
let oidc: OidcServer;
let exchange: DovecotServer;
let caFile: string;

beforeAll(async () => {
  if (!available) return;
  oidc = await startOidcServer({ users: { [anna.address]: anna } });
  exchange = await startDovecot({
    users: { [anna.address]: { password: 'unused' } },
    introspectionUrl: oidc.introspectionUrl,
    specialFolders: italianFolders,
    storage: 'maildir-fs',
  });
});
afterAll(async () => {
  if (!available) return;
  await oidc[Symbol.asyncDispose]();
  await exchange[Symbol.asyncDispose]();
});

/** The identity server's own tokens, given for Graph, are what Graph takes. */
async function graphOfAnna(): Promise<FakeGraph> {
  const graph = await startGraph(token => oidc.store.given('AccessToken').includes(token));
  onTestFinished(() => graph[Symbol.asyncDispose]());
  caFile = await bothAuthorities(oidc.caFile, exchange.caFile);
  return graph;
}

async function run(graph: FakeGraph, ...args: readonly string[]): Promise<CliResult> {
  const ports: Partial<Ports> = {
    openBrowser: async url => {
      await signInAsPerson(url, anna, oidc.caFile);
    },
    microsoft: {
      ...{ tenant: 'rig', clientId: oidc.clientId, authority: oidc.authority },
      ...{ imapHost: 'localhost', imapPort: exchange.ports.imaps, graphUrl: graph.url },
    },
  };
  return await runHere([...args, '--ca', caFile, '--json', '--lang', 'it'], { ports });
}

const counts = { contacts: 6, events: 8, tasks: 3 };

test.skipIf(!available)(
  'one sign-in carries mail and items; planned, carried, proved, reported, not doubled',
  async () => {
    const graph = await graphOfAnna();
    const archive = await newFolder();
    await archiveItems(archive, generateItems(counts));
    const to = ['--archive', archive, '--target', annaAtMicrosoft];

    const planned = await run(graph, 'upload', ...to, '--dry-run');
    const { items } = planned.result?.['plan'] as { items: { fate: string; items: number }[] };
    expect(items.reduce((sum, each) => sum + each.items, 0)).toBe(17);
    expect([...new Set(items.map(({ fate }) => fate))]).toEqual(['upload']);
    expect(graph.state.events.size).toBe(0);

    const uploaded = await run(graph, 'upload', ...to);
    expect(uploaded.result?.['items']).toMatchObject({
      contact: { toCarry: 6, uploaded: 6, setAside: 0 },
      event: { toCarry: 8, uploaded: 8, setAside: 0 },
      task: { toCarry: 3, uploaded: 3, setAside: 0 },
    });
    const again = await run(graph, 'upload', ...to);
    expect(again.result?.['items']).toMatchObject({ event: { uploaded: 0, alreadyPresent: 8 } });
    expect(graph.state.contacts.size).toBe(6);
    expect(graph.state.marks('events')).toHaveLength(8);
    expect(graph.state.tasks.size).toBe(3);

    const verified = await run(graph, 'verify', ...to);
    expect(verified.result?.['items']).toMatchObject({
      contact: { verified: 6, missing: 0 },
      event: { verified: 8, missing: 0 },
      task: { verified: 3, missing: 0 },
    });
    const out = join(await newFolder(), 'report.json');
    await runHere(['report', '--archive', archive, '--out', out]);
    expect((JSON.parse(readFileSync(out, 'utf8')) as MigrationReport).outcome).toBe('complete');
    expect(graph.state.wouldHaveMailed).toBe(0);
    expect(graph.state.touchedForeign).toBe(0);
    expect(graph.state.mostAtOnce).toBeLessThanOrEqual(4);
  },
);

test.skipIf(!available)('mail alone was approved: the items are named for the way by hand, and why', async () => {
  const graph = await graphOfAnna();
  oidc.manners.itemsApproved = 'none';
  onTestFinished(() => {
    delete oidc.manners.itemsApproved;
  });
  const archive = await newFolder();
  await archiveItems(archive, generateItems(counts));
  const upload = await run(graph, 'upload', '--archive', archive, '--target', annaAtMicrosoft);
  expect(upload.result).toMatchObject({
    problem: null,
    items: { contact: { byHand: 6 }, event: { byHand: 8 }, task: { byHand: 3 } },
  });
  const codes = (upload.result?.['exceptions'] as { problem?: { code: string }; code?: string }[]).map(
    each => each.problem?.code ?? each.code,
  );
  expect(codes).toContain('MICROSOFT_ITEMS_NOT_APPROVED');
  expect(graph.state.requests).toEqual([]);

  oidc.manners.itemsApproved = 'without-tasks';
  const most = await run(graph, 'upload', '--archive', archive, '--target', annaAtMicrosoft);
  expect(most.result?.['items']).toMatchObject({
    contact: { uploaded: 6 },
    event: { uploaded: 8 },
    task: { byHand: 3 },
  });
});
