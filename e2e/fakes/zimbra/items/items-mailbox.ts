import { FakeFault } from '../fake-account.ts';
import type { FakeMailboxPart, FakeRequest, SoapBody, SoapHandler } from '../fake-account.ts';
import { answerItem } from './item-download.ts';
import { other, split } from './items-store.ts';
import type { FakeContact, FakeItem, ItemsStore } from './items-store.ts';

/** How often each was asked, by name; `home` for downloads. */
export interface ItemsMailbox extends FakeMailboxPart {
  readonly asked: Map<string, number>;
  /** The query of every download. */
  readonly downloads: Readonly<Record<string, string>>[];
}

/** What lies behind an account that has more than mail (the mail itself comes by IMAP, from a real server). */
export function itemsMailbox(store: ItemsStore): ItemsMailbox {
  const asked = new Map<string, number>();
  const downloads: Readonly<Record<string, string>>[] = [];
  const counted = (name: string): void => {
    asked.set(name, (asked.get(name) ?? 0) + 1);
  };
  const handlers: readonly (readonly [string, SoapHandler])[] = [
    ['GetFolderRequest', () => ({ folder: [tree(store, '1', element => folderElement(store, element))] })],
    ['SyncRequest', body => sync(store, body)],
    ['GetTagRequest', () => ({ tag: store.tags })],
    ['GetContactsRequest', body => getContacts(store, body)],
    ['SearchRequest', body => search(store, body)],
    ['GetItemRequest', body => getItem(store, body)],
    ['GetFilterRulesRequest', () => ({ filterRules: [{ filterRule: store.rules.incoming }] })],
    ['GetOutgoingFilterRulesRequest', () => ({ filterRules: [{ filterRule: store.rules.outgoing }] })],
    ['NoOpRequest', () => ({})],
  ];
  const refusing =
    (name: string, handler: SoapHandler): SoapHandler =>
    (body, call) => {
      counted(name);
      const fault = store.manners.refused.get(name);
      if (fault !== undefined) throw new FakeFault(fault);
      return handler(body, call);
    };
  return {
    asked,
    downloads,
    soap: new Map(handlers.map(([name, handler]) => [name, refusing(name, handler)])),
    home(request: FakeRequest, response) {
      counted('home');
      downloads.push(Object.fromEntries(request.query));
      answerItem(store, request, response);
    },
    info: () => ({
      prefs: { _attrs: store.preferences },
      signatures: { signature: store.signatures },
      ...(store.identities.length === 0 ? {} : { identities: { identity: store.identities } }),
    }),
  };
}

type Describe = (folder: { readonly id: string; readonly name: string; readonly view?: string }) => SoapBody;

/** Folders and links below one, as both GetFolder and Sync nest them. */
function tree(store: ItemsStore, id: string, describe: Describe): SoapBody {
  const folder = store.folders.get(id) ?? { id, name: 'USER_ROOT' };
  const below = [...store.folders.values()].filter(({ parent }) => parent === id);
  const folders = below.filter(({ link }) => link === undefined).map(each => tree(store, each.id, describe));
  const links = below.flatMap(({ link, ...each }) =>
    link === undefined
      ? []
      : [
          {
            ...{ id: each.id, name: each.name, view: each.view, owner: link.owner, rid: link.folder },
            ...(link.broken === true ? { broken: '1' } : { zid: link.account }),
          },
        ],
  );
  return {
    ...describe(folder),
    ...(folders.length === 0 ? {} : { folder: folders }),
    ...(links.length === 0 ? {} : { link: links }),
  };
}

function folderElement(store: ItemsStore, folder: Parameters<Describe>[0]): SoapBody {
  const { id, name, view } = folder;
  return { id, name, ...(view === undefined ? {} : { view }), n: store.itemsIn(id).length };
}

/** Without a token: the tree with the ids of everything. A folder of somebody else is answered by their server. */
function sync(store: ItemsStore, body: SoapBody): SoapBody {
  const [folder, account] = split(textOf(body['l']) ?? '11');
  const of = account === null ? store : other(store, account);
  const withIds: Describe = each => {
    const lists = Map.groupBy(of.itemsIn(each.id), ({ kind }) => kind);
    const ids = [...lists].map(([kind, items]) => [kind, [{ ids: items.map(({ id }) => id).join(',') }]] as const);
    return { ...folderElement(of, each), ...Object.fromEntries(ids) };
  };
  const head = { md: 1, token: String(of.change), s: 0 };
  if (folder !== '11') return { ...head, folder: [tree(of, folder, withIds)] };
  // What is above the root that people see has folders of its own, of tags and conversations.
  return { ...head, folder: [{ id: '11', name: 'ROOT', folder: [{ id: '8', name: 'Tags' }, tree(of, '1', withIds)] }] };
}

