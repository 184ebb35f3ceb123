import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { restingStatuses } from '../shared/model/job.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { untilIndexed } from './rig/search-archive.ts';
import { createTestDirectory } from './rig/test-directory.ts';

test('an index begun while a backup runs follows it, and holds everything when both have ended', async () => {
  const { path, remove } = createTestDirectory('search-beside');
  onTestFinished(remove);
  const archive = join(path, 'archivio');
  const source = join(path, 'posta.mbox');
  const mails = [...generateMailbox({ messages: 3000, medianSize: 3000, largeShare: 0 })];
  const mbox = mails.map(
    ({ octets }) => `From - Mon Jan  1 00:00:00 2024\n${octets.toString('latin1').replaceAll(/^(>*From )/gm, '>$1')}\n`,
  );
  writeFileSync(source, mbox.join(''), 'latin1');
  const engine = createEngine(defaultPorts());
  onTestFinished(() => engine.close());
  const { api } = engine;
  const account = { address: `mbox:${source}`, signInId: null };
  const { jobId } = await api['backup.start']({ archive, source: account, format: null });
  const ended = new Promise<string>(resolve => {
    engine.events.subscribe(({ id, status }) => {
      if (id === jobId && restingStatuses.includes(status)) resolve(status);
    });
  });
  await api['index.start']({ archive });
  expect(['succeeded', 'partial']).toContain(await ended);
  const state = await untilIndexed(engine, archive);
  expect(state).toMatchObject({ phase: 'ready', messages: { done: mails.length, total: mails.length } });
  const { total } = await api['messages.search']({ archive, query: 'documentazione' });
  expect(total).toBeGreaterThan(1000);
});
