import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProfileKeys, checkProfile, signProfile } from '../../electron/engine/profile/sign-profile.ts';
import type { MicrosoftSettings } from '../../electron/engine/signin/microsoft/microsoft-settings.ts';
import type { ExchangeQuirks } from '../fakes/exchange/exchange-quirks.ts';
import { startExchange, type FakeExchange } from '../fakes/exchange/start-exchange.ts';
import type { FakeAccountOptions, SoapBody } from '../fakes/zimbra/fake-account.ts';
import { fakeMailbox, type FakeMailbox } from '../fakes/zimbra/fake-mailbox.ts';
import { startZimbraFake, type ZimbraFake } from '../fakes/zimbra/start-zimbra-fake.ts';
import { italianFolders, startDovecot, type DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir, type LoadedMessage } from '../rig/load-maildir.ts';
import { generateMailbox, type GeneratedFolder, type GeneratedMessage } from '../rig/mailbox-generator.ts';
import { startMeteredLine, type MeteredLine } from '../rig/metered-line.ts';
import { startOidcServer, type OidcServer } from '../rig/oidc-server.ts';
import { createTestDirectory } from '../rig/test-directory.ts';

/** An organisation that leaves its Zimbra: every server on loopback, and the profile it would sign for its people. */

export const anna = { mail: 'anna@ente.it', password: 'canarino-vecchia-7f3a' } as const;
export const annaAtMicrosoft = { address: anna.mail, password: 'canarino-ms-4c21', code: '264817' } as const;

/** What is the same for both moves. */
interface Office extends AsyncDisposable {
  readonly old: ZimbraFake;
  /** What lies in the person's own folders of the old mailbox. */
  readonly mail: readonly LoadedMessage[];
  /** What lies in `sharedFolder`. */
  readonly sharedMail: readonly LoadedMessage[];
  /** One file with everybody's authority, as an administration hands it out to its computers. */
  readonly authorities: string;
  /** Writes the signed profile there; its fingerprint is what the help desk would read out. */
  readonly writeProfile: (file: string, more?: Readonly<Record<string, unknown>>) => Promise<string>;
}

export interface MicrosoftOffice extends Office {
  readonly oidc: OidcServer;
  readonly exchange: DovecotServer;
  readonly line: MeteredLine;
  readonly microsoft: Partial<MicrosoftSettings>;
  /** In the middle of what is uploaded from now on: does something, and breaks the line. */
  halfWay(act: () => void): void;
  inNewMailbox(): Promise<number>;
}

export interface ExchangeOffice extends Office {
  readonly oidc: OidcServer;
  readonly exchange: FakeExchange;
  readonly microsoft: Partial<MicrosoftSettings>;
}

export interface CarbonioOffice extends Office {
  readonly new: ZimbraFake;
  readonly mailbox: FakeMailbox;
}

export const sharedFolder = 'Ufficio protocollo';
const folders: readonly GeneratedFolder[] = [
  { path: ['INBOX'], role: 'inbox', weight: 3 },
  { path: ['Lavoro'], role: null, weight: 2 },
  { path: [sharedFolder], role: null, weight: 1 },
];

/** As SOAP tells them; one of them is somebody else's. */
const tree: SoapBody = {
  folder: [
    {
      ...{ id: '1', name: 'USER_ROOT' },
      folder: [
        { id: '2', name: 'Inbox', view: 'message' },
        { id: '300', name: 'Lavoro', view: 'message' },
      ],
      link: [{ id: '400', name: sharedFolder, view: 'message', owner: 'protocollo@ente.it' }],
    },
  ],
};

const tenant = '2f6a3c1e-1b6d-4d62-9a55-9a0d3a6b1c11';

