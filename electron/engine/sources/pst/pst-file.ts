import { collectFaults, damaged, tolerating } from './damage.ts';
import type { Damage, Faults } from './damage.ts';
import { readNamedProperties } from './ltp/named-properties.ts';
import type { NamedProperties } from './ltp/named-properties.ts';
import { openProperties } from './ltp/property-context.ts';
import type { Properties } from './ltp/property-context.ts';
import { readFolders } from './messaging/folders.ts';
import type { PstFolder, SkippedFolder } from './messaging/folders.ts';
import { wellKnownNodes } from './messaging/node-ids.ts';
import { readNodeIndex } from './messaging/node-index.ts';
import { nodeById, readStore } from './messaging/store.ts';
import type { Store } from './messaging/store.ts';
import { openFileReader } from './ndb/file-reader.ts';
import type { FileReader } from './ndb/file-reader.ts';
import { openNodeDatabase } from './ndb/node-database.ts';

/** An open PST or OST. Nothing in it is ever changed. */
export interface PstFile {
  readonly format: 'ansi' | 'unicode' | 'unicode-4k';
  /** Equal marks mean that the file was not changed in between. */
  readonly changeMark: string;
  readonly fileBytes: number;
  readonly store: Store;
  readonly names: NamedProperties;
  /** Parents before children. */
  readonly folders: readonly PstFolder[];
  readonly skippedFolders: readonly SkippedFolder[];
  /** What of the file's structure could not be read while it was opened. */
  readonly damage: readonly Damage[];
  /** The properties of an item. Throws damage. What goes wrong later, while they are read, is noted in `faults`. */
  item(nid: number, faults: Faults): Properties;
  close(): void;
}

/** A file can be damaged in every node; the list of damage stays readable and bounded. */
const damageKept = 10_000;

/**
 * Throws `INPUT_FILE_INVALID` when it is no PST, `SOURCE_FILE_DAMAGED` when nothing of it can be read.
 *
 * @param onRead called whenever the disk has given something
 */
export function openPst(path: string, onRead: () => void = () => undefined): PstFile {
  const reader = openFileReader(path, onRead);
  try {
    return openPstReader(reader);
  } catch (error) {
    reader.close();
    throw error;
  }
}

export function openPstReader(reader: FileReader): PstFile {
  const database = openNodeDatabase(reader);
  const damage: Damage[] = [];
  const record = (one: Damage): void => {
    if (damage.length < damageKept) damage.push(one);
  };

  const faults = collectFaults();
  const index = readNodeIndex(database, faults);
  if (index.folders.size === 0 && index.messages.size === 0) throw damaged(faults.reasons[0] ?? 'page-unreadable');
  const store = readStore(database, index, faults);
  const nameMap = tolerating(faults, null, () => nodeById(database, wellKnownNodes.nameToIdMap, faults));
  const names = readNamedProperties(nameMap);
  const { folders, skipped } = readFolders(database, index, store, record);
  for (const folder of folders) {
    for (const nid of folder.missing) record({ nodeId: nid, folder: folder.path, reason: 'node-missing' });
  }
  for (const reason of faults.reasons) record({ nodeId: null, folder: null, reason });

  return {
    format: database.header.format.name,
    changeMark: database.header.changeMark,
    fileBytes: reader.size,
    store,
    names,
    folders,
    skippedFolders: skipped,
    damage,
    item(nid, itemFaults) {
      const node = nodeById(database, nid, itemFaults);
      if (node === null) throw damaged('node-missing');
      return openProperties(node, store.codePage);
    },
    close: () => reader.close(),
  };
}
