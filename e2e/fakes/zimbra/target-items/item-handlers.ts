import { FakeFault } from '../fake-account.ts';
import type { SoapBody, SoapHandler } from '../fake-account.ts';
import { attribute, child, decodeNames, demanded, isTrue } from '../mailbox/elements.ts';
import { importAppointments } from './import-appointments.ts';
import type { StoredContact, StoredItem, TargetItemsStore } from './target-items-store.ts';

const hidden = new Set(['dn', 'vcardUID', 'vcardURL', 'vcardXProps']);

export function itemHandlers(store: TargetItemsStore): readonly (readonly [string, SoapHandler])[] {
  const mails: SoapHandler = () => {
    store.mailed += 1;
    throw new FakeFault('service.PERM_DENIED');
  };
  return [
    ['CreateContactRequest', body => createContact(store, child(body, 'cn'))],
    ['GetContactsRequest', body => getContacts(store, body)],
    ['ImportAppointmentsRequest', body => importRequest(store, body)],
    ['GetItemRequest', body => getItem(store, child(body, 'item'))],
    ['ItemActionRequest', body => act(store, child(body, 'action'))],
    // Each of these writes to the people it names.
    ['CreateAppointmentRequest', mails],
    ['ModifyAppointmentRequest', mails],
    ['SendInviteReplyRequest', mails],
    ['SendMsgRequest', mails],
  ];
}

/** Lists of ids as Sync has them; absent where there is none. */
export function itemLists(store: TargetItemsStore, folder: string): SoapBody {
  const own = [...store.items.values()].filter(item => item.folder === folder);
  const lists = Map.groupBy(own, ({ kind }) => kind);
  return Object.fromEntries([...lists].map(([kind, items]) => [kind, [{ ids: items.map(({ id }) => id).join(',') }]]));
}

/** Every CreateContact makes a contact: the server does not look for equals. */
function createContact(store: TargetItemsStore, asked: SoapBody): SoapBody {
  const folder = store.mailbox.folder(demanded(asked, 'l')).id;
  const fields: Record<string, string> = {};
  let image: Buffer | null = null;
  for (const element of elementsOf(asked['a'])) {
    const name = demanded(element, 'n');
    if (name.trim() === '' || name === 'groupMember') throw new FakeFault('service.INVALID_REQUEST', { name });
    const aid = attribute(element, 'aid');
    if (aid !== null) image = takeImage(store, aid);
    else if ((attribute(element, '_content') ?? '') !== '') fields[name] = attribute(element, '_content') ?? '';
  }
  const members = elementsOf(asked['m']);
  const isGroup = fields['type'] === 'group';
  if (members.length > 0 && !isGroup) throw new FakeFault('service.INVALID_REQUEST');
  if (members.some(each => !['C', 'G', 'I'].includes(demanded(each, 'type')))) {
    throw new FakeFault('service.INVALID_REQUEST');
  }
  if (Object.keys(fields).length === 0) throw new FakeFault('service.INVALID_REQUEST');
  if (store.contacts().length >= store.limits.contacts) throw new FakeFault('mail.TOO_MANY_CONTACTS');
  const octets = JSON.stringify(fields).length + (image?.length ?? 0);
  if (!store.takeRoom(octets)) throw new FakeFault('mail.QUOTA_EXCEEDED');
  const tags = decodeNames(attribute(asked, 'tn') ?? '').map(name => tagNamed(store, name));
  const id = store.mailbox.takeId();
  store.mailbox.change += 1;
  store.items.set(id, { kind: 'cn', id, folder, fields, members, image, tags });
  return { cn: [{ id }] };
}

function takeImage(store: TargetItemsStore, aid: string): Buffer {
  const upload = store.mailbox.uploads.get(aid);
  if (upload === undefined) throw new FakeFault('mail.NO_SUCH_UPLOAD', { aid });
  store.mailbox.uploads.delete(aid);
  const head = upload.octets.subarray(0, 4).toString('latin1');
  if (!/^(?:\xff\xd8|\x89PNG|GIF8|BM|RIFF)/.test(head)) throw new FakeFault('mail.INVALID_IMAGE');
  return upload.octets;
}

/** A tag that nobody made comes into being unlisted. */
function tagNamed(store: TargetItemsStore, name: string): string {
  return (store.mailbox.tagNamed(name) ?? store.mailbox.createTag(name, { listed: false })).name;
}