export async function microsoftOffice(messages: number): Promise<MicrosoftOffice> {
  const stack = new AsyncDisposableStack();
  const oidc = stack.use(
    await startOidcServer({ users: { [anna.mail]: annaAtMicrosoft, 'bruno@ente.it': { password: 'canarino-bruno' } } }),
  );
  const exchange = stack.use(
    await startDovecot({
      users: { [anna.mail]: { password: 'unused' } },
      introspectionUrl: oidc.introspectionUrl,
      specialFolders: italianFolders,
      storage: 'maildir-fs',
    }),
  );
  const line = stack.use(await startMeteredLine(exchange.ports.imaps));
  const target = { kind: 'microsoft365', tenant, clientId: oidc.clientId };
  const office = stack.use(await officeMovingTo(target, messages, [oidc.caFile, exchange.caFile]));
  return {
    ...office,
    ...{ oidc, exchange, line },
    microsoft: { authority: oidc.authority, imapHost: 'localhost', imapPort: line.port },
    halfWay: act =>
      void line.afterOctets('up', 60_000).then(() => {
        act();
        line.cut();
      }),
    inNewMailbox: async () => {
      const status = await exchange.doveadm('-f', 'tab', 'mailbox', 'status', '-u', anna.mail, '-t', 'messages', '*');
      return Number(status.trim().split('\n').at(-1));
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The same move, to a mailbox with the manners of Exchange Online; whom the identity server lets in, it lets in. */
export async function exchangeOffice(
  messages: number,
  further: readonly GeneratedMessage[],
  quirks: Partial<ExchangeQuirks>,
): Promise<ExchangeOffice> {
  const stack = new AsyncDisposableStack();
  const oidc = stack.use(await startOidcServer({ users: { [anna.mail]: annaAtMicrosoft } }));
  const exchange = stack.use(await startExchange(anna.mail, quirks));
  const { state } = exchange;
  const revoked = new Set<string>();
  state.isValid = token => oidc.store.given('AccessToken').includes(token) && !revoked.has(token);
  state.revoke = token => void revoked.add(token);
  const directory = createTestDirectory('exchange-authority');
  stack.defer(directory.remove);
  const caFile = join(directory.path, 'ca.pem');
  await writeFile(caFile, exchange.ca);
  const target = { kind: 'microsoft365', tenant, clientId: oidc.clientId };
  const office = stack.use(await officeMovingTo(target, messages, [oidc.caFile, caFile], further));
  return {
    ...office,
    ...{ oidc, exchange },
    microsoft: { authority: oidc.authority, imapHost: exchange.host, imapPort: exchange.port },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export async function carbonioOffice(
  messages: number,
  account: Partial<Omit<FakeAccountOptions, 'mailbox'>>,
  colleagues: readonly string[] = [],
  /** What the old server tells beside mail; nothing where it is absent. */
  oldMailbox?: FakeAccountOptions['mailbox'],
): Promise<CarbonioOffice> {
  const stack = new AsyncDisposableStack();
  const mailbox = fakeMailbox();
  const fake = stack.use(
    await startZimbraFake({
      edition: 'carbonio-advanced',
      accounts: [
        { name: anna.mail, password: 'canarino-nuova-91bc', ...account, mailbox },
        ...colleagues.map(name => ({ name, password: 'canarino-di-altri', mailbox: fakeMailbox() })),
      ],
    }),
  );
  const target = { kind: 'carbonio', host: 'localhost', port: fake.port };
  const office = stack.use(await officeMovingTo(target, messages, [fake.caFile], [], oldMailbox));
  return { ...office, new: fake, mailbox, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function officeMovingTo(
  target: Readonly<Record<string, unknown>>,
  messages: number,
  caFiles: readonly string[],
  further: readonly GeneratedMessage[] = [],
  oldMailbox?: FakeAccountOptions['mailbox'],
): Promise<Office> {
  const stack = new AsyncDisposableStack();
  const users = { [anna.mail]: { password: anna.password } };
  const imap = stack.use(await startDovecot({ users, storage: 'maildir-fs' }));
  const generated = [...generateMailbox({ messages, medianSize: 3000, largeShare: 0, folders }), ...further];
  const mail = loadMaildir(imap, generated, { user: anna.mail, folders: folders.map(({ path }) => path) });
  const isShared = ({ folder: [first] }: LoadedMessage): boolean => first === sharedFolder;
  // Mail alone: beside it there is nothing to be carried.
  const nothing = ['GetTag', 'Sync', 'GetContacts', 'GetFilterRules', 'GetOutgoingFilterRules', 'NoOp'];
  const soap = new Map<string, () => SoapBody>(nothing.map(name => [`${name}Request`, () => ({})]));
  soap.set('GetFolderRequest', () => tree);
  const accounts = [{ name: anna.mail, password: anna.password, mailbox: oldMailbox ?? { soap } }];
  const old = stack.use(await startZimbraFake({ edition: 'zimbra', accounts }));
  const { path, remove } = createTestDirectory('office');
  stack.defer(remove);
  const authorities = join(path, 'authorities.pem');
  const pems = await Promise.all([imap.caFile, old.caFile, ...caFiles].map(file => readFile(file, 'utf8')));
  await writeFile(authorities, pems.join('\n'));
  const { privateKey } = createProfileKeys();
  return {
    old,
    mail: mail.filter(message => !isShared(message)),
    sharedMail: mail.filter(isShared),
    authorities,
    async writeProfile(file, more = {}) {
      const profile = {
        ...{ format: 'travaso-profile', version: 1, id: 'ente', name: { it: 'Ente di prova', en: 'Sample body' } },
        ...{ issued: '2026-01-01T00:00:00Z', expires: null, domains: ['ente.it'] },
        source: {
          kind: 'zimbra',
          host: 'localhost',
          port: old.port,
          imapHost: 'localhost',
          imapPort: imap.ports.imaps,
        },
        target,
        officialSender: 'migrazione@ente.it',
        texts: { welcome: { it: 'Si parte lunedì.', en: 'We start on Monday.' } },
        ...more,
      };
      const signed = JSON.stringify(signProfile(JSON.stringify(profile), privateKey));
      await writeFile(file, signed);
      return checkProfile(signed, new Date()).fingerprint;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
