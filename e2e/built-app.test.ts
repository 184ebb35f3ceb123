import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtApp } from './rig/built-app.ts';

/** What is built for people holds nothing of what is built for those who develop it. */
const folder = join(builtApp(), 'renderer');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const scripts = files.filter(name => name.endsWith('.js')).map(name => readFileSync(join(folder, name), 'utf8'));

test('one page, and no gallery of made-up mailboxes', () => {
  expect(files.filter(name => name.endsWith('.html'))).toEqual(['index.html']);
  const scenario = /name: '(backup-\w+)'/.exec(
    readFileSync(new URL('../renderer/testing/scenarios-old-mailbox.ts', import.meta.url), 'utf8'),
  )?.[1];
  expect(scenario).toBeDefined();
  for (const script of scripts) expect(script).not.toContain(scenario);
});

test('React as it is for people, also when a test runner asks for the build', () => {
  const all = scripts.join('');
  expect(all).toContain('error-decoder');
  expect(all).not.toContain('validateDOMNesting');
});
