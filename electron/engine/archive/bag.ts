import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, FaultPort } from '../ports.ts';
import type { Archive } from './archive.ts';
import { allFiles, putSeal } from './catalogue/file-table.ts';
import { allFolders } from './catalogue/folder-table.ts';
import { allItemFolders, itemsAfter } from './catalogue/item-table.ts';
import { messagesOf } from './catalogue/message-table.ts';
import { onDisk } from './disk-problem.ts';
import { removeFile, replaceFile, syncDirectory } from './durable-file.ts';
import { emlPath, names, resolveIn } from './layout.ts';
import { encodeManifestPath, readManifest } from './read-manifest.ts';

/** Rows read at a time. */
const itemPage = 1000;

export interface Seal {
  /** SHA-256 of `manifest-sha256.txt`: one number that stands for every octet of the archive. */
  readonly manifestSha256: string;
  readonly payloadFiles: number;
  readonly payloadOctets: number;
}

/**
 * Seals the bag (RFC 8493): writes the manifest over everything under `data/` and the tag files. Files that have not
 * grown since the last seal keep the hash they were sealed with; `verify` is what reads them again.
 */
export async function sealBag(archive: Archive, ports: { clock: Clock; faults: FaultPort }): Promise<Seal> {
  const { root } = archive;
  const beside = join(root, `${names.manifest}.part`);
  const manifestHash = createHash('sha256');
  let payloadFiles = 0;
  let payloadOctets = 0;
  ports.faults.reached('archive.replace', 'before');
  const manifest = await onDisk(beside, () => open(beside, 'w'));
  try {
    let lines = '';
    const flush = async (): Promise<void> => {
      manifestHash.update(lines);
      await onDisk(beside, () => manifest.writeFile(lines));
      lines = '';
    };
    for await (const { path, sha256, octets } of payload(archive)) {
      lines += `${sha256}  ${encodeManifestPath(path)}\n`;
      payloadFiles += 1;
      payloadOctets += octets;
      if (lines.length > 65_536) await flush();
    }
    await flush();
    await onDisk(beside, () => manifest.sync());
  } finally {
    await manifest.close();
  }
  await onDisk(root, async () => {
    await rename(beside, join(root, names.manifest));
    await syncDirectory(root);
  });
  ports.faults.reached('archive.replace', 'after');
  const manifestSha256 = manifestHash.digest('hex');
  await writeTagFiles(archive, { manifestSha256, payloadFiles, payloadOctets }, ports);
  return { manifestSha256, payloadFiles, payloadOctets };
}

/** Takes the manifest away, for good, before the archive becomes something else than what it vouches for. */
export async function breakSeal(root: string, faults: FaultPort): Promise<void> {
  for (const name of [names.tagManifest, names.manifest]) await removeFile(join(root, name), faults);
}

/**
 * SHA-256 of the manifest of a sealed bag, null when it is not sealed. Sealing writes the tag manifest last and
 * breaking takes it away first, so a manifest that it does not vouch for belongs to a sealing that was cut short.
 */
export async function sealOf(root: string): Promise<string | null> {
  const content = await readFile(join(root, names.manifest)).catch(() => null);
  if (content === null) return null;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const tags = await readManifest(join(root, names.tagManifest)).catch(() => null);
  return tags?.get(names.manifest) === sha256 ? sha256 : null;
}

interface PayloadFile {
  readonly path: string;
  readonly sha256: string;
  readonly octets: number;
}

async function* payload(archive: Archive): AsyncGenerator<PayloadFile> {
  const { root, catalogue, description, fileHasher } = archive;
  const sealed: PayloadFile[] = [];
  for (const { path, octets, sealed: before } of allFiles(catalogue.db)) {
    if (before?.octets === octets) {
      yield { path, sha256: before.sha256, octets };
      continue;
    }
    const file = { path, sha256: await fileHasher.hash(resolveIn(root, path), octets), octets };
    sealed.push(file);
    yield file;
  }
  if (sealed.length > 0) {
    catalogue.commit(() => {
      for (const file of sealed) putSeal(catalogue.db, file.path, file.sha256, file.octets);
    });
  }
  for (const folder of allItemFolders(catalogue.db)) yield* itemFiles(archive, folder.id);
  if (description.mailFormat !== 'eml') return;
  for (const folder of allFolders(catalogue.db)) {
    for (const message of messagesOf(catalogue.db, folder.id)) {
      yield { path: emlPath(folder.stem, message.number), sha256: message.sha256, octets: message.size };
    }
  }
}

function* itemFiles({ catalogue }: Archive, folderId: number): Generator<PayloadFile> {
  for (let page = itemsAfter(catalogue.db, folderId, 0, itemPage); ;) {
    for (const { file, sha256, size } of page) yield { path: file, sha256, octets: size };
    const last = page.at(-1);
    if (last === undefined) return;
    page = itemsAfter(catalogue.db, folderId, last.number, itemPage);
  }
}

async function writeTagFiles(
  archive: Archive,
  seal: Seal,
  { clock, faults }: { clock: Clock; faults: FaultPort },
): Promise<void> {
  const { root } = archive;
  await replaceFile(join(root, names.declaration), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', faults);
  const info = [
    `Bagging-Date: ${clock.now().toISOString().slice(0, 10)}`,
    'Bag-Software-Agent: Travaso',
    `External-Identifier: ${archive.description.id}`,
    `Payload-Oxum: ${seal.payloadOctets}.${seal.payloadFiles}`,
  ];
  await replaceFile(join(root, names.info), `${info.join('\n')}\n`, faults);
  const lines = [`${seal.manifestSha256}  ${names.manifest}`];
  for (const name of [names.declaration, names.info, names.description]) {
    const content = await onDisk(root, () => readFile(join(root, name)));
    lines.push(`${createHash('sha256').update(content).digest('hex')}  ${name}`);
  }
  await replaceFile(join(root, names.tagManifest), `${lines.join('\n')}\n`, faults);
}
