import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Account, Input } from '../shared/contract.ts';
import { folderKey } from '../shared/model/folder.ts';
import type { JobResult } from '../electron/engine/jobs/job-registry.ts';
import { restingStatuses } from '../shared/model/job.ts';
import type { SignInStep } from '../shared/model/sign-in.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { readSourceAccounts } from '../electron/engine/archive/source-accounts.ts';
import { createProfileKeys, signProfile } from '../electron/engine/profile/sign-profile.ts';
import { totpCode } from '../electron/engine/signin/zimbra/totp.ts';
import type { FakeAccountOptions, FakeMailboxPart, SoapBody } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { readArchive } from './rig/archive-oracle.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import type { GeneratedMessage } from './rig/mailbox-generator.ts';
import { runHere } from './rig/run-here.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const anna = 'anna@ente.it';
const password = 'segreta-del-web';
const appPassword = 'abcdefghijklmnop';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA';

/** As SOAP tells them; the same tree lies on the IMAP server, shares and searches too, as Zimbra shows them. */
const tree: SoapBody = {
  folder: [
    {
      id: '1',
      name: 'USER_ROOT',
      folder: [
        { id: '2', name: 'Inbox', view: 'message', n: 30, s: 4711 },
        // Names say one thing and ids another: ids count.
        { id: '5', name: 'Cestino', view: 'message', n: 10 },
        { id: '3', name: 'Roba vecchia', view: 'message' },
        {
          id: '300',
          name: 'Sent',
          view: 'message',
          n: 10,
          folder: [{ id: '301', name: 'È già qui', view: 'message', n: 1 }],
        },
        { id: '302', name: 'Nascosta', view: 'message', n: 4 },
        { id: '10', name: 'Calendar', view: 'appointment', n: 3 },
      ],
      link: [{ id: '400', name: 'Ufficio protocollo', view: 'message', owner: 'protocollo@ente.it' }],
      search: [{ id: '500', name: 'Non letti', query: 'is:unread', types: 'message' }],
    },
  ],
};
const tags = [
  { id: '64', name: 'Urgente', color: 5 },
  { id: '65', name: 'Da fare', rgb: '#12ab34' },
  { id: '66', name: 'Città' },
];
const keywordOf: Readonly<Record<string, string>> = {
  Urgente: 'Urgente',
  'Da fare': 'Dafare:FLAG1',
  Città: 'Citt:FLAG2',
};

const mailbox: FakeMailboxPart = {
  soap: new Map<string, () => SoapBody>([
    ['GetFolderRequest', () => tree],
    ['GetTagRequest', () => ({ tag: tags })],
  ]),
  info: () => ({ used: 123_456 }),
  attributes: () => ({ zimbraMailQuota: '25000000000' }),
};

const folders = [
  ['INBOX'],
  ['Cestino'],
  ['Roba vecchia'],
  ['Sent'],
  ['Sent', 'È già qui'],
  ['Ufficio protocollo'],
  ['Ufficio protocollo', 'Sotto'],
  ['Non letti'],
] as const;

/** Every folder gets some mail, and every third message a tag, spelled as Zimbra's IMAP does. */
function messages(): readonly GeneratedMessage[] {
  const names = Object.values(keywordOf);
  return [...generateMailbox({ messages: 80, medianSize: 2000, largeShare: 0 })].map((message, number) => ({
    ...message,
    folder: folders[number % folders.length] ?? ['INBOX'],
    keywords: number % 3 === 0 ? ['$Forwarded', names[(number / 3) % names.length] ?? ''].sort() : [],
  }));
}

interface World {
  readonly fake: ZimbraFake;
  readonly mail: DovecotServer;
  readonly engine: Engine;
  readonly account: Account;
  /** Of the organisation, as a file for the command line. */
  readonly profileFile: string;
  begin(): Promise<SignInStep>;
  answer(answer: Input<'signIn.answer'>['answer']): Promise<SignInStep>;
  signedIn(more?: Partial<Account>): Account;
}

