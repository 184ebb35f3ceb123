import { collectFaults, tolerating } from '../damage.ts';
import type { Faults } from '../damage.ts';
import type { FolderRole } from '../../../../../shared/model/folder.ts';
import { ansiCodePage, westernCodePage } from '../ltp/code-page.ts';
import { openProperties } from '../ltp/property-context.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import { openNode } from '../ndb/node.ts';
import type { PstNode } from '../ndb/node.ts';
import type { NodeDatabase } from '../ndb/node-database.ts';
import { nodeOfEntryId } from './entry-id.ts';
import { wellKnownNodes } from './node-ids.ts';
import type { NodeIndex } from './node-index.ts';

/** The message store object ([MS-PST] 2.4.3) and what it says of the file as a whole. */
export interface Store {
  readonly name: string | null;
  /** PidTagRecordKey in hexadecimal: the same as long as the file lives, also when it is copied. Null when unreadable. */
  readonly recordKey: string | null;
  /** A password is a checksum that the program compares ([MS-PST] 4.2); the content is not encrypted with it. */
  readonly passwordSet: boolean;
  /** The folder that holds everything a person sees; null when the store does not tell. */
  readonly mailRoot: number | null;
  readonly roles: ReadonlyMap<number, FolderRole>;
  /** For 8-bit strings of objects that name no code page, such as folders of ANSI files. */
  readonly codePage: number;
}

/** Opens a node by id, or null when the file has none. Throws damage. */
export function nodeById(database: NodeDatabase, nid: number, faults: Faults): PstNode | null {
  const entry = database.node(nid, faults);
  return entry === null ? null : openNode(database, entry, faults);
}

export function readStore(database: NodeDatabase, index: NodeIndex, faults: Faults): Store {
  const codePage = prevailingCodePage(database, index);
  const open = (nid: number): Properties | null =>
    tolerating(faults, null, () => {
      const node = nodeById(database, nid, faults);
      return node === null ? null : openProperties(node, codePage);
    });
  const store = open(wellKnownNodes.messageStore);
  const root = open(wellKnownNodes.rootFolder);

  const roles = new Map<number, FolderRole>();
  const assign = (role: FolderRole, entryId: Buffer | null): void => {
    const nid = nodeOfEntryId(entryId);
    if (nid !== null && index.folders.has(nid)) roles.set(nid, role);
  };
  if (store !== null) {
    assign('trash', store.octets(tag.ipmWastebasketEntryId));
    assign('sent', store.octets(tag.ipmSentMailEntryId));
  }
  if (root !== null) {
    assign('drafts', root.octets(tag.ipmDraftsEntryId));
    // [MS-OXOSFLD] 2.2.4: conflicts, sync issues, local failures, server failures, and fifth the junk folder.
    const others = root.multiple(tag.additionalRenEntryIds, propertyTypes.binary);
    assign('junk', others[4] ?? null);
  }

  const subtree = nodeOfEntryId(store?.octets(tag.ipmSubtreeEntryId) ?? null);
  return {
    name: store?.text(tag.displayName) ?? null,
    recordKey: store?.octets(tag.recordKey)?.toString('hex') ?? null,
    passwordSet: (store?.number(tag.storePassword) ?? 0) !== 0,
    mailRoot: subtree !== null && index.folders.has(subtree) ? subtree : null,
    roles,
    codePage,
  };
}

const messagesAsked = 40;

/**
 * ANSI files say nowhere in which code page their folder names are, but their messages do: the one that most of the
 * first messages name is the one of the program that wrote the file. Western and ASCII say nothing, being the
 * default of mail that came from abroad.
 */
function prevailingCodePage(database: NodeDatabase, index: NodeIndex): number {
  if (database.header.format.wordBytes === 8) return westernCodePage;
  const votes = new Map<number, number>();
  const asked = [...index.messages.values()].flatMap(nids => nids.slice(0, messagesAsked)).slice(0, messagesAsked);
  for (const nid of asked) {
    const faults = collectFaults();
    const codePage = tolerating(faults, null, () => {
      const node = nodeById(database, nid, faults);
      return node === null ? null : ansiCodePage(openProperties(node, 0).codePage);
    });
    if (codePage !== null && isTelling(codePage)) {
      votes.set(codePage, (votes.get(codePage) ?? 0) + 1);
    }
  }
  const [winner] = [...votes].sort(([pageA, a], [pageB, b]) => b - a || pageA - pageB);
  return winner?.[0] ?? westernCodePage;
}

/** The ANSI code pages of Windows, but for the Western one. */
function isTelling(codePage: number): boolean {
  return [874, 932, 936, 949, 950].includes(codePage) || (codePage >= 1250 && codePage <= 1258 && codePage !== 1252);
}
