import { expect, test } from 'vitest';
import { environmentProxy } from './environment-proxy.ts';

const proxy = 'http://proxy.ente.it:8080';
const url = 'https://posta.ente.it/service/soap';

test('nothing said, and what is said in either case', () => {
  expect(environmentProxy({}, url)).toBeUndefined();
  expect(environmentProxy({ NO_PROXY: '*' }, url)).toBeUndefined();
  expect(environmentProxy({ HTTPS_PROXY: proxy }, url)).toBe(proxy);
  expect(environmentProxy({ https_proxy: proxy, HTTPS_PROXY: 'http://other' }, url)).toBe(proxy);
  expect(environmentProxy({ ALL_PROXY: 'proxy.ente.it:8080' }, url)).toBe(proxy);
  expect(environmentProxy({ HTTPS_PROXY: '' }, url)).toBeNull();
  expect(environmentProxy({ HTTPS_PROXY: 'socks5://proxy.ente.it:1080' }, url)).toBeNull();
  // HTTP_PROXY is for what goes in the clear, and nothing does.
  expect(environmentProxy({ HTTP_PROXY: proxy }, url)).toBeUndefined();
});

test.each([
  ['posta.ente.it', null],
  ['ente.it', null],
  ['.ente.it', null],
  ['*.ente.it', null],
  ['altro.it, ente.it', null],
  ['*', null],
  ['ente.it:443', null],
  ['ente.it:8443', proxy],
  ['nte.it', proxy],
  ['posta.ente.it.evil.example', proxy],
  ['', proxy],
])('NO_PROXY=%s', (list, expected) => {
  expect(environmentProxy({ HTTPS_PROXY: proxy, NO_PROXY: list }, url)).toBe(expected);
});

test('this computer is reached without a proxy', () => {
  for (const host of ['localhost:8443', '127.0.0.1', '127.1.2.3', '[::1]:8443'])
    expect(environmentProxy({ HTTPS_PROXY: proxy }, `https://${host}/`)).toBeNull();
});
