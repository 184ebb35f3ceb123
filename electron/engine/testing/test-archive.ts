import { join } from 'node:path';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { Archive } from '../archive/archive.ts';
import { openArchive, openOrCreateArchive } from '../archive/archive.ts';
import type { MailFormat } from '../archive/layout.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { messagesOf } from '../archive/catalogue/message-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { noFaults } from '../archive/no-faults.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { FaultPort } from '../ports.ts';
import { runAsJob } from './run-as-job.ts';
import type { EndedJob, JobOptions } from './run-as-job.ts';
import type { ScriptedFolder, ScriptedMessage, ScriptedSource } from './scripted-source.ts';
import { scriptedSource } from './scripted-source.ts';
import { createTestClock } from './test-clock.ts';
import { testDirectory } from './test-directory.ts';

const log = { debug: () => undefined, warn: () => undefined };

export interface TestPorts {
  readonly clock: ReturnType<typeof createTestClock>;
  readonly faults: FaultPort;
  readonly log: typeof log;
}

export function testPorts(faults: FaultPort = noFaults): TestPorts {
  return { clock: createTestClock(), faults, log };
}

/** A place for an archive that does not exist yet. */
export function archivePlace(): string {
  return join(testDirectory(), 'archive');
}

/** Opens or makes the archive, and closes it again whatever happens. */
export async function withArchive<T>(
  root: string,
  use: (archive: Archive) => Promise<T> | T,
  options: { readonly mailFormat?: MailFormat; readonly mode?: 'read' | 'write'; readonly faults?: FaultPort } = {},
): Promise<T> {
  const ports = testPorts(options.faults);
  const archive =
    options.mode === 'read'
      ? await openArchive(root, 'read', ports)
      : await openOrCreateArchive(root, options.mailFormat ?? null, ports);
  try {
    return await use(archive);
  } finally {
    archive.close();
  }
}

export interface BackupRun {
  readonly mailFormat?: MailFormat;
  readonly faults?: FaultPort;
  readonly rollOver?: number;
  readonly folders?: readonly string[];
  readonly leaveOutItems?: readonly ItemKind[];
  readonly started?: JobOptions['started'];
}

/** One backup run from its beginning to its end, as its own process would do it. */
export async function backUp(root: string, source: ScriptedSource, run: BackupRun = {}): Promise<EndedJob> {
  const ports = testPorts(run.faults);
  return await withArchive(
    root,
    archive =>
      runAsJob(
        {
          ...{ journal: archive.catalogue, kind: 'backup', clock: ports.clock },
          ...(run.started === undefined ? {} : { started: run.started }),
        },
        context =>
          runBackup({
            ...{ archive, context, ports, connect: source.connect, folders: run.folders ?? [] },
            ...(run.rollOver === undefined ? {} : { rollOver: run.rollOver }),
            ...(run.leaveOutItems === undefined ? {} : { leaveOutItems: run.leaveOutItems }),
          }),
      ),
    run,
  );
}

/** An archive of the given folders, sealed. */
export async function archiveOf(folders: readonly ScriptedFolder[], mailFormat: MailFormat = 'mbox'): Promise<string> {
  const root = archivePlace();
  const { status, problem } = await backUp(root, scriptedSource({ folders }), { mailFormat });
  if (status !== 'succeeded') throw new Error(`the archive to test with was not made: ${problem?.code ?? status}`);
  return root;
}

/** A short message that nothing else equals. */
export function mail(key: string, subject = `Numero ${key}`, more: Partial<ScriptedMessage> = {}): ScriptedMessage {
  const octets = `Message-ID: <${subject.replaceAll(' ', '.')}@ente.it>\r\nSubject: ${subject}\r\n\r\nTesto di ${subject}.\r\n`;
  return { key, octets, ...more };
}

export interface HeldMessage {
  readonly folder: ArchivedFolder;
  readonly message: ArchivedMessage;
  readonly octets: string;
}

/** Everything an archive holds, read back. */
export async function contentOf(archive: Archive): Promise<HeldMessage[]> {
  const reader = new MessageReader(archive);
  const held: HeldMessage[] = [];
  try {
    for (const folder of allFolders(archive.catalogue.db)) {
      for (const message of messagesOf(archive.catalogue.db, folder.id)) {
        const pieces: Buffer[] = [];
        for await (const piece of reader.body(folder, message)) pieces.push(piece);
        held.push({ folder, message, octets: Buffer.concat(pieces).toString('latin1') });
      }
    }
  } finally {
    await reader.close();
  }
  return held;
}

/** The octets of all messages, in the order they were archived. */
export async function octetsIn(root: string): Promise<string[]> {
  return await withArchive(root, async archive => (await contentOf(archive)).map(({ octets }) => octets));
}
