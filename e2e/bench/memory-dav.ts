import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * As little of a CalDAV server as an upload and its proof need, in memory: what is measured is the program, not the server.
 * Everything is below `/dav/`, and a calendar is whatever was made.
 */
export async function startMemoryDav(): Promise<AsyncDisposable & { readonly port: number }> {
  const collections = new Map<string, { readonly name: string; readonly items: Map<string, string> }>();
  const answer = async (request: IncomingMessage): Promise<{ status: number; body?: string }> => {
    const path = request.url ?? '/';
    const body = await textOf(request);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    switch (request.method) {
      case 'MKCALENDAR':
        collections.set(path, { name: /displayname>([^<]*)</.exec(body)?.[1] ?? '', items: new Map() });
        return { status: 201 };
      case 'PUT': {
        const items = collections.get(folder)?.items;
        if (items?.has(path) === true) return { status: 412 };
        items?.set(path, body);
        return { status: 201 };
      }
      case 'PROPFIND':
        return { status: 207, body: multistatus(found(path, request.headers['depth'] === '1')) };
      case 'REPORT': {
        const items = collections.get(path)?.items;
        const asked = [...body.matchAll(/href>([^<]+)</g)].map(match => match[1] ?? '');
        const rows = asked.map(href => ({
          href,
          prop: `<c:calendar-data>${escaped(items?.get(href) ?? '')}</c:calendar-data>`,
        }));
        return { status: 207, body: multistatus(rows) };
      }
      default:
        return { status: 405 };
    }
  };
  const found = (path: string, below: boolean): readonly Row[] => {
    if (collections.has(path)) {
      const items = below ? [...(collections.get(path)?.items.keys() ?? [])].map(href => ({ href, prop: '' })) : [];
      return [{ href: path, prop: calendar(collections.get(path)?.name ?? '') }, ...items];
    }
    const home = '<d:href>/dav/</d:href>';
    const own = `<d:current-user-principal>${home}</d:current-user-principal><c:calendar-home-set>${home}</c:calendar-home-set>`;
    const rows = [{ href: '/dav/', prop: `${own}<d:resourcetype><d:collection/></d:resourcetype>` }];
    if (!below) return rows;
    return [...rows, ...[...collections].map(([href, { name }]) => ({ href, prop: calendar(name) }))];
  };
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/xml; charset=utf-8' }).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Row {
  readonly href: string;
  readonly prop: string;
}

function calendar(name: string): string {
  return `<d:displayname>${name}</d:displayname><d:resourcetype><d:collection/><c:calendar/></d:resourcetype>`;
}

function multistatus(rows: readonly Row[]): string {
  const responses = rows.map(
    ({ href, prop }) =>
      `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${prop}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses.join('')}</d:multistatus>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}
