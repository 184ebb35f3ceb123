import type { SoapBody } from '../fake-account.ts';
import { attribute, folderElement, isTrue, messageElement } from './elements.ts';
import type { MailboxStore, StoredFolder } from './mailbox-store.ts';

/** Without a token, the tree with the ids of everything; with one, what changed since. */
export function sync(store: MailboxStore, body: SoapBody, others: (folder: string) => SoapBody = () => ({})): SoapBody {
  const token = attribute(body, 'token');
  if (token !== null) return changes(store, Number(token), isTrue(body, 'typed'));
  const root = store.folders.get(attribute(body, 'l') ?? '1');
  return {
    md: Math.floor(Date.now() / 1000),
    token: String(store.change),
    s: store.used(),
    // A folder that is not there is told by an empty one.
    folder: [root === undefined ? {} : withIds(store, root, others)],
  };
}

function withIds(store: MailboxStore, folder: StoredFolder, others: (folder: string) => SoapBody): SoapBody {
  const ids = store.messagesIn(folder.id).map(({ id }) => id);
  const below = store.childrenOf(folder.id).filter(({ kind }) => kind === 'folder');
  return {
    ...folderElement(store, folder),
    ...(ids.length === 0 ? {} : { m: [{ ids: ids.join(',') }] }),
    ...others(folder.id),
    ...(below.length === 0 ? {} : { folder: below.map(each => withIds(store, each, others)) }),
  };
}

function changes(store: MailboxStore, since: number, typed: boolean): SoapBody {
  const deleted = store.tombstones.filter(({ modified }) => modified > since).map(({ id }) => id);
  const changed = [...store.messages.values()].filter(({ modified }) => modified > since);
  const ids = deleted.join(',');
  return {
    md: Math.floor(Date.now() / 1000),
    token: String(store.change),
    ...(deleted.length === 0 ? {} : { deleted: [typed ? { ids, m: [{ ids }] } : { ids }] }),
    ...(changed.length === 0 ? {} : { m: changed.map(each => messageElement(store, each)) }),
  };
}
