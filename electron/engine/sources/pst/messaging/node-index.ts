import type { Faults } from '../damage.ts';
import type { NodeDatabase } from '../ndb/node-database.ts';
import { nodeType, nodeTypes } from './node-ids.ts';

/** Which folders and messages the file holds, and where, by the node B-tree itself: true even where tables are lost. */
export interface NodeIndex {
  /** Folder to parent folder. */
  readonly folders: ReadonlyMap<number, number>;
  /** Folder to the folders in it, ascending. */
  readonly children: ReadonlyMap<number, readonly number[]>;
  /** Node ids of messages by folder, ascending. Hidden (associated) items are of another type and not here. */
  readonly messages: ReadonlyMap<number, readonly number[]>;
}

export function readNodeIndex(database: NodeDatabase, faults: Faults): NodeIndex {
  const folders = new Map<number, number>();
  const children = new Map<number, number[]>();
  const messages = new Map<number, number[]>();
  const append = (lists: Map<number, number[]>, key: number, nid: number): void => {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [nid]);
    else list.push(nid);
  };
  for (const { nid, parentNid } of database.nodes(faults)) {
    if (nodeType(nid) === nodeTypes.normalFolder) {
      folders.set(nid, parentNid);
      // The root folder is its own parent.
      if (parentNid !== nid) append(children, parentNid, nid);
    }
    if (nodeType(nid) === nodeTypes.normalMessage) append(messages, parentNid, nid);
  }
  for (const lists of [children, messages]) for (const list of lists.values()) list.sort((a, b) => a - b);
  return { folders, children, messages };
}
