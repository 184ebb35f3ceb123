import { randomUUID } from 'node:crypto';
import {
  changeInstance,
  checkEvent,
  deleteInstance,
  instancesOf,
  shownEvent,
  withoutProperties,
} from './fake-events.ts';
import { GraphError } from './graph-error.ts';
import { checkProperties } from './graph-properties.ts';
import type { FakeItem, GraphState } from './graph-state.ts';

type Resource = Readonly<Record<string, unknown>>;

export interface FakeRequest {
  readonly method: string;
  /** Segments, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly mediaType: string;
  readonly octets: Buffer;
}

/** A resource, a collection, or nothing. */
export type FakeAnswer =
  | { readonly status: number; readonly resource: unknown }
  | { readonly status: 200; readonly collection: readonly Resource[] };

const none: FakeAnswer = { status: 204, resource: null };
const mostRequestOctets = 4 * 1024 * 1024;
const mostAttachmentOctets = 3 * 1024 * 1024;

export function answerTo(state: GraphState, request: FakeRequest): FakeAnswer {
  if (request.octets.length > mostRequestOctets) throw new GraphError(413, 'RequestTooLarge', 'Over 4 MB.');
  const [me, first = '', ...rest] = request.path;
  if (me !== 'me') throw notFound();
  switch (first) {
    case 'contactFolders':
      if (rest.length === 2 && rest[1] === 'contacts') return contacts(state, request, rest[0] ?? '');
      if (rest[0] === 'contacts' && rest.length === 1)
        return { status: 200, resource: { id: 'contacts', displayName: 'Contatti' } };
      return folders(state, request, 'contact', rest[0]);
    case 'contacts':
      if (rest.length === 0) return contacts(state, request, 'contacts');
      return rest[1] === 'photo'
        ? photo(state, request, rest[0] ?? '', rest[2])
        : contact(state, request, rest[0] ?? '');
    case 'calendars':
      if (rest.length === 2 && rest[1] === 'events') return events(state, request, rest[0] ?? '');
      return folders(state, request, 'event', rest[0]);
    case 'events':
      return event(state, request, rest[0] ?? '', rest[1]);
    case 'todo':
      if (rest[0] !== 'lists') throw notFound();
      if (rest[2] === 'tasks') return tasks(state, request, rest[1] ?? '', rest[3]);
      return folders(state, request, 'task', rest[1]);
    default:
      throw notFound();
  }
}

function folders(state: GraphState, request: FakeRequest, kind: 'contact' | 'event' | 'task', id?: string): FakeAnswer {
  const own = state.folders.filter(each => each.kind === kind);
  const shown = own.map(each => ({ ...each.resource, id: each.id }));
  if (id !== undefined) {
    const found = shown.find(each => each.id === id);
    if (found === undefined || request.method !== 'GET') throw notFound();
    return { status: 200, resource: found };
  }
  if (request.method === 'GET') return { status: 200, collection: shown };
  const json = jsonOf(request);
  const property = kind === 'event' ? 'name' : 'displayName';
  if (Object.keys(json).some(name => name !== property))
    throw new GraphError(400, 'RequestBodyRead', 'Unknown property.');
  const given = json[property];
  const name = typeof given === 'string' ? given : '';
  const key = name.toLowerCase();
  if (name === '') throw new GraphError(400, 'ErrorInvalidRequest', 'A name is required.');
  // To Do alone makes a second list of the same name.
  if (kind !== 'task' && own.some(each => String(each.resource[property]).toLowerCase() === key))
    throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
  const resource = {
    [property]: name,
    ...(kind === 'event' ? { canEdit: true, isDefaultCalendar: false } : {}),
    ...(kind === 'task' ? { wellknownListName: 'none', isOwner: true } : {}),
  };
  const made = { id: newId(), kind, resource };
  state.folders.push(made);
  return { status: 201, resource: { ...resource, id: made.id } };
}

function contacts(state: GraphState, request: FakeRequest, folder: string): FakeAnswer {
  if (folder !== 'contacts' && !state.folders.some(({ id }) => id === folder)) throw notFound();
  if (request.method === 'GET') {
    const found = [...state.contacts.values()].filter(each => each.folder === folder);
    return { status: 200, collection: found.map(each => shownContact(each, request.query)) };
  }
  const resource = jsonOf(request);
  checkProperties('contact', resource);
  const item: FakeItem = { id: newId(), folder, resource: asStored(resource), photo: null };
  state.contacts.set(item.id, item);
  return { status: 201, resource: shownContact(item, request.query) };
}

/** Exchange keeps the day of a birthday, at an hour of its own. */
function asStored(resource: Resource): Resource {
  const { birthday } = resource;
  return typeof birthday === 'string' ? { ...resource, birthday: `${birthday.slice(0, 10)}T11:59:00Z` } : resource;
}

function contact(state: GraphState, request: FakeRequest, id: string): FakeAnswer {
  const item = state.contacts.get(id);
  if (item === undefined) throw notFound();
  if (request.method === 'GET') return { status: 200, resource: shownContact(item, request.query) };
  countForeign(state, item.resource);
  if (request.method !== 'PATCH') throw new GraphError(405, 'ErrorInvalidRequest', 'Nobody asked for this.');
  const change = jsonOf(request);
  checkProperties('contact', change);
  item.resource = { ...item.resource, ...change };
  return { status: 200, resource: shownContact(item, request.query) };
}

function photo(state: GraphState, { method, mediaType, octets }: FakeRequest, id: string, value?: string): FakeAnswer {
  const item = state.contacts.get(id);
  if (item === undefined) throw notFound();
  if (method === 'GET') {
    if (item.photo === null) throw new GraphError(404, 'ErrorItemNotFound', 'There is no picture.');
    return { status: 200, resource: { id: '48X48', height: 48, width: 48, '@odata.mediaContentType': 'image/jpeg' } };
  }
  if (method !== 'PUT' || value !== '$value') throw notFound();
  if (!/^image\/(?:jpeg|png|gif)$/.test(mediaType)) throw new GraphError(400, 'ErrorInvalidImage', 'No picture.');
  item.photo = octets;
  return { status: 200, resource: null };
}

function shownContact(item: FakeItem, query: URLSearchParams): Resource {
  return {
    ...withoutProperties(item.resource),
    id: item.id,
    parentFolderId: item.folder,
    ...expanded(item.resource, query),
  };
}

/** Named properties are given only when asked for by `$expand` with a filter on their ids. */
function expanded(resource: Resource, query: URLSearchParams): Resource {
  const expand = query.get('$expand') ?? '';
  if (!expand.startsWith('singleValueExtendedProperties(')) return {};
  const ids = [...expand.matchAll(/id eq '([^']+)'/g)].map(match => match[1]);
  const all = (resource['singleValueExtendedProperties'] ?? []) as readonly { id: string; value: string }[];
  const found = all.filter(({ id }) => ids.includes(id));
  return found.length === 0 ? {} : { singleValueExtendedProperties: found };
}

function events(state: GraphState, request: FakeRequest, calendar: string): FakeAnswer {
  if (!state.folders.some(({ id }) => id === calendar)) throw notFound();
  if (request.method === 'GET') {
    const found = [...state.events.values()].filter(
      each => each.calendar === calendar && matches(each.resource, request.query),
    );
    return {
      status: 200,
      collection: found.map(each => ({ ...shownEvent(each, state.quirks), ...expanded(each.resource, request.query) })),
    };
  }
  const resource = jsonOf(request);
  checkEvent(resource);
  countMail(state, resource);
  const { transactionId } = resource;
  const before = [...state.events.values()].find(each => each.resource['transactionId'] === transactionId);
  if (transactionId !== undefined && before !== undefined) {
    if (state.quirks.transaction === 'conflict')
      throw new GraphError(409, 'ErrorDuplicateTransactionId', 'Done before.');
    return { status: 201, resource: shownEvent(before, state.quirks) };
  }
  const made = { id: newId(), calendar, resource, attachments: [], exceptions: new Map(), deleted: new Set<number>() };
  state.events.set(made.id, made);
  return { status: 201, resource: shownEvent(made, state.quirks) };
}

function matches(resource: Resource, query: URLSearchParams): boolean {
  const filter = query.get('$filter');
  if (filter === null) return true;
  const any = /^singleValueExtendedProperties\/any\(ep: ep\/id eq '([^']+)' and (.+)\)$/.exec(filter);
  if (any === null) throw new GraphError(400, 'ErrorInvalidUrlQueryFilter', 'The filter clause is not supported.');
  const [, id, condition = ''] = any;
  const all = (resource['singleValueExtendedProperties'] ?? []) as readonly { id: string; value: string }[];
  const value = all.find(each => each.id === id)?.value.toLowerCase();
  if (value === undefined) return false;
  const begin = /^startswith\(ep\/value, '([^']*)'\)$/.exec(condition)?.[1];
  if (begin !== undefined) return value.startsWith(begin.toLowerCase());
  const equals = [...condition.matchAll(/ep\/value eq '((?:[^']|'')*)'/g)].map(match =>
    match[1]?.replaceAll("''", "'").toLowerCase(),
  );
  return equals.includes(value);
}

