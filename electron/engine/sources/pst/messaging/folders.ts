import { collectFaults, damaged, tolerating } from '../damage.ts';
import type { Damage, Faults } from '../damage.ts';
import type { FolderRole } from '../../../../../shared/model/folder.ts';
import { openProperties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { openTable } from '../ltp/table-context.ts';
import type { NodeDatabase } from '../ndb/node-database.ts';
import { folderTable, wellKnownNodes } from './node-ids.ts';
import type { NodeIndex } from './node-index.ts';
import { roleOfName } from './folder-roles.ts';
import { nodeById } from './store.ts';
import type { Store } from './store.ts';

export interface PstFolder {
  readonly nid: number;
  /** Names, outermost first; siblings of the same name are told apart by a number. */
  readonly path: readonly string[];
  readonly role: FolderRole | null;
  /** PidTagContainerClass (`IPF.Note`, `IPF.Contact`, …), null when absent. */
  readonly containerClass: string | null;
  /** Every item, ascending. */
  readonly items: readonly number[];
  /** Items that the folder's own list names and the file does not hold. */
  readonly missing: readonly number[];
  /** Set where the file has lost the way to the folder and it was found by its own record. */
  readonly orphan: boolean;
}

export interface FolderTree {
  /** Parents before children. */
  readonly folders: readonly PstFolder[];
  /** Folders with items beside the mail tree: what programs keep for themselves. Not read, but counted. */
  readonly skipped: readonly SkippedFolder[];
}

export interface SkippedFolder {
  readonly nid: number;
  readonly name: string;
  readonly items: number;
}

/** Where folders and items go whose parent is gone. */
export const lostAndFound = 'Lost and found';

/** 1,000 folders deep is damage: Outlook stops at 300. */
const deepest = 1000;

/**
 * The folders a person sees. Search folders are views of other folders and left out, as are
 * the folders beside the mail tree that programs keep for themselves.
 */
export function readFolders(
  database: NodeDatabase,
  index: NodeIndex,
  store: Store,
  damage: (damage: Damage) => void,
): FolderTree {
  const found: PstFolder[] = [];
  const visited = new Set<number>();
  const tables = new Set<string>();

  function childrenOf(nid: number, faults: Faults): readonly number[] {
    const listed = tableIds(database, folderTable(nid, 'hierarchy'), store.codePage, tables, faults);
    // The table gives the order, the node index what there is; the latter wins where they disagree.
    return [
      ...new Set([...listed.filter(child => index.folders.get(child) === nid), ...(index.children.get(nid) ?? [])]),
    ];
  }

  function addBelow(parent: number, path: readonly string[], faults: Faults, taken = new Set<string>()): void {
    if (path.length > deepest) {
      damage({ nodeId: parent, folder: path, reason: 'nested-too-deep' });
      return;
    }
    for (const child of childrenOf(parent, faults)) add(child, path, taken, false);
  }

  function add(nid: number, parentPath: readonly string[], taken: Set<string>, orphan: boolean): void {
    if (visited.has(nid)) return;
    visited.add(nid);
    const faults = collectFaults();
    const properties = tolerating(faults, null, () => {
      const node = nodeById(database, nid, faults);
      return node === null ? null : openProperties(node, store.codePage);
    });
    const name = distinct(properties?.text(tag.displayName) ?? '', nid, taken);
    const path = [...parentPath, name];
    const containerClass = properties?.text(tag.containerClass) ?? null;
    found.push({
      nid,
      path,
      role: isForMail(containerClass) ? roleOf(nid, path) : null,
      containerClass,
      ...itemsOf(nid, faults),
      orphan,
    });
    addBelow(nid, path, faults);
    for (const reason of faults.reasons) damage({ nodeId: nid, folder: path, reason });
  }

  function roleOf(nid: number, path: readonly string[]): FolderRole | null {
    const said = store.roles.get(nid);
    if (said !== undefined || path.length !== 1) return said ?? null;
    const guess = roleOfName(path[0] ?? '');
    const taken = [...store.roles.values(), ...found.map(folder => folder.role)];
    return taken.includes(guess) ? null : guess;
  }

  function itemsOf(nid: number, faults: Faults): Pick<PstFolder, 'items' | 'missing'> {
    const items = index.messages.get(nid) ?? [];
    const held = new Set(items);
    const listed = tableIds(database, folderTable(nid, 'contents'), store.codePage, tables, faults);
    return { items, missing: listed.filter(item => !held.has(item)) };
  }

  const topFaults = collectFaults();
  const top = store.mailRoot ?? findMailRoot(database, index, store, topFaults);
  visited.add(wellKnownNodes.rootFolder);
  const topNames = new Set<string>();
  const topItems = itemsOf(top, topFaults);
  // Items directly in the top of the tree, above every folder, need a folder in any archive: the store's own name.
  if (topItems.items.length > 0 || topItems.missing.length > 0) {
    const name = folderName(database, top, store, topFaults) ?? store.name ?? 'Outlook';
    found.push({
      nid: top,
      path: [distinct(name, top, topNames)],
      role: null,
      containerClass: null,
      ...topItems,
      orphan: false,
    });
  }
  visited.add(top);
  addBelow(top, [], topFaults, topNames);
  for (const reason of topFaults.reasons) damage({ nodeId: top, folder: [], reason });
  addOrphans();
  return { folders: found, skipped: skippedFolders() };

  function skippedFolders(): readonly SkippedFolder[] {
    const skipped: SkippedFolder[] = [];
    for (const [nid, items] of index.messages) {
      if (visited.has(nid) || !index.folders.has(nid)) continue;
      const name = folderName(database, nid, store, collectFaults());
      skipped.push({ nid, name: name ?? '', items: items.length });
    }
    return skipped;
  }

  function addOrphans(): void {
    const taken = new Set<string>();
    const folders = [...index.folders].sort(([a], [b]) => a - b);
    const lost = folders.filter(([nid, parent]) => parent !== nid && !index.folders.has(parent));
    // Then folders that are each other's parents: no way leads to them from anywhere.
    const circling = folders.filter(([nid]) => !leadsUp(nid, index));
    for (const [nid] of [...lost, ...circling]) add(nid, [lostAndFound], taken, true);
    for (const [parent, items] of index.messages) {
      if (index.folders.has(parent)) continue;
      found.push({
        nid: parent,
        path: [lostAndFound, `0x${parent.toString(16)}`],
        role: null,
        containerClass: null,
        items,
        missing: [],
        orphan: true,
      });
    }
  }
}

/** Whether the chain of parents ends at all: at the root, which is its own parent, or at one that is gone. */
function leadsUp(nid: number, index: NodeIndex): boolean {
  const passed = new Set<number>();
  for (let at = nid; !passed.has(at);) {
    passed.add(at);
    const parent = index.folders.get(at);
    if (parent === undefined || parent === at) return true;
    at = parent;
  }
  return false;
}

/**
 * The ids in one of a folder's tables; an unreadable table is noted and answered as empty. Empty tables share their
 * blocks with the file's template; one with rows that is another folder's, too, would multiply without end.
 */
function tableIds(
  database: NodeDatabase,
  tableNid: number,
  codePage: number,
  seen: Set<string>,
  faults: Faults,
): readonly number[] {
  return tolerating(faults, [], () => {
    const node = nodeById(database, tableNid, faults);
    if (node === null) return [];
    const identity = `${node.dataBid}/${node.subnodesBid}`;
    if (seen.has(identity)) throw damaged('cycle');
    const ids = openTable(node, codePage).rowIds();
    if (ids.length > 0) seen.add(identity);
    return ids;
  });
}

/** OST files hold the tree one or two levels below the root, under this name in every language. */
function findMailRoot(database: NodeDatabase, index: NodeIndex, store: Store, faults: Faults): number {
  const root = wellKnownNodes.rootFolder;
  for (const [nid, parent] of index.folders) {
    if (parent !== root && index.folders.get(parent) !== root) continue;
    if (folderName(database, nid, store, faults) === 'IPM_SUBTREE') return nid;
  }
  return root;
}

function folderName(database: NodeDatabase, nid: number, store: Store, faults: Faults): string | null {
  return tolerating(faults, null, () => {
    const node = nodeById(database, nid, faults);
    return node === null ? null : openProperties(node, store.codePage).text(tag.displayName);
  });
}

/** Damaged stores name a calendar or the notes as a folder for mail; no server would take that for one. */
function isForMail(containerClass: string | null): boolean {
  return containerClass === null || /^ipf\.note(\.|$)/i.test(containerClass);
}

function distinct(name: string, nid: number, taken: Set<string>): string {
  const base = name.trim() === '' ? `0x${nid.toString(16)}` : name;
  let candidate = base;
  for (let number = 2; taken.has(candidate); number++) candidate = `${base} (${number})`;
  taken.add(candidate);
  return candidate;
}
