import type { ServerResponse } from 'node:http';
import type { FakeRequest } from '../fake-account.ts';
import { exportAppointment } from './import-appointments.ts';
import type { TargetItemsStore } from './target-items-store.ts';

/** `GET /home/~/?id=…`: an appointment as iCalendar, or a contact's picture. False for what is no such item. */
export function answerItem(store: TargetItemsStore, { query }: FakeRequest, response: ServerResponse): boolean {
  const item = store.items.get(query.get('id') ?? '');
  if (item === undefined) return false;
  if (item.kind === 'cn') {
    if (item.image === null) response.writeHead(404).end();
    else response.writeHead(200).end(item.image);
  } else if (query.get('fmt') === 'ics' && query.get('icalAttach') === 'inline') {
    response.writeHead(200, { 'content-type': 'text/calendar' }).end(exportAppointment(item.invites));
  } else {
    response.writeHead(400).end();
  }
  return true;
}