function getContacts(store: ItemsStore, body: SoapBody): SoapBody {
  const asked = elementsOf(body['cn']).flatMap(element => (textOf(element['id']) ?? '').split(','));
  const [folder, owner] = split(textOf(body['l']) ?? '');
  const account = asked.length > 0 ? split(asked[0] ?? '')[1] : owner;
  const of = account === null ? store : other(store, account);
  const found =
    asked.length === 0
      ? of.itemsIn(folder)
      : asked.map(id => {
          const item = of.items.get(split(id)[0]);
          // One that is not there fails them all.
          if (item === undefined) throw new FakeFault('mail.NO_SUCH_CONTACT', { itemId: id });
          return item;
        });
  const attributes = elementsOf(body['a']).map(element => textOf(element['n']) ?? '');
  const contacts = found.filter(item => item.kind === 'cn').filter(({ id }) => !of.manners.skipped.has(id));
  const elements = contacts.map(contact => contactElement(contact, attributes, account));
  return { cn: body['derefGroupMember'] === '1' ? elements.map(each => dereferenced(of, each)) : elements };
}

/** Whoever a member stands for, inside it; one that is gone has nothing inside. */
function dereferenced(store: ItemsStore, contact: SoapBody): SoapBody {
  const members = elementsOf(contact['m']).map(member => {
    const found = store.items.get(textOf(member['value']) ?? '');
    return member['type'] === 'C' && found?.kind === 'cn'
      ? { ...member, cn: [contactElement({ ...found, photo: null, members: [] }, [], null)] }
      : member;
  });
  return members.length === 0 ? contact : { ...contact, m: members };
}

function contactElement(contact: FakeContact, wanted: readonly string[], account: string | null): SoapBody {
  const { fields, members, photo } = contact;
  const chosen = Object.entries(fields).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const image =
    photo === null ? {} : { image: { part: '1', ct: photo.mediaType, s: photo.octets.length, filename: 'foto' } };
  return {
    ...common(contact, account),
    fileAsStr: '',
    _attrs: { ...Object.fromEntries(chosen), ...(wanted.length === 0 ? image : {}) },
    ...(wanted.length > 0 || members.length === 0 ? {} : { m: members }),
  };
}

/** `inid:"10"` is all it understands; no more than a thousand at once. */
function search(store: ItemsStore, body: SoapBody): SoapBody {
  const named = /^inid:"(.+)"$/.exec(textOf(body['query']) ?? '')?.[1];
  if (named === undefined) throw new FakeFault('mail.QUERY_PARSE_ERROR');
  const [folder, account] = split(named);
  const of = account === null ? store : other(store, account);
  const types: Readonly<Record<string, string>> = { appointment: 'appt', task: 'task', document: 'doc', wiki: 'w' };
  const kinds = (textOf(body['types']) ?? '').split(',').map(type => types[type]);
  const { skipped, unsearched } = of.manners;
  const all = of
    .itemsIn(folder)
    .filter(({ id, kind }) => kinds.includes(kind) && !skipped.has(id) && !unsearched.has(id));
  const [limit, offset] = [Math.min(1000, Number(body['limit'] ?? 10)), Number(body['offset'] ?? 0)];
  const answer: Record<string, SoapBody[]> = {};
  for (const item of all.slice(offset, offset + limit)) (answer[item.kind] ??= []).push(element(item, account));
  return { sortBy: 'none', offset, more: offset + limit < all.length, ...answer };
}

function getItem(store: ItemsStore, body: SoapBody): SoapBody {
  const [id, account] = split(textOf(elementsOf(body['item'])[0]?.['id']) ?? '');
  const of = account === null ? store : other(store, account);
  const item = of.items.get(id);
  if (item === undefined || of.manners.skipped.has(id)) throw new FakeFault('mail.NO_SUCH_ITEM', { itemId: id });
  return { [item.kind]: [element(item, account)] };
}

function element(item: FakeItem, account: string | null): SoapBody {
  if (item.kind !== 'doc') return common(item, account);
  return { ...common(item, account), name: item.name, ct: item.mediaType, s: item.octets.length };
}

function common({ id, folder, revision, modified, tags }: FakeItem, account: string | null): SoapBody {
  const encoded = tags.map(name => name.replaceAll('\\', '\\\\').replaceAll(',', '\\,')).join(',');
  return {
    ...{ id: account === null ? id : `${account}:${id}`, l: folder, rev: revision, ms: modified },
    ...{ md: 1_700_000_000 + modified, d: (1_700_000_000 + revision) * 1000 },
    ...(tags.length === 0 ? {} : { t: '64', tn: encoded }),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function elementsOf(value: unknown): readonly SoapBody[] {
  if (Array.isArray(value)) return value as SoapBody[];
  return typeof value === 'object' && value !== null ? [value as SoapBody] : [];
}
