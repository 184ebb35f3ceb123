/** [MS-PST] 2.2.2.1 and 2.4.1: node types (the low five bits of an id) and ids that every file has. */
export const nodeTypes = { normalFolder: 0x02, normalMessage: 0x04 } as const;

export const wellKnownNodes = { messageStore: 0x21, nameToIdMap: 0x61, rootFolder: 0x122 } as const;

export function nodeType(nid: number): number {
  return nid & 0x1f;
}

/** [MS-PST] 2.4.4.1: the tables of a folder share its index and differ in type. */
export function folderTable(folderNid: number, table: 'hierarchy' | 'contents'): number {
  return (folderNid & ~0x1f) + (table === 'hierarchy' ? 0x0d : 0x0e);
}
