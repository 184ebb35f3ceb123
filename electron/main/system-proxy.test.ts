import { expect, test } from 'vitest';
import { proxyOf } from './system-proxy.ts';

test.each([
  ['DIRECT', null],
  ['PROXY proxy.ente.it:8080; DIRECT', 'http://proxy.ente.it:8080'],
  ['DIRECT; PROXY proxy.ente.it:8080', null],
  ['HTTPS sicuro.ente.it:443;PROXY proxy.ente.it:8080', 'https://sicuro.ente.it:443'],
  ['SOCKS5 socks.ente.it:1080; PROXY proxy.ente.it:8080', 'http://proxy.ente.it:8080'],
  ['SOCKS socks.ente.it:1080', null],
  ['', null],
])('of “%s” the first that is spoken here', (list, proxy) => {
  expect(proxyOf(list)).toBe(proxy);
});
