import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { davArgs, davItems } from '../dav-rig.ts';
import { generateItems } from '../rig/generate-items.ts';
import { archiveItems } from '../rig/items-archive.ts';
import { radicaleAvailable, startRadicale } from '../rig/radicale.ts';
import type { RadicaleServer } from '../rig/radicale.ts';
import { endAtEveryMoment, momentsOf } from './every-step.ts';
import { copyOf, newFolder, run } from './journey.ts';

const uidOf = (file: string): string => /^UID:(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]?.trim() ?? file;

describe.skipIf(!radicaleAvailable())('contacts and appointments on their way to a server', () => {
  let server: RadicaleServer;
  let archive: string;
  beforeAll(async () => {
    server = await startRadicale({ users: Array.from({ length: 60 }, (_, index) => `u${index}`) });
    archive = await newFolder();
    await archiveItems(archive, generateItems({ contacts: 1, events: 2 }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('an upload that ends before or after any durable step is completed by the next run', async () => {
    const argsTo = async (at: number): Promise<string[]> => [
      ...['upload', '--archive', await copyOf(archive), ...davArgs(server, `u${at}`)],
    ];
    const moments = await momentsOf(await argsTo(0));
    const expected = davItems(server, 'u0').map(uidOf).sort();
    expect(expected).toHaveLength(3);
    expect(moments.filter(moment => moment.startsWith('target.put-items')).length).toBeGreaterThan(4);
    expect(moments.length).toBeLessThan(60);

    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const args = await argsTo(at);
      const faults = async (): Promise<readonly string[]> => {
        const found = davItems(server, `u${at}`).map(uidOf).sort();
        const third = await run(['verify', ...args.slice(1)]);
        return [
          ...(JSON.stringify(found) === JSON.stringify(expected) ? [] : [`there is ${found.join()}`]),
          ...(third.exitCode === 0 ? [] : [`the proof ended with ${third.exitCode}`]),
        ];
      };
      return { at, args, faults };
    });
    expect(wrong).toEqual([]);
  });
});
