import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import type { ItemTarget, OutgoingItem, PreparedItem } from '../../item-target.ts';
import { segment } from './answers.ts';
import { contactCollection } from './contact-collection.ts';
import { contactToGraph } from './contact-to-graph.ts';
import { eventCollection } from './event-collection.ts';
import { eventToGraph } from './event-to-graph.ts';
import type { GraphClient } from './graph-client.ts';
import { graphCollection } from './graph-collection.ts';
import type { CollectionParts } from './graph-collection.ts';
import {
  assertThere,
  createItemFolder,
  defaultContacts,
  isGraphKind,
  itemFolderName,
  listItemFolders,
  nameKey,
} from './item-folders.ts';
import { mapItem } from './map-item.ts';
import { taskCollection } from './task-collection.ts';
import { taskToGraph } from './task-to-graph.ts';

export interface GraphItemTargetOptions {
  readonly account: string;
  /** Closed with the target. */
  readonly client: GraphClient;
  /** For which the organisation gave its consent. */
  readonly kinds: ReadonlySet<ItemKind>;
  readonly remarks: readonly Problem[];
  /** The zone of whole days and of times without one: where the person lives. */
  readonly home: string;
}

/** Contacts, appointments and tasks of a Microsoft 365 mailbox by Microsoft Graph. Adds; see README.md. */
export function graphItemTarget({ account, client, kinds, remarks, home }: GraphItemTargetOptions): ItemTarget {
  return {
    account,
    kinds,
    remarks,
    listFolders: signal => listItemFolders(client, kinds, signal),
    nameFor: (_kind, path) => itemFolderName(path),
    nameKey,
    createFolder: (kind, name, signal) => {
      if (!isGraphKind(kind)) throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: 'kind' });
      return createItemFolder(client, kind, name, signal);
    },
    async openFolder(folder, signal) {
      await assertThere(client, folder, signal);
      return graphCollection(partsOf(folder.kind, folder.key, folder.name), client);
    },
    prepare: item => prepared(item, home),
    close: () => client.close(),
  };

  function partsOf(kind: ItemKind, key: string, name: string): CollectionParts {
    switch (kind) {
      case 'contact':
        return contactCollection(client, key === defaultContacts ? '/me' : `/me/contactFolders/${segment(key)}`, name);
      case 'event':
        return eventCollection(client, key, name, home);
      case 'task':
        return taskCollection(client, key, name, home);
      default:
        throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: name });
    }
  }
}

function prepared({ kind, octets }: OutgoingItem, home: string): PreparedItem {
  switch (kind) {
    case 'contact':
      return mapItem(() => contactToGraph(octets));
    case 'event':
      return mapItem(() => eventToGraph(octets, home));
    case 'task':
      return mapItem(() => taskToGraph(octets, home));
    default:
      throw new TravasoError('ITEM_REFUSED', { reason: 'kind' });
  }
}