/** A Zimbra server: SOAP from the fake, IMAP from a real Dovecot that the organisation's profile names. */
async function zimbra(account: Partial<FakeAccountOptions> = {}, mailPassword = password): Promise<World> {
  const accounts = [{ name: anna, password, mailbox, ...account }];
  const fake = await startZimbraFake({ edition: 'zimbra', accounts });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const mail = await startDovecot({
    users: { [anna]: { password: mailPassword } },
    storage: 'maildir-fs',
    withoutCapabilities: ['STATUS=SIZE', 'SPECIAL-USE'],
  });
  onTestFinished(() => mail[Symbol.asyncDispose]());
  const { path, remove } = createTestDirectory('zimbra-ca');
  onTestFinished(() => {
    remove();
  });
  const caFile = join(path, 'both.pem');
  await writeFile(caFile, (await readFile(fake.caFile, 'utf8')) + (await readFile(mail.caFile, 'utf8')));
  const organisation = signedProfile(mail.ports.imaps);
  const profileFile = join(path, 'profile.json');
  await writeFile(profileFile, organisation);
  const read = { read: () => Promise.resolve(organisation), write: () => Promise.resolve() };
  const engine = createEngine(defaultPorts({ organisation: read }));
  onTestFinished(() => engine.close());
  const address = fake.address(anna);
  let signInId = '';
  return {
    fake,
    mail,
    engine,
    account: { address, signInId: null, caFile },
    profileFile,
    async begin() {
      const reached = await engine.api['signIn.begin']({ address, password, caFile, acceptHost: true });
      signInId = reached.signInId;
      return reached.step;
    },
    answer: async answer => (await engine.api['signIn.answer']({ signInId, answer })).step,
    signedIn: more => ({ address, signInId, caFile, ...more }),
  };
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

async function backUp(engine: Engine, source: Account): Promise<{ readonly root: string; readonly result: JobResult }> {
  const { path, remove } = createTestDirectory('zimbra-source');
  onTestFinished(() => {
    remove();
  });
  const root = join(path, 'archivio');
  const { jobId } = await engine.api['backup.start']({ archive: root, source, format: 'eml', folders: [] });
  await vi.waitFor(
    async () => {
      const { status } = await engine.api['jobs.get']({ jobId });
      if (!restingStatuses.includes(status)) throw new Error(status);
    },
    { timeout: 60_000, interval: 20 },
  );
  return { root, result: await engine.api['jobs.result']({ jobId }) };
}

const done = { step: 'done', identity: anna, kept: false };

describe.skipIf(!dovecotAvailable())('an old mailbox on Zimbra', () => {
  test('mail by IMAP; roles by id, tags by name, shares and searches named and left, what IMAP hides missed', async () => {
    const world = await zimbra({
      aliases: ['a.verdi@ente.it'],
      identities: [{ name: 'URP', from: 'urp@ente.it', display: 'Ufficio' }],
    });
    const loaded = loadMaildir(world.mail, messages(), { user: anna });
    expect(await world.begin()).toEqual(done);
    const { root, result } = await backUp(world.engine, world.signedIn());

    const own = (path: readonly string[]): boolean => !['Ufficio protocollo', 'Non letti'].includes(path[0] ?? '');
    const tagOf = new Map(Object.entries(keywordOf).map(([name, keyword]) => [keyword, name]));
    const expected = loaded
      .filter(({ folder }) => own(folder))
      .map(({ folder, sha256, keywords }) => [
        folderKey(folder),
        sha256,
        keywords.map(keyword => tagOf.get(keyword) ?? keyword).sort(),
      ]);
    const archived = await readArchive(root);
    expect(
      archived.messages.map(({ folder, sha256, keywords }) => [folderKey(folder), sha256, keywords]).sort(),
    ).toEqual(expected.sort());
    expect(expected.some(([, , keywords]) => keywords?.includes('Da fare'))).toBe(true);

    const survey = await world.engine.api['survey.start']({ source: world.signedIn() });
    const { folders: surveyed } = await vi.waitFor(async () => {
      const read = await world.engine.api['survey.read']({ surveyId: survey.surveyId });
      if (read.phase !== 'done') throw new Error(read.phase);
      return read;
    });
    expect(surveyed.map(({ path, role }) => [path.join('/'), role]).sort()).toEqual([
      ['Cestino', 'sent'],
      ['INBOX', 'inbox'],
      ['Roba vecchia', 'trash'],
      ['Sent', null],
      ['Sent/È già qui', null],
    ]);
    expect(surveyed.find(({ role }) => role === 'inbox')?.octets).toBe(4711);

    expect(result.exceptions.map(({ problem }) => [problem.code, problem.details['folder']])).toEqual([
      ['FOLDER_SKIPPED', 'Ufficio protocollo'],
      ['SEARCH_FOLDER_SKIPPED', 'Non letti'],
      ['FOLDER_LIST_INCOMPLETE', 'Nascosta'],
    ]);
    expect(await readSourceAccounts(root)).toEqual([
      {
        account: `zimbra://anna%40ente.it@localhost:${world.fake.port}`,
        server: 'zimbra 10.1.0_GA_4655.FOSS',
        name: anna,
        usedBytes: 123_456,
        quotaBytes: 25_000_000_000,
        aliases: ['a.verdi@ente.it'],
        identities: [
          { name: 'DEFAULT', address: anna, displayName: null },
          { name: 'URP', address: 'urp@ente.it', displayName: 'Ufficio' },
        ],
        tags: [
          { name: 'Urgente', color: 5, rgb: null },
          { name: 'Da fare', color: null, rgb: '#12ab34' },
          { name: 'Città', color: null, rgb: null },
        ],
      },
    ]);
  });

  test('a shared folder comes along when it was asked for by name', async () => {
    const world = await zimbra();
    loadMaildir(world.mail, messages(), { user: anna });
    await world.begin();
    const { root } = await backUp(world.engine, world.signedIn({ sharedFolders: ['Ufficio protocollo/Sotto'] }));
    const paths = new Set((await readArchive(root)).messages.map(({ folder }) => folder.join('/')));
    expect([...paths].filter(path => path.startsWith('Ufficio'))).toEqual(['Ufficio protocollo/Sotto']);
  });

  test('with the second factor on, mail wants a password of its own, and the web’s is never tried there', async () => {
    const world = await zimbra({ secondFactor: { secret } }, appPassword);
    loadMaildir(world.mail, messages(), { user: anna });
    expect(await world.begin()).toMatchObject({ step: 'code', canTrust: true });
    const code = totpCode(secret, Date.now()) ?? '';
    const asked = {
      step: 'appPassword',
      url: `https://localhost:${world.fake.port}/`,
      problem: { code: 'IMAP_APP_PASSWORD_NEEDED' },
    };
    expect(await world.answer({ answer: 'code', code, trust: false })).toMatchObject(asked);
    expect(await world.mail.log()).not.toContain('auth failed');
    const wrong = await world.answer({ answer: 'appPassword', password: 'sbagliata' });
    expect(wrong).toMatchObject({ step: 'appPassword', problem: { code: 'SIGNIN_REFUSED' } });
    expect(await world.answer({ answer: 'appPassword', password: ` ${appPassword} ` })).toEqual(done);
    const { root } = await backUp(world.engine, world.signedIn());
    expect((await readArchive(root)).messages.length).toBeGreaterThan(40);
  });

  test('IMAP that refuses the password the web just took asks for an app password, also without a code', async () => {
    const world = await zimbra({}, appPassword);
    expect(await world.begin()).toMatchObject({ step: 'appPassword' });
    expect(await world.answer({ answer: 'appPassword', password: appPassword })).toEqual(done);
    const { signInId } = await world.engine.api['signIn.password']({ password });
    const alone = world.engine.api['account.check']({ account: { ...world.account, signInId } });
    await expect(alone).rejects.toMatchObject({ code: 'IMAP_APP_PASSWORD_NEEDED' });
  });

  test('a trusted computer is asked for no code the next time, and for its app password still', async () => {
    const world = await zimbra({ secondFactor: { secret } }, appPassword);
    await world.begin();
    const code = totpCode(secret, Date.now()) ?? '';
    expect(await world.answer({ answer: 'code', code, trust: true })).toMatchObject({ step: 'appPassword' });
    expect(await world.begin()).toMatchObject({ step: 'appPassword' });
    // Trust that the server took back costs nothing but the code.
    world.fake.account(anna).trustedDevices.clear();
    expect(await world.begin()).toMatchObject({ step: 'code' });
  });

  test('from the command line: code, app password and a shared folder by their options', async () => {
    const world = await zimbra({ secondFactor: { secret } }, appPassword);
    loadMaildir(world.mail, messages(), { user: anna });
    const { path, remove } = createTestDirectory('zimbra-cli');
    onTestFinished(() => {
      remove();
    });
    const archive = join(path, 'archivio');
    const { address, caFile = '' } = world.account;
    const account = ['--source', address, '--ca', caFile, '--profile', world.profileFile, '--password-env', 'WEB'];
    const run = (...more: readonly string[]) =>
      runHere(['backup', '--archive', archive, ...account, '--json', ...more], {
        env: { WEB: password, CODE: totpCode(secret, Date.now()) ?? '', MAIL: appPassword },
      });
    expect((await run()).result).toMatchObject({ problem: { code: 'SIGNIN_CODE_NEEDED' } });
    expect((await run('--code-env', 'CODE')).result).toMatchObject({ problem: { code: 'IMAP_APP_PASSWORD_NEEDED' } });
    world.fake.account(anna).usedCodes.clear();
    const done = await run('--code-env', 'CODE', '--app-password-env', 'MAIL', '--shared', 'Ufficio protocollo');
    // Not all is well: IMAP hides a folder that SOAP knows of.
    expect([done.exitCode, done.result?.['status']]).toEqual([2, 'partial']);
    const paths = new Set((await readArchive(archive)).messages.map(({ folder }) => folder.join('/')));
    expect([...paths].filter(each => each.startsWith('Ufficio'))).toHaveLength(2);
  });

  test('carried on to Carbonio, tags keep their names and their colours', async () => {
    const world = await zimbra();
    loadMaildir(world.mail, messages(), { user: anna });
    await world.begin();
    const { root } = await backUp(world.engine, world.signedIn());
    const target = fakeMailbox();
    const accounts = [{ name: anna, password, mailbox: target }];
    await using carbonio = await startZimbraFake({ edition: 'carbonio-ce', accounts });
    const account = ['--target', carbonio.address(anna), '--ca', carbonio.caFile, '--password-env', 'WEB'];
    const run = await runHere(['upload', '--archive', root, ...account, '--json'], { env: { WEB: password } });
    expect(run.result).toMatchObject({ status: 'succeeded' });
    expect([...target.store.tags.values()].map(({ name, color, rgb }) => [name, color, rgb]).sort()).toEqual([
      ['Città', null, null],
      ['Da fare', null, '#12ab34'],
      ['Urgente', 5, null],
    ]);
  });

  test('a code that is too late begins the sign-in again', async () => {
    const world = await zimbra({ secondFactor: { secret } });
    await world.begin();
    world.fake.state.sessions.expireAll();
    const late = await world.answer({ answer: 'code', code: '123456', trust: false });
    expect(late).toMatchObject({ step: 'failed', problem: { code: 'SIGNIN_CODE_EXPIRED' } });
  });
});
