import * as z from 'zod';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { demand, read, unexpected } from '../read.ts';
import { itemIds } from './folder-ids.ts';
import type { ListedItem } from './folder-ids.ts';

/** An appointment or task of the mailbox. */
export interface CalendarPlace extends ListedItem {
  readonly uid: string;
}

/**
 * Which UID lies where. The server knows each UID once in the whole mailbox, and takes one that comes again for a new
 * version of what is there: so all of it is looked at before anything is sent.
 */
export interface CalendarBook {
  /** Read when it is first asked for, and after `forget`. By `uidKey`. */
  known(signal: AbortSignal): Promise<ReadonlyMap<string, CalendarPlace>>;
  refresh(signal: AbortSignal): Promise<ReadonlyMap<string, CalendarPlace>>;
  note(place: CalendarPlace): void;
  /** Something may have happened that nobody told us of. */
  forget(): void;
}

/** Outlook's own UIDs are hexadecimal, and the server writes them in capitals (Invite.fixupIfOutlookUid). */
export function uidKey(uid: string): string {
  return /^040000008200E0/i.test(uid) ? uid.toUpperCase() : uid;
}

const page = 1000;
const id = z.union([z.string(), z.number()]).transform(String);
const hits = z.preprocess(
  (value): unknown => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.object({ id, uid: z.string().nullable().catch(null) })),
);
const searchAnswer = z.object({ appt: hits, task: hits, more: z.unknown().optional() });

export function calendarBook(session: SoapSession): CalendarBook {
  let places: Map<string, CalendarPlace> | null = null;

  const refresh = async (signal: AbortSignal): Promise<Map<string, CalendarPlace>> => {
    const listed = await itemIds(session, ['appt', 'task'], null, signal);
    const uids = new Map<string, string>();
    for (const folder of new Set(listed.map(each => each.folder))) {
      for await (const { id: found, uid } of searchFolder(session, folder, signal)) {
        if (uid !== null) uids.set(found, uid);
      }
    }
    const fresh = new Map<string, CalendarPlace>();
    for (const item of listed) {
      const uid = uids.get(item.id) ?? (await uidOf(session, item.id, signal));
      if (uid !== null) fresh.set(uidKey(uid), { ...item, uid });
    }
    places = fresh;
    return fresh;
  };

  return {
    refresh,
    known: async signal => places ?? (await refresh(signal)),
    note: place => void places?.set(uidKey(place.uid), place),
    forget: () => {
      places = null;
    },
  };
}

async function* searchFolder(
  session: SoapSession,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<z.infer<typeof hits>[number]> {
  for (let offset = 0; ; offset += page) {
    const request = { query: `inid:"${folder}"`, types: 'appointment,task', sortBy: 'none', limit: page, offset };
    const { appt, task, more } = await demand(session, 'SearchRequest', request, searchAnswer, signal);
    yield* appt;
    yield* task;
    // A word or a number on some servers.
    if (!['1', 'true'].includes(String(more))) return;
  }
}

/** Of what no search shows, because it has no occurrence. Null when it is gone by now. */
async function uidOf(session: SoapSession, item: string, signal: AbortSignal): Promise<string | null> {
  try {
    const { appt, task } = await read(session, 'GetItemRequest', { item: { id: item } }, searchAnswer, signal);
    return [...appt, ...task][0]?.uid ?? null;
  } catch (error) {
    if (error instanceof SoapFault && /^mail\.NO_SUCH_/.test(error.code)) return null;
    throw unexpected(session, error);
  }
}
