import { expect, test } from 'vitest';
import { browserMethods } from './process-tables.ts';
import { serveTable } from './serve-api.ts';

test('the engine can have web pages opened, and nothing that would start a program', async () => {
  const opened: string[] = [];
  const main = serveTable(browserMethods, {
    'browser.open': ({ url }: { url: string }) => {
      opened.push(url);
      return Promise.resolve({});
    },
    'proxy.find': () => Promise.resolve({ proxy: null }),
  });
  for (const url of ['file:///etc/passwd', 'http://localhost/', 'ms-settings:', 'javascript:alert(1)', 'C:\\a.exe'])
    expect(await main('browser.open', { url })).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
  expect(opened).toEqual([]);
  expect(await main('browser.open', { url: 'https://login.microsoftonline.com/x?y=z' })).toMatchObject({ ok: true });
  expect(opened).toEqual(['https://login.microsoftonline.com/x?y=z']);
});
