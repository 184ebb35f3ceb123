import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import type { JobSnapshot } from '../../shared/model/job.ts';
import { serveOverPort } from '../hosts/transports/message-server.ts';
import { portOfMessagePort } from '../hosts/transports/port.ts';
import { serveTable } from '../hosts/transports/serve-api.ts';
import { fakeJobs, manualPacing } from '../hosts/transports/suite.ts';
import { linkEngine } from './engine-link.ts';
import { watchWork } from './work-watch.ts';

const nothing = { input: z.object({}), output: z.object({}) };
const table = { 'who.are': { input: z.object({}), output: z.object({ number: z.number() }) }, 'engine.close': nothing };

/** Engines that can be made to die; each knows which one it is. */
function fakeEngines() {
  const ports: MessagePort[] = [];
  const jobs = fakeJobs();
  const log: string[] = [];
  let now = 0;
  const link = linkEngine(
    () => {
      const { port1, port2 } = new MessageChannel();
      const number = ports.push(port1);
      const implementation = {
        'who.are': () => Promise.resolve({ number }),
        'engine.close': () => {
          log.push(`closed ${number}`);
          return Promise.resolve({});
        },
      };
      serveOverPort(portOfMessagePort(port1), serveTable(table, implementation), jobs.events, manualPacing());
      const kill = (): void => {
        log.push(`killed ${number}`);
        port1.close();
      };
      return { port: portOfMessagePort(port2), kill };
    },
    () => now,
  );
  const die = async () => {
    const lost = new Promise<void>(resolve => {
      link.onLost(resolve);
    });
    ports.at(-1)?.close();
    await lost;
  };
  return { link, jobs, log, die, pass: (ms: number) => (now += ms), count: () => ports.length };
}

let opened: ReturnType<typeof fakeEngines>[] = [];
afterEach(async () => {
  for (const { link } of opened) await link.close(0);
  opened = [];
});
function open() {
  const engines = fakeEngines();
  opened.push(engines);
  return engines;
}

test('the engine is started by the first call, and once', async () => {
  const { link, count } = open();
  expect(count()).toBe(0);
  await Promise.all([link.call('who.are', {}), link.call('who.are', {})]);
  expect(count()).toBe(1);
});

test('another engine takes the place of one that died', async () => {
  const { link, die } = open();
  expect(await link.call('who.are', {})).toEqual({ ok: true, value: { number: 1 } });
  await die();
  expect(await link.call('who.are', {})).toEqual({ ok: true, value: { number: 2 } });
});

test('subscribers hear the jobs of the new engine without asking again', async () => {
  const { link, die, jobs } = open();
  const seen: JobSnapshot[] = [];
  let heard: () => void = () => undefined;
  link.subscribe(event => {
    seen.push(event.payload as JobSnapshot);
    heard();
  });
  await link.call('who.are', {});
  await die();
  const again = new Promise<void>(resolve => (heard = resolve));
  await link.call('who.are', {});
  jobs.report('a', 5);
  await again;
  expect(seen.at(-1)).toMatchObject({ octets: 5 });
});

test('an engine that dies again and again is not started for ever, but is again after a while', async () => {
  const { link, die, pass, count } = open();
  await link.call('who.are', {});
  for (let deaths = 0; deaths < 3; deaths++) await die();
  await die();
  expect(count()).toBe(4);
  expect(await link.call('who.are', {})).toMatchObject({ ok: false, problem: { code: 'ENGINE_STOPPED' } });
  pass(61_000);
  expect(await link.call('who.are', {})).toMatchObject({ ok: true });
});

test('closing lets the engine put everything down before its process is ended, and starts no other', async () => {
  const { link, log, count } = open();
  await link.call('who.are', {});
  await link.close(1000);
  expect(log).toEqual(['closed 1', 'killed 1']);
  expect(await link.call('who.are', {})).toMatchObject({ ok: false });
  expect(count()).toBe(1);
});

test('work that an engine was lost with is not taken for work that goes on', async () => {
  const { link, jobs, die } = open();
  jobs.report('a', 1);
  const work = watchWork(link);
  const changes: number[] = [];
  const began = new Promise<void>(resolve => {
    work.onChange(active => {
      changes.push(active.length);
      resolve();
    });
  });
  await began;
  await die();
  expect(changes.slice(0, 2)).toEqual([1, 0]);
});
