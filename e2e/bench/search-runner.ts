import { resourceUsage } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';

/**
 * One engine in a process of its own, measured from within: `node search-runner.ts ARCHIVE build|ask QUERIES-JSON`. Prints
 * one JSON object.
 */
const [, , archive = '', task, queriesText = '[]'] = process.argv;
const engine = createEngine(defaultPorts());
const { api } = engine;

async function build(): Promise<object> {
  const started = performance.now();
  let state = await api['index.start']({ archive });
  while (state.phase === 'building') {
    await delay(100);
    state = await api['index.read']({ archive });
  }
  return { phase: state.phase, seconds: (performance.now() - started) / 1000 };
}

async function ask(): Promise<object> {
  const started = performance.now();
  await api['archive.open']({ archive });
  const first = await api['messages.list']({ archive, folder: null, limit: 100 });
  const openMs = performance.now() - started;
  const answers: { query: string; ms: number; total: number }[] = [];
  for (const query of JSON.parse(queriesText) as string[]) {
    const asked = performance.now();
    const { total } = await api['messages.search']({ archive, query, limit: 50 });
    answers.push({ query, ms: performance.now() - asked, total });
  }
  const pages: number[] = [];
  for (const sort of ['date', 'from', 'subject', 'size'] as const) {
    for (const offset of [0, Math.floor(first.total / 2), Math.max(0, first.total - 100)]) {
      const asked = performance.now();
      await api['messages.list']({ archive, folder: null, sort, offset, limit: 100 });
      pages.push(performance.now() - asked);
    }
  }
  return { openMs, answers, pages };
}

const outcome = task === 'build' ? await build() : await ask();
await engine.close();
console.log(JSON.stringify({ ...outcome, peakMiB: resourceUsage().maxRSS / 1024 }));
