import { createHash } from 'node:crypto';
import { openArchive } from '../electron/engine/archive/archive.ts';
import type { MailTarget } from '../electron/engine/targets/mail-target.ts';
import { connectCarbonioTarget } from '../electron/engine/targets/carbonio/connect-carbonio-target.ts';
import type { ConnectCarbonioTargetOptions } from '../electron/engine/targets/carbonio/connect-carbonio-target.ts';
import { runAsJob } from '../electron/engine/testing/run-as-job.ts';
import type { EndedJob, JobOptions } from '../electron/engine/testing/run-as-job.ts';
import type { ScriptedFolder, ScriptedMessage } from '../electron/engine/testing/scripted-source.ts';
import { testPorts } from '../electron/engine/testing/test-archive.ts';
import { createTestClock } from '../electron/engine/testing/test-clock.ts';
import { runUpload } from '../electron/engine/upload/run-upload.ts';
import { runTargetProof } from '../electron/engine/verify/run-verify.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import { folderKey } from '../shared/model/folder.ts';
import type { FolderPath } from '../shared/model/folder.ts';
import type { FakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { givenMessageId, givenMimeVersion } from './fakes/zimbra/mailbox/added-fields.ts';
import { mailboxSession } from './fakes/zimbra/mailbox-session.ts';
import { italianMailbox } from './rig/mailbox-generator.ts';
import type { GeneratedMessage } from './rig/mailbox-generator.ts';
import type { MailFact } from './rig/mail-fact.ts';

export const carbonioAccount = 'carbonio://anna%40ente.it@posta.test';
export const neverAborted: AbortSignal = new AbortController().signal;

/** A target on the mailbox, with no server between them unless a session says so. */
export async function carbonioTargetOf(
  mailbox: FakeMailbox,
  more: Partial<ConnectCarbonioTargetOptions> = {},
): Promise<MailTarget> {
  return await connectCarbonioTarget({
    account: carbonioAccount,
    session: mailboxSession(mailbox),
    log: { debug: () => undefined, warn: () => undefined },
    clock: createTestClock(),
    signal: neverAborted,
    ...more,
  });
}

export interface CarbonioRun {
  readonly dryRun?: boolean;
  readonly started?: JobOptions['started'];
}

/** One upload from its beginning to its end. */
export async function uploadTo(
  root: string,
  connect: () => Promise<MailTarget>,
  { dryRun = false, started }: CarbonioRun = {},
): Promise<EndedJob> {
  const ports = testPorts();
  const archive = await openArchive(root, 'write', ports);
  const job = { journal: archive.catalogue, kind: 'upload', account: carbonioAccount, clock: ports.clock } as const;
  const options = { archive, account: carbonioAccount, connect, folders: [], map: new Map<string, never>(), dryRun };
  try {
    return await runAsJob({ ...job, ...(started === undefined ? {} : { started }) }, context =>
      runUpload({ ...options, ports, context }),
    );
  } finally {
    archive.close();
  }
}

/** Proves at the target what an upload brought there. */
export async function verifyAt(root: string, connect: () => Promise<MailTarget>): Promise<EndedJob> {
  const archive = await openArchive(root, 'write', testPorts());
  const job = { journal: archive.catalogue, kind: 'verify', account: carbonioAccount } as const;
  try {
    return await runAsJob(job, async context => {
      await runTargetProof({ archive, account: carbonioAccount, connect, context });
      return {};
    });
  } finally {
    archive.close();
  }
}

/** The session of a server, or of none. */
export function connecting(
  mailbox: FakeMailbox,
  session: SoapSession = mailboxSession(mailbox),
): () => Promise<MailTarget> {
  return () => carbonioTargetOf(mailbox, { session });
}

export function foldersOf(messages: readonly GeneratedMessage[]): ScriptedFolder[] {
  const folders = new Map<string, { path: FolderPath; messages: ScriptedMessage[] }>();
  for (const { folder, octets, internalDate, flags, keywords } of messages) {
    const key = folderKey(folder);
    const held = folders.get(key) ?? { path: folder, messages: [] };
    folders.set(key, held);
    const number = String(held.messages.length + 1);
    const text = octets.toString('latin1');
    held.messages.push({ key: number, octets: text, internalDate: internalDate.toISOString(), flags, keywords });
  }
  return [...folders.values()].map(({ path, messages: held }) => {
    const role = italianMailbox.find(each => folderKey(each.path) === folderKey(path))?.role ?? null;
    return { path, messages: held, ...(role === null ? {} : { role }) };
  });
}

/** Where the folders of `italianMailbox` go by their roles, and what a quotation mark becomes. */
const places: Readonly<Record<string, string>> = {
  INBOX: 'Inbox',
  'Posta inviata': 'Sent',
  Bozze: 'Drafts',
  Cestino: 'Trash',
  'Posta indesiderata': 'Junk',
  'Ufficio "Protocollo"': 'Ufficio -Protocollo-',
};

export function placedInItalian([first = '', ...rest]: FolderPath): FolderPath {
  return [places[first] ?? first, ...rest];
}

/** What must be found of messages at the target, computed from their octets alone. */
export function factsOf(
  messages: readonly GeneratedMessage[],
  placed: (folder: FolderPath) => FolderPath = folder => folder,
): MailFact[] {
  return messages.map(({ folder, octets, internalDate, flags, keywords }) => ({
    folder: placed(folder),
    sha256: sha256(octets),
    size: octets.length,
    internalDate: internalDate.getTime(),
    flags: [...flags].sort(),
    keywords: [...keywords].sort(),
  }));
}

/** What the mailbox holds, read from its store; header fields that the server gave are taken away again. */
export function heldBy({ store }: FakeMailbox): MailFact[] {
  return [...store.messages.values()].map(({ folder, octets, date, flags, tags }) => {
    const own = withoutGivenFields(octets);
    return {
      folder: store.pathOf(folder),
      sha256: sha256(own),
      size: own.length,
      internalDate: date,
      flags: [
        ...(flags.includes('r') ? (['\\Answered'] as const) : []),
        ...(flags.includes('x') ? (['\\Deleted'] as const) : []),
        ...(flags.includes('d') ? (['\\Draft'] as const) : []),
        ...(flags.includes('f') ? (['\\Flagged'] as const) : []),
        ...(flags.includes('u') ? [] : (['\\Seen'] as const)),
      ],
      keywords: [
        ...tags,
        ...(flags.includes('w') ? ['$Forwarded'] : []),
        ...(flags.includes('n') ? ['$MDNSent'] : []),
      ].sort(),
    };
  });
}

/** No message of the tests ends its header in a MIME-Version of its own. */
function withoutGivenFields(octets: Buffer): Buffer {
  const text = octets.toString('latin1');
  const end = text.indexOf('\r\n\r\n') + 2;
  const header = text.slice(0, end).replace(givenMessageId, '');
  const own = header.endsWith(givenMimeVersion) ? header.slice(0, -givenMimeVersion.length) : header;
  return Buffer.from(own + text.slice(end), 'latin1');
}

function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
