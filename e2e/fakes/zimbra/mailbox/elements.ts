import { FakeFault } from '../fake-account.ts';
import type { SoapBody } from '../fake-account.ts';
import type { MailboxStore, StoredFolder, StoredMessage, StoredTag } from './mailbox-store.ts';

/** An element inside a request: an object, or an array of one. */
export function child(body: SoapBody, name: string): SoapBody {
  const value = body[name];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one !== 'object' || one === null) throw new FakeFault('service.INVALID_REQUEST', { name });
  return one as SoapBody;
}

/** An attribute as text, null when it is not there. */
export function attribute(element: SoapBody, name: string): string | null {
  const value = element[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function demanded(element: SoapBody, name: string): string {
  const value = attribute(element, name);
  if (value === null) throw new FakeFault('service.INVALID_REQUEST', { name });
  return value;
}

export function isTrue(element: SoapBody, name: string): boolean {
  return ['1', 'true', 'TRUE'].includes(attribute(element, name) ?? '');
}

/** One folder without what lies below it. */
export function folderElement(store: MailboxStore, folder: StoredFolder): SoapBody {
  const messages = store.messagesIn(folder.id);
  const deleted = messages.filter(({ flags }) => flags.includes('x')).length;
  return {
    id: folder.id,
    uuid: folder.uuid,
    name: folder.name,
    absFolderPath: `/${store.pathOf(folder.id).join('/')}`,
    l: folder.parent,
    ...(folder.view === null ? {} : { view: folder.view }),
    ...(folder.kind === 'link' ? { owner: 'altro@ente.it', zid: folder.uuid, rid: '257', oname: folder.name } : {}),
    n: messages.length - deleted,
    ...(deleted === 0 ? {} : { i4n: messages.length }),
    s: messages.reduce((total, { octets }) => total + octets.length, 0),
    i4ms: store.change,
    i4next: folder.uidNext,
    rev: 1,
    ms: store.change,
  };
}

export function messageElement(store: MailboxStore, message: StoredMessage): SoapBody {
  const tags = message.tags.flatMap(name => store.tagNamed(name) ?? []);
  return {
    id: message.id,
    l: message.folder,
    s: message.octets.length,
    d: message.date,
    rev: message.modified,
    ...(message.flags === '' ? {} : { f: message.flags }),
    ...(tags.length === 0 ? {} : { t: tags.map(({ id }) => id).join(','), tn: encodeNames(message.tags) }),
  };
}

export function tagElement({ id, name, color, rgb }: StoredTag): SoapBody {
  return { id, name, ...(color === null ? {} : { color }), ...(rgb === null ? {} : { rgb }) };
}

function encodeNames(names: readonly string[]): string {
  return names.map(name => name.replaceAll('\\', '\\\\').replaceAll(',', '\\,')).join(',');
}

/** Commas between the names, a backslash before what is meant as it is. */
export function decodeNames(encoded: string): string[] {
  const names: string[] = [];
  for (const match of encoded.matchAll(/((?:\\.|[^\\,])*)(?:,|$)/gs)) {
    const name = (match[1] ?? '').replaceAll(/\\(.)/gs, '$1').trim();
    if (name !== '') names.push(name);
  }
  return names;
}
