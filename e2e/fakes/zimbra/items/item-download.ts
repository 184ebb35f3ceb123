import type { ServerResponse } from 'node:http';
import type { FakeRequest } from '../fake-account.ts';
import { other, split } from './items-store.ts';
import type { FakeItem, ItemsStore } from './items-store.ts';

/** What the server writes where it has nothing to say of an appointment. */
const emptyCalendar = 'BEGIN:VCALENDAR\r\nPRODID:Zimbra-Calendar-Provider\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';

/** `GET /home/~/?id=`: one item without a length, as the servlet streams it; below the home, a file by its path. */
export function answerItem(store: ItemsStore, { path, query }: FakeRequest, response: ServerResponse): void {
  // A mailbox in maintenance is what nobody here may ever ask for.
  if (query.has('lock')) throw new Error('lock was asked for');
  const named = query.get('id');
  if (named === null) {
    const below = store.byPath.get(path.replace(/^\/(?:service\/)?home\/[^/]+\//, ''));
    if (below === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('no such item');
    else response.writeHead(200).end(below);
    return;
  }
  const [id, account] = split(named);
  const of = account === null ? store : other(store, account);
  const item = of.items.get(id);
  const { cuts, empty, failing, skipped } = of.manners;
  if (item === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('no such item');
  else if (empty.has(id)) response.writeHead(204).end();
  else if (failing.has(id)) response.writeHead(500, { 'content-type': 'text/html' }).end('blob missing');
  else {
    const octets = skipped.has(id) ? Buffer.from(emptyCalendar) : octetsOf(item, query);
    if (octets === null) {
      response.writeHead(400).end();
      return;
    }
    response.writeHead(200);
    const left = cuts.get(id) ?? 0;
    if (left === 0) {
      response.end(octets);
      return;
    }
    cuts.set(id, left - 1);
    response.write(octets.subarray(0, Math.floor(octets.length / 2)), () => {
      response.destroy();
    });
  }
}

function octetsOf(item: FakeItem, query: URLSearchParams): Buffer | null {
  switch (item.kind) {
    case 'cn':
      return query.get('part') === '1' ? (item.photo?.octets ?? null) : null;
    case 'appt':
    case 'task':
      return query.get('fmt') === 'ics' && query.get('icalAttach') === 'inline' ? item.octets : null;
    case 'doc':
      // Shown in the browser, a page would come without what the server thinks dangerous.
      return query.get('disp') === 'a' ? item.octets : Buffer.from('defanged');
  }
}
