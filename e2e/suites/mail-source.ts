import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { TravasoError } from '../../shared/errors.ts';
import { folderKey } from '../../shared/model/folder.ts';
import type { InventoryEntry, MailSource, SourceFolder } from '../../electron/engine/sources/mail-source.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import type { FactField, MailFact } from '../rig/mail-fact.ts';

const never = new AbortController().signal;

export interface SourceUnderTest {
  /** Each call a new source on the same mail. */
  open(): Promise<MailSource>;
  /** What an independent reader finds in it. */
  readonly facts: readonly MailFact[];
  readonly ignore?: readonly FactField[];
  close(): Promise<void> | void;
}

/** What every source must do, whatever the mail lies in. `prepare` makes one mailbox, not empty, for each test. */
export function testMailSource(prepare: () => Promise<SourceUnderTest>): void {
  const opened = async (): Promise<{ source: MailSource; rig: SourceUnderTest }> => {
    const rig = await prepare();
    const source = await rig.open();
    onTestFinished(async () => {
      await source.close();
      await rig.close();
    });
    return { source, rig };
  };

  test('every message once: octets, date, flags and keywords as an independent reader sees them', async () => {
    const { source, rig } = await opened();
    expect(mailDifference(rig.facts, await readEverything(source), { ignore: rig.ignore ?? [] })).toEqual([]);
  });

  test('folders have paths of their own, and counts that come true', async () => {
    const { source } = await opened();
    const { folders } = await source.listFolders(never);
    expect(new Set(folders.map(({ path }) => folderKey(path))).size).toBe(folders.length);
    for (const folder of folders.filter(each => each.selectable)) {
      const open = await source.openFolder(folder, never);
      const entries = await inventoryOf(source, folder);
      expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
      expect(open.messages).toBe(entries.length);
      if (folder.status !== null) expect(folder.status.messages).toBe(entries.length);
    }
  });

  test('a second source finds the same folders, keys, order and generation: nothing would be fetched again', async () => {
    const { source, rig } = await opened();
    const second = await rig.open();
    const first = await keysOf(source);
    expect(await keysOf(second)).toEqual(first);
    await second.close();
    expect(await keysOf(source)).toEqual(first);
  });

  test('messages come in any order asked for; a key that is not there is not yielded', async () => {
    const { source } = await opened();
    const { folder, entries } = await largestFolder(source);
    const wanted = entries.map(({ key }) => key).toReversed();
    const open = await source.openFolder(folder, never);
    const found: string[] = [];
    for await (const { key, body } of open.fetch([...wanted, '4294967290'], never)) {
      for await (const piece of body) expect(piece.length).toBeGreaterThanOrEqual(0);
      found.push(key);
    }
    expect(found.toSorted()).toEqual(wanted.toSorted());
  });

  test('a body may be left before its end, and pieces stay as they were', async () => {
    const { source } = await opened();
    const { folder, entries } = await largestFolder(source);
    const open = await source.openFolder(folder, never);
    const keys = entries.slice(0, 20).map(({ key }) => key);
    const whole = new Map<string, { digest: string; pieces: Buffer[] }>();
    for await (const { key, body } of open.fetch(keys, never)) {
      const pieces: Buffer[] = [];
      const hash = createHash('sha256');
      for await (const piece of body) {
        pieces.push(piece);
        hash.update(piece);
      }
      whole.set(key, { digest: hash.digest('hex'), pieces });
    }
    for (const { digest, pieces } of whole.values()) expect(sha256(Buffer.concat(pieces))).toBe(digest);

    const again = await source.openFolder(folder, never);
    let turn = 0;
    for await (const { key, body } of again.fetch(keys, never)) {
      turn += 1;
      const pieces: Buffer[] = [];
      for await (const piece of body) {
        pieces.push(piece);
        if (turn % 2 === 1) break;
      }
      if (turn % 2 === 0) expect(sha256(Buffer.concat(pieces))).toBe(whole.get(key)?.digest);
    }
    expect(turn).toBe(keys.length);
  });

  test('a folder that is not there is told as such', async () => {
    const { source } = await opened();
    const { folders } = await source.listFolders(never);
    const [known] = folders;
    if (known === undefined) throw new Error('no folder');
    const gone: SourceFolder = { ...known, path: ['Mai esistita'], sourceName: 'Mai esistita' };
    const error = await source.openFolder(gone, never).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TravasoError);
    expect((error as TravasoError).code).toBe('FOLDER_VANISHED');
  });

  test('stopping stops: nothing comes after the signal', async () => {
    const { source } = await opened();
    const { folder, entries } = await largestFolder(source);
    const open = await source.openFolder(folder, never);
    const stop = new AbortController();
    let after = 0;
    const reading = (async () => {
      for await (const { body } of open.fetch(
        entries.map(({ key }) => key),
        stop.signal,
      )) {
        for await (const piece of body) if (stop.signal.aborted) after += piece.length;
        stop.abort();
      }
    })();
    await expect(reading).rejects.toThrow();
    expect(after).toBe(0);
  });
}

/** Everything a source holds, as facts. */
export async function readEverything(source: MailSource): Promise<MailFact[]> {
  const facts: MailFact[] = [];
  for (const folder of (await source.listFolders(never)).folders) {
    if (!folder.selectable) continue;
    const entries = new Map((await inventoryOf(source, folder)).map(entry => [entry.key, entry]));
    const open = await source.openFolder(folder, never);
    for await (const { key, body } of open.fetch([...entries.keys()], never)) {
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of body) {
        hash.update(piece);
        size += piece.length;
      }
      const entry = entries.get(key);
      if (entry === undefined) throw new Error(`message ${key} was not asked for`);
      if (entry.announcedSize !== null) expect(size).toBe(entry.announcedSize);
      facts.push({
        folder: folder.path,
        sha256: hash.digest('hex'),
        size,
        internalDate: Date.parse(entry.internalDate ?? ''),
        flags: [...entry.flags].sort(),
        keywords: [...entry.keywords].sort(),
      });
      entries.delete(key);
    }
    expect([...entries.keys()]).toEqual([]);
  }
  return facts;
}

async function inventoryOf(source: MailSource, folder: SourceFolder): Promise<InventoryEntry[]> {
  const open = await source.openFolder(folder, never);
  const entries: InventoryEntry[] = [];
  for await (const batch of open.inventory(never)) entries.push(...batch);
  return entries;
}

async function keysOf(source: MailSource): Promise<unknown> {
  const found: unknown[] = [];
  for (const folder of (await source.listFolders(never)).folders) {
    if (!folder.selectable) continue;
    const { generation, changeMark } = await source.openFolder(folder, never);
    const keys = (await inventoryOf(source, folder)).map(({ key }) => key);
    found.push([folder.path, folder.role, generation, changeMark, keys]);
  }
  return found;
}

async function largestFolder(source: MailSource): Promise<{ folder: SourceFolder; entries: InventoryEntry[] }> {
  let largest: { folder: SourceFolder; entries: InventoryEntry[] } | null = null;
  for (const folder of (await source.listFolders(never)).folders) {
    if (!folder.selectable) continue;
    const entries = await inventoryOf(source, folder);
    if (largest === null || entries.length > largest.entries.length) largest = { folder, entries };
  }
  if (largest === null || largest.entries.length < 2) throw new Error('too little mail to test with');
  return largest;
}

function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
