import { FakeFault } from '../fake-account.ts';
import type { SoapBody, SoapHandler } from '../fake-account.ts';
import { attribute, child, demanded, folderElement, isTrue, tagElement } from './elements.ts';
import type { MailboxStore, StoredFolder } from './mailbox-store.ts';

export function folderHandlers(store: MailboxStore): readonly (readonly [string, SoapHandler])[] {
  return [
    ['GetFolderRequest', body => getFolder(store, body)],
    ['CreateFolderRequest', body => createFolder(store, body)],
    ['GetTagRequest', () => ({ tag: [...store.tags.values()].filter(({ listed }) => listed).map(tagElement) })],
    ['CreateTagRequest', body => createTag(store, body)],
  ];
}

function getFolder(store: MailboxStore, body: SoapBody): SoapBody {
  const named = body['folder'] === undefined ? {} : child(body, 'folder');
  const folder = store.folder(attribute(named, 'l') ?? '1');
  return { folder: [tree(store, folder, Number(attribute(body, 'depth') ?? -1))] };
}

/** A folder with `depth` levels below it, -1 for all. What is empty is left out. */
export function tree(store: MailboxStore, folder: StoredFolder, depth: number): SoapBody {
  const below = depth === 0 ? [] : store.childrenOf(folder.id);
  const of = (kind: StoredFolder['kind'], element: string): SoapBody => {
    const elements = below.filter(each => each.kind === kind).map(each => tree(store, each, depth - 1));
    return elements.length === 0 ? {} : { [element]: elements };
  };
  return {
    ...folderElement(store, folder),
    ...of('folder', 'folder'),
    ...of('link', 'link'),
    ...of('search', 'search'),
  };
}

function createFolder(store: MailboxStore, body: SoapBody): SoapBody {
  const asked = child(body, 'folder');
  const name = demanded(asked, 'name');
  const parent = attribute(asked, 'l');
  const view = attribute(asked, 'view');
  const names = parent === null ? name.split('/').filter(each => each !== '') : [name];
  const path = parent === null ? names.slice(0, -1) : [];
  let above = parent ?? '1';
  for (const each of path) above = (store.childNamed(above, each) ?? store.createFolder(each, above, view)).id;
  const last = names.at(-1) ?? '';
  const there = store.childNamed(above, last.trimEnd());
  if (there !== null && !isTrue(asked, 'fie')) throw new FakeFault('mail.ALREADY_EXISTS', { name: last });
  const folder = there ?? store.createFolder(last, above, view);
  return { [folder.kind]: [folderElement(store, folder)] };
}

function createTag(store: MailboxStore, body: SoapBody): SoapBody {
  const asked = child(body, 'tag');
  const name = demanded(asked, 'name');
  const there = store.tagNamed(name.trim());
  const color = attribute(asked, 'color');
  const look = { color: color === null ? null : Number(color), rgb: attribute(asked, 'rgb') };
  // One that came into being with a message is taken into the list.
  if (there?.listed === false) store.tags.delete(there.id);
  return { tag: [tagElement(store.createTag(name, look))] };
}