function getContacts(store: TargetItemsStore, body: SoapBody): SoapBody {
  const ids = elementsOf(body['cn']).flatMap(each => demanded(each, 'id').split(','));
  const all = isTrue(body, 'returnHiddenAttrs');
  const contacts = ids.map(id => {
    const item = store.items.get(id);
    // One that is not there fails them all.
    if (item?.kind !== 'cn') throw new FakeFault('mail.NO_SUCH_CONTACT', { itemId: id });
    return contactElement(item, all);
  });
  return { cn: contacts };
}

function contactElement({ id, folder, fields, image, members, tags }: StoredContact, all: boolean): SoapBody {
  const shown = Object.entries(fields).filter(([name]) => all || !hidden.has(name));
  const picture = image === null ? {} : { image: { part: '1', ct: 'image/jpeg', s: image.length, filename: 'photo' } };
  return {
    ...{ id, l: folder, rev: 1, d: 0, fileAsStr: '' },
    ...(tags.length === 0 ? {} : { tn: encodeNames(tags) }),
    _attrs: { ...Object.fromEntries(shown), ...picture },
    ...(members.length === 0 ? {} : { m: members }),
  };
}

/** 200 and the ids of what was taken, whatever became of the others. */
function importRequest(store: TargetItemsStore, body: SoapBody): SoapBody {
  const folder = store.mailbox.folder(demanded(body, 'l')).id;
  if (!['ics', 'text/calendar'].includes(demanded(body, 'ct'))) throw new FakeFault('service.INVALID_REQUEST');
  const text = contentText(store, child(body, 'content'));
  const ids = importAppointments(store, text, folder);
  return { appt: [{ ids: ids.join(','), n: ids.length }] };
}

function contentText(store: TargetItemsStore, content: SoapBody): string {
  const aid = attribute(content, 'aid');
  if (aid === null) return demanded(content, '_content');
  const upload = store.mailbox.uploads.get(aid);
  if (upload === undefined) throw new FakeFault('mail.NO_SUCH_UPLOAD', { aid });
  store.mailbox.uploads.delete(aid);
  return upload.octets.toString('utf8');
}

/** `inid:"10"` for appointments and tasks; no more than a thousand at once. */
export function searchItems(store: TargetItemsStore, body: SoapBody): SoapBody {
  const folder = /^inid:"(\d+)"$/.exec(demanded(body, 'query'))?.[1];
  if (folder === undefined) throw new FakeFault('mail.QUERY_PARSE_ERROR');
  const own = store.calendarItems().filter(item => item.folder === folder && store.manners.isSearched(item.uid));
  const offset = Number(attribute(body, 'offset') ?? 0);
  const limit = Math.min(1000, Number(attribute(body, 'limit') ?? 10));
  const answer: Record<string, SoapBody[]> = {};
  for (const item of own.slice(offset, offset + limit)) (answer[item.kind] ??= []).push(summary(item));
  return { sortBy: 'none', offset, more: offset + limit < own.length, ...answer };
}

function getItem(store: TargetItemsStore, asked: SoapBody): SoapBody {
  const item = store.items.get(demanded(asked, 'id'));
  if (item === undefined) throw new FakeFault('mail.NO_SUCH_ITEM');
  return { [item.kind]: [summary(item)] };
}

function summary(item: StoredItem): SoapBody {
  return { id: item.id, l: item.folder, ...(item.kind === 'cn' ? {} : { uid: item.uid }) };
}

function act(store: TargetItemsStore, asked: SoapBody): SoapBody {
  const ids = demanded(asked, 'id').split(',');
  if (demanded(asked, 'op') !== 'tag') throw new FakeFault('service.INVALID_REQUEST');
  const name = tagNamed(store, demanded(asked, 'tn'));
  for (const id of ids) {
    const item = store.items.get(id);
    if (item === undefined) throw new FakeFault('mail.NO_SUCH_ITEM', { itemId: id });
    item.tags = [...new Set([...item.tags, name])];
  }
  return { action: { id: ids.join(','), op: 'tag' } };
}

function encodeNames(names: readonly string[]): string {
  return names.map(name => name.replaceAll('\\', '\\\\').replaceAll(',', '\\,')).join(',');
}

export function elementsOf(value: unknown): readonly SoapBody[] {
  if (Array.isArray(value)) return value as SoapBody[];
  return typeof value === 'object' && value !== null ? [value as SoapBody] : [];
}
