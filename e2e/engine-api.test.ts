import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { methods } from '../shared/contract.ts';
import type { Account, Api, MethodName } from '../shared/contract.ts';
import { folderKey } from '../shared/model/folder.ts';
import type { FolderPath } from '../shared/model/folder.ts';
import { restingStatuses } from '../shared/model/job.ts';
import type { Survey } from '../shared/model/mailbox.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { systemNetwork } from '../electron/engine/discovery/system-network.ts';
import { dovecotAvailable, italianFolders, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { startFaultProxy } from './rig/fault-proxy.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import type { LoadedMessage } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const available = dovecotAvailable();
const password = 'segreta';
let server: DovecotServer;
/** As the other server of a migration, one that tells no sizes with its folder list. */
let target: DovecotServer;
let loaded: readonly LoadedMessage[];

beforeAll(async () => {
  if (!available) return;
  server = await startDovecot({ specialFolders: italianFolders, separator: '/', storage: 'maildir-fs' });
  target = await startDovecot({ specialFolders: italianFolders, withoutCapabilities: ['STATUS=SIZE', 'LIST-STATUS'] });
  const messages = generateMailbox({ messages: 300, medianSize: 2000, largeShare: 0 });
  loaded = loadMaildir(server, messages, { user: 'mario', folders: [['Vuota']] });
  loadMaildir(target, generateMailbox({ messages: 40, medianSize: 2000, largeShare: 0, seed: 2 }), { user: 'mario' });
});

afterAll(async () => {
  if (!available) return;
  await server[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
});

function newEngine(): Engine {
  const engine = createEngine(defaultPorts());
  onTestFinished(() => engine.close());
  return { ...engine, api: asAcrossTheWire(engine.api) };
}

/** What goes in and comes out fits the contract, as on every transport. */
function asAcrossTheWire(api: Api): Api {
  const checked = Object.entries(methods).map(([name, { input, output }]) => {
    const method = api[name as MethodName] as (input: unknown) => Promise<unknown>;
    return [name, async (given: unknown) => output.parse(await method(input.parse(given)))] as const;
  });
  return Object.fromEntries(checked) as unknown as Api;
}

function newFolder(): string {
  const directory = createTestDirectory('engine-api');
  onTestFinished(() => {
    directory.remove();
  });
  return `${directory.path}/archivio`;
}

async function accountAt(api: Api, port: number, user = 'mario'): Promise<Account> {
  const { signInId } = await api['signIn.password']({ password });
  return { address: `imap://${user}@127.0.0.1:${port}`, tls: 'none-on-loopback', signInId };
}

async function restOf(api: Api, jobId: string): Promise<string> {
  return await vi.waitFor(
    async () => {
      const { status } = await api['jobs.get']({ jobId });
      if (!restingStatuses.includes(status)) throw new Error(status);
      return status;
    },
    { timeout: 60_000, interval: 20 },
  );
}

async function surveyOf(api: Api, source: Account): Promise<Survey> {
  const { surveyId } = await api['survey.start']({ source });
  return await vi.waitFor(
    async () => {
      const survey = await api['survey.read']({ surveyId });
      if (survey.phase === 'listing' || survey.phase === 'counting') throw new Error(survey.phase);
      return survey;
    },
    { timeout: 30_000, interval: 20 },
  );
}

function loadedIn(path: FolderPath): { readonly messages: number; readonly octets: number } {
  const here = loaded.filter(({ folder }) => folderKey(folder) === folderKey(path));
  return { messages: here.length, octets: here.reduce((sum, { size }) => sum + size, 0) };
}

test.skipIf(!available)('a server that was typed is found as it answers, and signing in is tried', async () => {
  const { api } = newEngine();
  const { accounts } = await api['account.find']({
    mail: 'mario',
    server: `127.0.0.1:${server.ports.imaps}`,
    role: 'source',
  });
  expect(accounts.map(({ tls, by }) => [tls, by])).toEqual([['implicit', 'typed']]);
  const [found] = accounts;
  if (found === undefined) return;
  const right = await api['signIn.password']({ password });
  const account = { address: found.address, tls: found.tls, caFile: server.caFile };
  await expect(api['account.check']({ account: { ...account, signInId: right.signInId } })).resolves.toEqual({});
  const wrong = await api['signIn.password']({ password: 'sbagliata' });
  await expect(api['account.check']({ account: { ...account, signInId: wrong.signInId } })).rejects.toMatchObject({
    code: 'SIGNIN_REFUSED',
  });
  await expect(api['account.check']({ account: { ...account, signInId: null } })).rejects.toMatchObject({
    code: 'PASSWORD_MISSING',
  });
});

test.skipIf(!available)('who answers: a mail server in either way, and nobody who merely takes the call', async () => {
  const signal = AbortSignal.timeout(2000);
  const mute = createServer(() => undefined).listen(0, '127.0.0.1');
  const web = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  onTestFinished(() => {
    mute.close();
    web.close();
  });
  const answers = (port: number, tls: 'implicit' | 'starttls'): Promise<boolean> =>
    systemNetwork().answers({ host: '127.0.0.1', port, tls }, signal);
  const portOf = (listening: typeof web): number => (listening.address() as AddressInfo).port;
  expect(await answers(server.ports.imaps, 'implicit')).toBe(true);
  expect(await answers(server.ports.imap, 'starttls')).toBe(true);
  expect(await answers(server.ports.imap, 'implicit')).toBe(false);
  expect(await answers(portOf(web), 'starttls')).toBe(false);
  expect(await answers(portOf(mute), 'starttls')).toBe(false);
});

test.skipIf(!available)(
  'a survey tells what is in each folder, with and without the server telling sizes',
  async () => {
    const { api } = newEngine();
    const told = await surveyOf(api, await accountAt(api, server.ports.imap));
    expect(told).toMatchObject({ phase: 'done', problem: null });
    for (const { path, messages, octets } of told.folders.filter(({ selectable }) => selectable)) {
      expect({ path, messages, octets }).toEqual({ path, ...loadedIn(path) });
    }
    expect(told.folders.find(({ role }) => role === 'junk')?.path).toEqual(['Posta indesiderata']);

    const added = await surveyOf(api, await accountAt(api, target.ports.imap));
    expect(added.phase).toBe('done');
    expect(added.folders.reduce((sum, folder) => sum + (folder.messages ?? 0), 0)).toBe(40);
    expect(added.folders.every(({ octets, messages }) => octets !== null && octets >= (messages ?? 0))).toBe(true);
  },
);

test.skipIf(!available)('exactly the folders left out are left out, and the report says so', async () => {
  const archive = newFolder();
  const leftOut = [['Posta indesiderata'], ['Progetti', '2023']];
  const first = newEngine();
  const source = await accountAt(first.api, server.ports.imap);
  expect(await first.api['archive.inspect']({ path: archive })).toMatchObject({ holds: 'nothing' });
  await first.api['folders.leaveOut']({ archive, folders: leftOut });
  expect(await first.api['archive.inspect']({ path: archive })).toMatchObject({ holds: 'nothing' });
  const { jobId } = await first.api['backup.start']({ archive, source, format: 'mbox', folders: [] });
  expect(await restOf(first.api, jobId)).toBe('succeeded');

  const isLeftOut = (path: FolderPath): boolean => leftOut.some(each => folderKey(each) === folderKey(path));
  const kept = loaded.filter(({ folder }) => !isLeftOut(folder));
  const folders = await first.api['jobs.folders']({ jobId });
  expect(folders.some(({ path }) => isLeftOut(path))).toBe(false);
  for (const { path, messages, octets, state } of folders) {
    const { messages: count, octets: size } = loadedIn(path);
    expect({ path, state, messages, octets }).toEqual({
      ...{ path, state: 'done' },
      ...{ messages: { done: count, total: count }, octets: { done: size, total: size } },
    });
  }
  const place = await first.api['archive.inspect']({ path: archive });
  expect(place).toMatchObject({
    holds: 'archive',
    archive: { messages: kept.length, sealed: true, target: null, lastJob: { id: jobId, status: 'succeeded' } },
  });
  const { jobId: checkId } = await first.api['verify.start']({ archive, target: null });
  expect(await restOf(first.api, checkId)).toBe('succeeded');
  const report = await first.api['report.read']({ archive });
  expect(report.outcome).toBe('complete');
  expect(report.folders.filter(({ chosen }) => !chosen).map(({ path, found }) => [path, found])).toEqual(
    report.folders.filter(({ path }) => isLeftOut(path)).map(({ path }) => [path, loadedIn(path).messages]),
  );
  expect(report.folders.filter(({ chosen }) => !chosen)).toHaveLength(2);
  await first.close();

  // After a restart nobody said anything: what the archive says still holds.
  const second = newEngine();
  const again = { archive, source: await accountAt(second.api, server.ports.imap), format: null, folders: [] };
  const { jobId: sameId } = await second.api['backup.start'](again);
  expect(await restOf(second.api, sameId)).toBe('succeeded');
  expect(await second.api['archive.inspect']({ path: archive })).toMatchObject({ archive: { messages: kept.length } });
  expect((await second.api['jobs.folders']({ jobId: sameId })).map(({ messages }) => messages)).toEqual(
    folders.map(({ messages }) => messages),
  );

  await second.api['folders.leaveOut']({ archive, folders: [] });
  const { jobId: allId } = await second.api['backup.start'](again);
  expect(await restOf(second.api, allId)).toBe('succeeded');
  expect(await second.api['archive.inspect']({ path: archive })).toMatchObject({
    archive: { messages: loaded.length },
  });
  expect((await second.api['report.read']({ archive })).folders.every(({ chosen }) => chosen)).toBe(true);
});

test.skipIf(!available)(
  'the map written for an upload is the one it follows; its folders are told one by one',
  async () => {
    const archive = newFolder();
    const { api } = newEngine();
    const entries = [{ path: ['Posta indesiderata'], target: ['Vecchia posta', 'Da buttare'] }];
    await expect(api['map.write']({ archive, entries })).rejects.toMatchObject({ code: 'ARCHIVE_NOT_FOUND' });
    const source = await accountAt(api, server.ports.imap);
    const chosen = ['Posta indesiderata', 'Cestino'];
    const backup = await api['backup.start']({ archive, source, format: 'mbox', folders: chosen });
    expect(await restOf(api, backup.jobId)).toBe('succeeded');
    const { mapFile } = await api['map.write']({ archive, entries });

    const to = { archive, target: await accountAt(api, target.ports.imap), folders: [], mapFile };
    const plan = await api['upload.plan'](to);
    expect(await restOf(api, plan.jobId)).toBe('succeeded');
    const planned = (await api['jobs.result']({ jobId: plan.jobId })).plan?.folders ?? [];
    expect(planned.find(({ role }) => role === 'junk')?.targetPath).toEqual(['Vecchia posta', 'Da buttare']);

    const upload = await api['upload.start'](to);
    expect(await restOf(api, upload.jobId)).toBe('succeeded');
    const proof = await api['verify.start']({ archive, target: to.target });
    expect(await restOf(api, proof.jobId)).toBe('succeeded');
    const check = await api['verify.start']({ archive, target: null });
    expect(await restOf(api, check.jobId)).toBe('succeeded');
    const zip = await api['export.start']({ archive, to: `${archive}.zip`, format: 'zip', folders: [] });
    expect(await restOf(api, zip.jobId)).toBe('succeeded');
    for (const jobId of [upload.jobId, proof.jobId, check.jobId, zip.jobId]) {
      const folders = await api['jobs.folders']({ jobId });
      expect(folders.map(({ path }) => path[0]).sort()).toEqual([...chosen].sort());
      for (const { path, state, messages, octets, setAside } of folders) {
        const all = loadedIn(path);
        expect({ state, setAside, messages, octets }).toEqual({
          ...{ state: 'done', setAside: 0 },
          ...{ messages: { done: all.messages, total: all.messages }, octets: { done: all.octets, total: all.octets } },
        });
      }
    }
    expect(await api['archive.inspect']({ path: archive })).toMatchObject({
      archive: {
        source: expect.stringContaining('mario@') as string,
        target: expect.stringContaining('mario@') as string,
      },
    });
    const { text } = await api['diagnostics.read']({});
    expect(text).toContain('job upload: succeeded');
    for (const name of ['mario', '127.0.0.1', 'indesiderata', 'Cestino', archive, password]) {
      expect(text).not.toContain(name);
    }
  },
);

test.skipIf(!available)('after the computer slept a job does not wait for a line that is gone', async () => {
  await using proxy = await startFaultProxy({ targetPort: server.ports.imap });
  const archive = newFolder();
  const engine = newEngine();
  const { api } = engine;
  const asleep = proxy.inject({ at: 'server-literal', nth: 50, byte: 100, action: 'freeze' });
  const source = await accountAt(api, proxy.port);
  const { jobId } = await api['backup.start']({ archive, source, format: 'eml', folders: [] });
  await vi.waitFor(() => expect(asleep.fired).toBe(1), { timeout: 20_000, interval: 20 });
  const before = proxy.connections;
  engine.lineLost();
  // Far less than the two minutes of silence that a server is granted.
  expect(await restOf(api, jobId)).toBe('succeeded');
  expect(proxy.connections).toBeGreaterThan(before);
  expect(await api['archive.inspect']({ path: archive })).toMatchObject({ archive: { messages: loaded.length } });
});