function event(state: GraphState, request: FakeRequest, key: string, part?: string): FakeAnswer {
  const [id = '', original] = key.split('.');
  const found = state.events.get(id);
  if (found === undefined) throw notFound();
  const { method, query } = request;
  if (part === 'instances' && method === 'GET') {
    const [from, to] = ['startDateTime', 'endDateTime'].map(name => Date.parse(`${query.get(name) ?? ''}Z`));
    if (from === undefined || to === undefined || Number.isNaN(from + to))
      throw new GraphError(400, 'ErrorInvalidParameter', 'startDateTime and endDateTime are required.');
    return { status: 200, collection: instancesOf(found, from, to, state.quirks) };
  }
  if (part === 'attachments') {
    if (method === 'GET') return { status: 200, collection: found.attachments };
    const attachment = jsonOf(request);
    const { contentBytes } = attachment;
    if (attachment['@odata.type'] !== '#microsoft.graph.fileAttachment' || typeof contentBytes !== 'string')
      throw new GraphError(400, 'RequestBodyRead', 'No file attachment.');
    if (Buffer.byteLength(contentBytes, 'base64') > mostAttachmentOctets)
      throw new GraphError(413, 'RequestEntityTooLarge', 'Over 3 MB: use an upload session.');
    countForeign(state, found.resource);
    found.attachments.push({ ...attachment, id: newId() });
    return { status: 201, resource: found.attachments.at(-1) };
  }
  if (part !== undefined) throw notFound();
  if (method === 'GET' && original === undefined)
    return { status: 200, resource: { ...shownEvent(found, state.quirks), ...expanded(found.resource, query) } };
  countForeign(state, found.resource);
  countMail(state, found.resource);
  if (method === 'DELETE' && original !== undefined) {
    deleteInstance(found, Number(original));
    return none;
  }
  if (method !== 'PATCH') throw new GraphError(405, 'ErrorInvalidRequest', 'Nobody asked for this.');
  const change = jsonOf(request);
  countMail(state, change);
  if (original !== undefined) changeInstance(found, Number(original), change);
  else {
    checkProperties('event', change);
    if ('transactionId' in change) throw new GraphError(400, 'ErrorInvalidProperty', 'transactionId is set once.');
    found.resource = { ...found.resource, ...change };
  }
  return { status: 200, resource: shownEvent(found, state.quirks) };
}

