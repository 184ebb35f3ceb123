import { numberOf, recordsOf, textOf } from '../../../zimbra/json-values.ts';
import type { JsonRecord } from '../../../zimbra/json-values.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { ask, isRefused } from './ask.ts';
import { plainId } from './item-inventory.ts';
import type { ListedItems } from './item-inventory.ts';
import { splitNames } from './split-names.ts';

/** What the server says of an item without giving it. */
export interface ItemFacts {
  /** Changes with the item and with its tags. */
  readonly mark: string;
  /** Names of its tags. */
  readonly tags: readonly string[];
  /** Of a file. */
  readonly name: string | null;
  readonly mediaType: string | null;
  /** Octets, of a file. */
  readonly size: number | null;
}

/** The server's limit for one answer. */
const pageSize = 1000;

/**
 * Facts by id. A search may leave items out (Zimbra shows an appointment only with an occurrence to show), so what is
 * missing here is not missing in the mailbox: such items are read each time, and compared with what the archive holds.
 */
export async function readItemFacts(
  session: SoapSession,
  { kind, folderId }: Pick<ListedItems, 'kind' | 'folderId'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ItemFacts>> {
  const facts = new Map<string, ItemFacts>();
  const take = (elements: readonly JsonRecord[]): void => {
    for (const element of elements) {
      const told = factsOf(element);
      if (told !== null) facts.set(plainId(element), told);
    }
  };
  if (kind === 'contact') {
    // One attribute is named so that the others do not come: they are asked for by those contacts that changed.
    const body = { sync: '1', l: folderId, a: [{ n: 'type' }] };
    const answer = await ask(session, { name: 'GetContactsRequest', body }, signal);
    if (!isRefused(answer)) take(recordsOf(answer['cn']));
    return facts;
  }
  const types = searchTypes[kind];
  if (types === undefined) return facts;
  for (let offset = 0; ; offset += pageSize) {
    const body = { query: `inid:"${folderId}"`, types, limit: pageSize, offset, sortBy: 'none' };
    const answer = await ask(session, { name: 'SearchRequest', body }, signal);
    if (isRefused(answer)) return facts;
    for (const element of ['appt', 'task', 'doc', 'w']) take(recordsOf(answer[element]));
    if (!['1', 'true'].includes(textOf(answer['more']) ?? '')) return facts;
  }
}

const searchTypes: Readonly<Record<string, string>> = { event: 'appointment', task: 'task', file: 'document,wiki' };

/** Of an item that no search showed. Null when the server does not know it. */
export async function readFactsOf(session: SoapSession, id: string, signal: AbortSignal): Promise<ItemFacts | null> {
  const answer = await ask(session, { name: 'GetItemRequest', body: { item: { id } } }, signal);
  if (isRefused(answer)) return null;
  const [element] = ['appt', 'task', 'doc', 'w'].flatMap(name => recordsOf(answer[name]));
  return element === undefined ? null : factsOf(element);
}

/** `ms` rises with every change, `rev` with the content; a renamed tag changes neither, and so its name counts too. */
function factsOf(element: JsonRecord): ItemFacts | null {
  const [changed, revision] = [textOf(element['ms']), textOf(element['rev'])];
  if (changed === null && revision === null) return null;
  return {
    mark: [revision ?? '', changed ?? '', textOf(element['tn']) ?? ''].join(' ').trimEnd(),
    tags: splitNames(textOf(element['tn']) ?? ''),
    name: textOf(element['name']),
    mediaType: textOf(element['ct'])?.replace(/\s*;.*$/s, '') ?? null,
    size: numberOf(element['s']),
  };
}
