import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { parseAccountAddress } from '../shared/account-address.ts';
import type { FolderPath } from '../shared/model/folder.ts';
import { connectImapTarget } from '../electron/engine/targets/imap/connect-imap-target.ts';
import type { ImapTarget } from '../electron/engine/targets/imap/imap-target.ts';
import type {
  AppendOutcome,
  OutgoingMessage,
  TargetEntry,
  TargetFolder,
} from '../electron/engine/targets/mail-target.ts';
import { startDovecot, type DovecotOptions, type DovecotServer } from './rig/dovecot.ts';
import { startFaultProxy, type FaultProxy } from './rig/fault-proxy.ts';
import { readAccount, type MailFact, type OracleReading } from './rig/oracle.ts';

export const neverAborted: AbortSignal = new AbortController().signal;

/** A real server for the length of one test, and a target on it. */
export interface ImapTargetRig {
  readonly server: DovecotServer;
  /** Between the target and the server; a clear pipe until told otherwise. */
  readonly proxy: FaultProxy;
  readonly target: ImapTarget;
  /** Command lines as sent, without literals. */
  readonly transcript: readonly string[];
  readonly signInAgain: () => Promise<ImapTarget>;
  /** What the account holds, by an independent reader. */
  readonly read: () => Promise<OracleReading>;
}

export async function startImapTargetRig(options: DovecotOptions = {}): Promise<ImapTargetRig> {
  const server = await startDovecot({ tls: 'none', ...options });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const proxy = await startFaultProxy({ targetPort: server.ports.imap });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const transcript: string[] = [];
  const signIn = async (): Promise<ImapTarget> => {
    const address = parseAccountAddress(`imap://mario@127.0.0.1:${proxy.port}`, { tls: 'none-on-loopback' });
    if (address.kind !== 'imap') throw new Error('not an IMAP address');
    const target = await connectImapTarget({
      address,
      credentials: { kind: 'password', password: 'segreta' },
      log: { debug: () => undefined, warn: () => undefined },
      transcript: line => transcript.push(line),
    });
    onTestFinished(() => target.close());
    return target;
  };
  const account = { host: server.host, port: server.ports.imap, user: 'mario', password: 'segreta' };
  const read = (): Promise<OracleReading> => readAccount({ ...account, prefix: options.prefix ?? '' });
  return { server, proxy, target: await signIn(), transcript, signInAgain: signIn, read };
}

export function plainMessage(subject: string, body = 'Buongiorno.'): string {
  const header = [`Message-ID: <${subject}@ente.it>`, 'Date: Mon, 4 Mar 2019 09:15:00 +0100', 'From: anna@ente.it'];
  return [...header, `Subject: ${subject}`, '', body, ''].join('\r\n');
}

export function outgoing(octets: Buffer | string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const bytes = Buffer.isBuffer(octets) ? octets : Buffer.from(octets, 'latin1');
  return {
    internalDate: '2019-03-04T09:15:00+01:00',
    flags: [],
    keywords: [],
    size: bytes.length,
    traits: bytes.includes(0) ? { nul: true } : {},
    async *body() {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
    ...more,
  };
}

/** What an independent reader must find of a message. */
export async function factOf(folder: FolderPath, message: OutgoingMessage): Promise<MailFact> {
  const hash = createHash('sha256');
  for await (const part of message.body()) hash.update(part);
  return {
    folder,
    sha256: hash.digest('hex'),
    size: message.size,
    internalDate: Date.parse(message.internalDate ?? ''),
    flags: [...message.flags].sort(),
    keywords: [...message.keywords].sort(),
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function inventoryOf(folder: TargetFolder, since: string | null): Promise<readonly TargetEntry[]> {
  return (await collect(folder.inventory(since, neverAborted))).flat();
}

/** Keys of what was stored, codes of what was refused, in the order of the messages. */
export function inBrief(outcomes: readonly AppendOutcome[]): readonly (string | null)[] {
  return [...outcomes]
    .sort((a, b) => a.index - b.index)
    .map(each => (each.kind === 'stored' ? each.key : each.problem.code));
}
