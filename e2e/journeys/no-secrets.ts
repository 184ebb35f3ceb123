import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { filesHolding } from '../rig/files-holding.ts';
import type { Assistant } from './real-assistant.ts';

/** All that a page holds beside its code: the document, what stands in its fields, its stores. */
const heldByPage = `[
  document.documentElement.outerHTML,
  ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
  JSON.stringify({ ...localStorage }),
  JSON.stringify({ ...sessionStorage }),
  document.cookie,
  location.href,
].join('\\n')`;

/** As a screen would ask for it: through the window's bridge, or by the browser host's own request. */
const diagnostics = `window.travaso === undefined
  ? fetch('/api/call', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'call', id: 99999, method: 'diagnostics.read', input: {} }),
    }).then(response => response.text())
  : window.travaso.call('diagnostics.read', {}).then(JSON.stringify)`;

/**
 * Once they were used, none of these is found: in the page, in what the host keeps, in the archive beside it, in the
 * diagnostics, in what other programs can read of the processes.
 */
export async function expectNoSecrets(assistant: Assistant, secrets: readonly string[]): Promise<void> {
  const { page, dataDir, home, pids } = assistant;
  const told = await page.evaluate<string>(diagnostics);
  expect(told).toContain('Travaso');
  const places: Readonly<Record<string, string>> = {
    page: await page.evaluate<string>(heldByPage),
    diagnostics: told,
    processes: pids
      .flatMap(pid => ['cmdline', 'environ'].map(file => readFileSync(`/proc/${pid}/${file}`, 'latin1')))
      .join('\n'),
  };
  expect(places['page']).toContain('<html');
  expect(places['processes']).toContain('PATH=');
  expect(secrets.length).toBeGreaterThan(0);
  const found = secrets.flatMap(secret => [
    ...[secret, encodeURIComponent(secret)].flatMap(spelt =>
      Object.keys(places).filter(place => places[place]?.includes(spelt)),
    ),
    ...filesHolding(dataDir, secret),
    ...filesHolding(home, secret),
  ]);
  expect(found).toEqual([]);
}
