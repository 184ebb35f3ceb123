import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { davArgs, davItems, runDav, runDavTo } from './dav-rig.ts';
import { newFolder, untilTestEnds } from './reliability/journey.ts';
import { generateItems } from './rig/generate-items.ts';
import { archiveItems } from './rig/items-archive.ts';
import { startLosingHttpProxy } from './rig/losing-http-proxy.ts';
import type { ExchangeFate } from './rig/losing-http-proxy.ts';
import { radicaleAvailable, startRadicale } from './rig/radicale.ts';
import type { RadicaleServer } from './rig/radicale.ts';

const clear = (port: number) => ({ port, caFile: null });

describe.skipIf(!radicaleAvailable())('over a poor line to a server of calendars', () => {
  let server: RadicaleServer;
  let archive: string;
  beforeAll(async () => {
    server = await startRadicale({ users: ['anna', 'bruno', 'carla'] });
    archive = await newFolder();
    await archiveItems(archive, generateItems({ contacts: 5, events: 10 }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each([
    ['anna', 'the answers to every third item are lost', 'lose-reply', 'PUT'],
    ['bruno', 'every third item does not get through', 'break', 'PUT'],
    ['carla', 'the answers to new folders are lost', 'lose-reply', 'MKCALENDAR'],
  ] as const)('%s: %s, and none is lost or doubled', async (user, _what, fate, lossy) => {
    const decide = ({ method, nth }: { method: string; nth: number }): ExchangeFate =>
      method === lossy && (lossy === 'PUT' ? nth % 3 === 0 : nth === 1) ? fate : 'pass';
    const proxy = untilTestEnds(await startLosingHttpProxy(server.port, decide));
    const copy = await newFolder();
    await archiveItems(copy, generateItems({ contacts: 5, events: 10 }));
    const to = ['--archive', copy, ...davArgs(clear(proxy.port), user)];
    const uploaded = await runDavTo(0, ['upload', ...to]);
    expect(proxy.lost).toBeGreaterThan(0);
    expect(uploaded.result?.['items']).toMatchObject({
      contact: { uploaded: 5, alreadyPresent: 0, setAside: 0 },
      event: { uploaded: 10, alreadyPresent: 0, setAside: 0 },
    });
    const uids = davItems(server, user).map(file => /^UID:(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]);
    expect(new Set(uids).size).toBe(15);
    expect(uids).toHaveLength(15);
    await runDavTo(0, ['verify', ...to]);
  });

  test('a server that sends us elsewhere does not get the password there', async () => {
    const away = createServer((_request, response) => {
      response.writeHead(301, { location: 'https://calendari.example.com/dav/' }).end();
    });
    away.listen(0, '127.0.0.1');
    await once(away, 'listening');
    const { port } = away.address() as AddressInfo;
    const sent = await runDav(['upload', '--archive', archive, ...davArgs(clear(port))]);
    away.close();
    expect(sent).toMatchObject({ exitCode: 77, result: { problem: { code: 'HOST_NOT_CONFIRMED' } } });
    expect(JSON.stringify(sent.result)).toContain('calendari.example.com');
  });

  test('a server that is none of this kind is named', async () => {
    const web = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('ciao'),
    );
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as AddressInfo;
    const sent = await runDav(['upload', '--archive', archive, ...davArgs(clear(port))]);
    web.close();
    expect(sent).toMatchObject({ exitCode: 69, result: { problem: { code: 'SERVER_NOT_DAV' } } });
  });
});