function tasks(state: GraphState, request: FakeRequest, list: string, id?: string): FakeAnswer {
  if (!state.folders.some(each => each.id === list)) throw notFound();
  if (id !== undefined) {
    const found = state.tasks.get(id);
    if (found === undefined || request.method !== 'GET') throw notFound();
    return { status: 200, resource: shownTask(found, request.query) };
  }
  if (request.method === 'GET') {
    const found = [...state.tasks.values()].filter(({ folder }) => folder === list);
    return { status: 200, collection: found.map(each => shownTask(each, request.query)) };
  }
  const resource = jsonOf(request);
  checkProperties('todoTask', resource);
  if (resource['recurrence'] !== undefined && resource['dueDateTime'] === undefined)
    throw new GraphError(400, 'ErrorInvalidRequest', 'A repeating task needs a due date.');
  const days = ['dueDateTime', 'startDateTime', 'completedDateTime'].flatMap(name => {
    const moment = resource[name] as { dateTime: string } | undefined;
    // To Do keeps the day alone.
    return moment === undefined
      ? []
      : [[name, { ...moment, dateTime: `${moment.dateTime.slice(0, 10)}T00:00:00.0000000` }]];
  });
  const kept: Resource = { ...resource, ...(Object.fromEntries(days) as Resource) };
  const item: FakeItem = { id: newId(), folder: list, resource: kept, photo: null };
  state.tasks.set(item.id, item);
  return { status: 201, resource: shownTask(item, request.query) };
}

function shownTask(item: FakeItem, query: URLSearchParams): Resource {
  const { extensions, ...resource } = item.resource;
  const wanted = /^extensions\(\$filter=id eq '([^']+)'\)$/.exec(query.get('$expand') ?? '')?.[1];
  const all = (extensions ?? []) as readonly { readonly extensionName: string }[];
  const found = all.filter(({ extensionName }) => extensionName === wanted);
  return {
    ...resource,
    id: item.id,
    ...(found.length === 0
      ? {}
      : {
          extensions: found.map(each => ({ ...each, id: `microsoft.graph.openTypeExtension.${each.extensionName}` })),
        }),
  };
}

/** Whoever is invited hears of every change. */
function countMail(state: GraphState, resource: Resource): void {
  const { attendees } = resource;
  if (Array.isArray(attendees)) state.wouldHaveMailed += attendees.length;
}

function countForeign(state: GraphState, resource: Resource): void {
  if (!JSON.stringify(resource['singleValueExtendedProperties'] ?? '').includes('Travaso')) state.touchedForeign += 1;
}

function jsonOf({ octets, mediaType }: FakeRequest): Resource {
  if (!mediaType.startsWith('application/json')) throw new GraphError(415, 'UnsupportedMediaType', 'JSON is expected.');
  try {
    return JSON.parse(octets.toString('utf8')) as Resource;
  } catch {
    throw new GraphError(400, 'BadRequest', 'Unable to read JSON request payload.');
  }
}

function notFound(): GraphError {
  return new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

function newId(): string {
  return `AAMk${randomUUID().replaceAll('-', '')}AAA=`;
}
