import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openOrCreateArchive } from '../../electron/engine/archive/archive.ts';
import { ArchiveWriter } from '../../electron/engine/archive/archive-writer.ts';
import { sealBag } from '../../electron/engine/archive/bag.ts';
import type { ArchivedFolder } from '../../electron/engine/archive/catalogue/folder-table.ts';
import type { Engine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import type { IndexState } from '../../shared/model/message-list.ts';
import type { SystemFlag } from '../../shared/model/message.ts';

export interface SearchedMessage {
  readonly folder: readonly string[];
  readonly octets: Buffer;
  readonly internalDate?: Date;
  readonly flags?: readonly SystemFlag[];
}

/** Writes an archive of these messages, without a server, and seals it. */
export async function writeArchive(
  root: string,
  messages: Iterable<SearchedMessage>,
  format: 'mbox' | 'eml' = 'mbox',
): Promise<void> {
  const ports = defaultPorts();
  const archive = await openOrCreateArchive(root, format, ports);
  const writer = new ArchiveWriter(archive, ports.faults);
  let key = Number(archive.catalogue.db.prepare('SELECT count(*) FROM messages').pluck().get());
  const folders = new Map<string, ArchivedFolder>();
  for (const { folder: path, octets, internalDate = new Date('2020-05-05T10:00:00Z'), flags = [] } of messages) {
    key += 1;
    const role = path[0] === 'INBOX' && path.length === 1 ? 'inbox' : null;
    const names = { account: 'imap://anna@ente.it', path, role, sourceName: path.join('/'), separator: '/' } as const;
    const folder =
      folders.get(path.join('/')) ?? (await writer.describe({ ...names, subscribed: true, selectable: true }));
    folders.set(path.join('/'), folder);
    const writing = await writer.open(folder);
    const attributes = { internalDate: internalDate.toISOString(), flags, keywords: [] };
    await writing.store({ key: String(key), announcedSize: octets.length, ...attributes }, once(octets));
    await writer.checkpointIfDue();
  }
  await writer.checkpoint();
  await sealBag(archive, ports);
  archive.close();
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(octets);
}

/** Waits until the index rests. */
export async function untilIndexed({ api }: Engine, archive: string): Promise<IndexState> {
  let state = await api['index.read']({ archive });
  while (state.phase === 'building') {
    await delay(20);
    state = await api['index.read']({ archive });
  }
  return state;
}

/** Makes the index and waits for it. */
export async function indexed(engine: Engine, archive: string): Promise<IndexState> {
  await engine.api['index.start']({ archive });
  return await untilIndexed(engine, archive);
}

/** What must be somewhere: a phrase of whole words, the last perhaps a beginning. */
export interface OracleTerm {
  readonly field: 'any' | 'subject' | 'sender' | 'recipients' | 'body' | 'attachment';
  readonly text: string;
  readonly prefix?: boolean;
  readonly excluded?: boolean;
}

const oracle = fileURLToPath(new URL('search_oracle.py', import.meta.url));

/**
 * Python's email package reads every message and compares it with every question, word by word.
 *
 * @returns for each question the indexes of the messages it means
 */
export function askOracle(
  directory: string,
  messages: readonly Buffer[],
  questions: readonly (readonly OracleTerm[])[],
): number[][] {
  const place = join(directory, 'oracle');
  mkdirSync(place, { recursive: true });
  messages.forEach((octets, index) => writeFileSync(join(place, `${index}.eml`), octets));
  const input = JSON.stringify({ place, count: messages.length, questions });
  return JSON.parse(execFileSync('python3', [oracle], { input, maxBuffer: 1e8 }).toString()) as number[][];
}
