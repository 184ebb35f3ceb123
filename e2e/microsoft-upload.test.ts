import { readFileSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { JobSnapshot } from '../shared/model/job.ts';
import { restingStatuses } from '../shared/model/job.ts';
import type { Ports } from '../electron/engine/ports.ts';
import { fileLog } from '../electron/hosts/file-log.ts';
import {
  anna,
  annaAtMicrosoft,
  bothAuthorities,
  microsoftEngine,
  satBrowser,
  type MicrosoftEngine,
  type SatBrowser,
} from './microsoft-rig.ts';
import { dovecotAvailable, italianFolders, startDovecot, type DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { startMeteredLine, type MeteredLine } from './rig/metered-line.ts';
import { startOidcServer, type OidcServer } from './rig/oidc-server.ts';
import { signInAsPerson } from './rig/oidc-person.ts';
import { runHere } from './rig/run-here.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const available = dovecotAvailable();
const messages = 50;
const halfOfTheMail = 80_000;
let oidc: OidcServer;
let old: DovecotServer;

beforeAll(async () => {
  if (!available) return;
  oidc = await startOidcServer({ users: { [anna.address]: anna } });
  old = await startDovecot();
  loadMaildir(old, generateMailbox({ messages, medianSize: 3000, largeShare: 0 }), { user: 'mario' });
});
afterAll(async () => {
  if (!available) return;
  await oidc[Symbol.asyncDispose]();
  await old[Symbol.asyncDispose]();
});

interface Stage {
  readonly engine: MicrosoftEngine;
  readonly browser: SatBrowser;
  readonly archive: string;
  readonly folder: string;
  readonly caFile: string;
  readonly line: MeteredLine;
  readonly exchange: DovecotServer;
  /** In the middle of what is uploaded from now on: does something, and breaks the line. */
  halfWay(act: () => void): void;
  upload(signInId: string): Promise<JobSnapshot>;
  ended(jobId: string): Promise<JobSnapshot>;
  inNewMailbox(): Promise<number>;
}

/** An archive of the old mailbox, a new mailbox that takes tokens only, and an engine that can be tripped between. */
async function setStage(ports: Partial<Ports> = {}): Promise<Stage> {
  const exchange = await startDovecot({
    users: { [anna.address]: { password: 'unused' } },
    introspectionUrl: oidc.introspectionUrl,
    specialFolders: italianFolders,
    storage: 'maildir-fs',
  });
  const line = await startMeteredLine(exchange.ports.imaps);
  onTestFinished(async () => {
    await line[Symbol.asyncDispose]();
    await exchange[Symbol.asyncDispose]();
  });
  const caFile = await bothAuthorities(oidc.caFile, exchange.caFile, old.caFile);
  const browser = satBrowser(oidc.caFile, anna);
  const engine = microsoftEngine({ ...oidc, caFile }, browser, {
    ...ports,
    microsoft: { imapHost: 'localhost', imapPort: line.port },
  });
  const { path: folder, remove } = createTestDirectory('microsoft');
  onTestFinished(remove);
  const archive = join(folder, 'archive');
  const { api } = engine;
  const ended = async (jobId: string): Promise<JobSnapshot> => {
    const rest = Promise.withResolvers<JobSnapshot>();
    const stop = engine.events.subscribe(snapshot => {
      if (snapshot.id === jobId && restingStatuses.includes(snapshot.status)) rest.resolve(snapshot);
    });
    try {
      return await rest.promise;
    } finally {
      stop();
    }
  };
  const { signInId } = await api['signIn.password']({ password: 'segreta' });
  const source = { address: `imaps://mario@localhost:${old.ports.imaps}`, signInId, caFile };
  const backup = await api['backup.start']({ archive, source, format: null });
  expect(await ended(backup.jobId)).toMatchObject({ status: 'succeeded', figures: { stored: messages } });
  return {
    engine,
    browser,
    archive,
    folder,
    caFile,
    line,
    exchange,
    halfWay: act =>
      void line.afterOctets('up', halfOfTheMail).then(() => {
        act();
        line.cut();
      }),
    upload: async id => {
      const target = { address: annaAtMicrosoft, signInId: id, caFile };
      return await ended((await api['upload.start']({ archive, target, mapFile: null })).jobId);
    },
    ended,
    inNewMailbox: async () => {
      const status = await exchange.doveadm(
        '-f',
        'tab',
        'mailbox',
        'status',
        '-u',
        anna.address,
        '-t',
        'messages',
        '*',
      );
      return Number(status.trim().split('\n').at(-1));
    },
  };
}

test.skipIf(!available)('sign-in, token, XOAUTH2, upload: every message arrives once and is verified', async () => {
  const stage = await setStage();
  const signInId = await stage.engine.signIn();
  expect(await stage.upload(signInId)).toMatchObject({ status: 'succeeded', figures: { uploaded: messages } });
  expect(await stage.inNewMailbox()).toBe(messages);
  const target = { address: annaAtMicrosoft, signInId, caFile: stage.caFile };
  const { jobId } = await stage.engine.api['verify.start']({ archive: stage.archive, target });
  expect(await stage.ended(jobId)).toMatchObject({ problem: null, figures: { verified: messages } });
  await stage.engine.api['account.check']({ account: target });
});

test.skipIf(!available)('a token that ends in the middle is renewed behind the scenes', async () => {
  const stage = await setStage();
  const signInId = await stage.engine.signIn();
  const before = oidc.tokenRequests.length;
  stage.halfWay(() => {
    // As Exchange does: the session is over, and what opened it opens nothing any more.
    oidc.store.expireAccessTokens();
  });
  expect(await stage.upload(signInId)).toMatchObject({ status: 'succeeded', problem: null });
  expect(await stage.inNewMailbox()).toBe(messages);
  expect(oidc.tokenRequests.slice(before).map(({ grant }) => grant)).toEqual(['refresh_token']);
  expect(stage.browser.urls).toHaveLength(1);
});

test.skipIf(!available)(
  'a grant taken back in the middle: the job rests, and after a new sign-in it ends with nothing doubled',
  async () => {
    const stage = await setStage();
    const signInId = await stage.engine.signIn();
    stage.halfWay(() => {
      oidc.store.revokeAll();
    });
    const rested = await stage.upload(signInId);
    expect(rested).toMatchObject({ status: 'paused', problem: { code: 'SIGNIN_EXPIRED' } });
    expect((await stage.engine.api['signIn.read']({ signInId })).step).toMatchObject({
      step: 'failed',
      problem: { code: 'SIGNIN_EXPIRED' },
    });
    expect(await stage.inNewMailbox()).toBeGreaterThan(0);
    expect(await stage.inNewMailbox()).toBeLessThan(messages);

    const resumed = await stage.upload(await stage.engine.signIn());
    expect(resumed).toMatchObject({ id: rested.id, status: 'succeeded', problem: null });
    expect(await stage.inNewMailbox()).toBe(messages);
  },
);

test.skipIf(!available)('the command line opens the browser, says so, and goes on', async () => {
  const stage = await setStage();
  const given: string[] = [];
  const run = await runHere(
    ['upload', '--archive', stage.archive, '--target', annaAtMicrosoft, '--ca', stage.caFile, '--json', '--lang', 'it'],
    {
      ports: {
        openBrowser: async url => {
          given.push(url);
          await signInAsPerson(url, anna, oidc.caFile);
        },
        microsoft: {
          tenant: 'rig',
          clientId: oidc.clientId,
          authority: oidc.authority,
          imapHost: 'localhost',
          imapPort: stage.line.port,
        },
      },
    },
  );
  expect(run.stderr).toContain('Si apre il browser: accedi lì.');
  expect(run.stderr).toContain(given[0]);
  expect(run.stderr).toContain('Accesso riuscito: anna@ente.it');
  expect(run.result).toMatchObject({ status: 'succeeded', messages: { uploaded: messages } });
  expect(run.exitCode).toBe(0);
  expect(await stage.inNewMailbox()).toBe(messages);
});

test('the command line without an organisation’s profile names the way out and ends with 77', async () => {
  const { path, remove } = createTestDirectory('microsoft');
  onTestFinished(remove);
  const env = { HOME: path, XDG_DATA_HOME: path, LOCALAPPDATA: path };
  const run = await runHere(['upload', '--archive', path, '--target', annaAtMicrosoft, '--lang', 'it'], { env });
  expect(run.exitCode).toBe(77);
  expect(run.stderr).toContain('profilo del tuo ente');
  expect(run.stderr).toContain('T-305');
  const letter = await runHere(['letter', '--target', annaAtMicrosoft, '--lang', 'en'], { env });
  expect(letter.text).toContain('APPLICATION-ID');
  expect(letter.text).toContain("Set-CASMailbox 'anna@ente.it' -ImapEnabled $true");
});

test.skipIf(!available)('no secret is found anywhere: log, archive, diagnostics, report, results', async () => {
  const { path, remove } = createTestDirectory('microsoft-log');
  onTestFinished(remove);
  const logFile = join(path, 'travaso.log');
  const stage = await setStage({ log: fileLog(logFile) });
  const signInId = await stage.engine.signIn();
  stage.halfWay(() => {
    oidc.store.expireAccessTokens();
  });
  const done = await stage.upload(signInId);
  oidc.store.revokeAll();
  const { api } = stage.engine;
  const target = { address: annaAtMicrosoft, signInId, caFile: stage.caFile };
  await api['account.check']({ account: target }).catch(() => undefined);
  const diagnostics = await api['diagnostics.read']({});
  await api['report.write']({ archive: stage.archive, out: join(stage.folder, 'report.html'), language: 'it' });
  const step = await api['signIn.read']({ signInId });
  await writeFile(
    join(stage.folder, 'spoken.json'),
    JSON.stringify([diagnostics, done, step, process.argv, process.env]),
  );

  const secrets = [
    anna.password,
    ...(['AccessToken', 'RefreshToken', 'AuthorizationCode'] as const).flatMap(model => oidc.store.given(model)),
  ];
  expect(secrets.length).toBeGreaterThan(5);
  const places = [logFile, ...filesBelow(stage.folder)];
  expect(places.length).toBeGreaterThan(5);
  const text = places.map(file => readFileSync(file, 'latin1')).join('\n');
  // The search can find: this stands in the log, and this in the archive.
  expect(await readFile(logFile, 'utf8')).toContain('microsoft.refused');
  expect(text).toContain('BagIt');
  expect(secrets.filter(secret => text.includes(secret) || text.includes(encodeURIComponent(secret)))).toEqual([]);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}
