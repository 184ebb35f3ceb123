/**
 * Search beside notmuch, on the same messages in the same minutes: the index, then a mix of queries. Notmuch is a program
 * per question and reads one file per message, as it is used; ours keeps the archive open and makes snippets besides.
 *
 * `npm run bench -- search [--messages 20000] [--alone] [--keep DIR]`; `--alone` leaves notmuch out, which takes
 * the longer the more messages there are, `--keep` leaves the corpus for the next run.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import * as z from 'zod';
import { openOrCreateArchive } from '../../electron/engine/archive/archive.ts';
import { ArchiveWriter } from '../../electron/engine/archive/archive-writer.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { italianMailbox } from '../rig/mailbox-generator.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { markdownTable } from './markdown.ts';
import { measure } from './measure.ts';
import { corpusWords, searchCorpus } from './search-corpus.ts';

const run = promisify(execFile);
const runner = fileURLToPath(new URL('search-runner.ts', import.meta.url));

/** The same questions in both languages of query. Words from the common to the rare. */
interface Question {
  readonly ours: string;
  readonly notmuch: string;
}

/** Asked three times over, as a person would who narrows a search down. */
const rounds = 3;

const built = z.object({ phase: z.string(), seconds: z.number(), peakMiB: z.number() });
const asked = z.object({
  openMs: z.number(),
  answers: z.array(z.object({ query: z.string(), ms: z.number(), total: z.int() })),
  pages: z.array(z.number()),
  peakMiB: z.number(),
});

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '20000' },
    alone: { type: 'boolean', default: false },
    keep: { type: 'string' },
  },
});
await race(Number(values.messages), values.alone, values.keep);

async function race(messages: number, alone: boolean, keep: string | undefined): Promise<void> {
  const place = keep === undefined ? createTestDirectory('search-bench') : null;
  const root = keep ?? place?.path ?? '';
  const [archive, files] = [join(root, 'archive'), join(root, 'mail')];
  try {
    if (!existsSync(archive)) await makeCorpus(messages, archive, alone ? null : files);
    const rows = [await ours(archive, messages), alone ? null : await notmuch(root, files, messages)].filter(
      row => row !== null,
    );
    const head = ['', 'index s', 'messages/s', 'index MB', 'peak RSS MiB', 'query p50 ms', 'p95 ms', 'max ms', ''];
    console.log(`### Search: ${messages} messages\n\n${markdownTable(head, rows)}\n`);
  } finally {
    place?.remove();
  }
}

async function makeCorpus(messages: number, archive: string, files: string | null): Promise<void> {
  console.error(`preparing ${messages} messages…`);
  const ports = defaultPorts();
  const opened = await openOrCreateArchive(archive, 'mbox', ports);
  const writer = new ArchiveWriter(opened, ports.faults);
  const folders = [];
  for (const { path, role } of italianMailbox) {
    const description = { account: 'imap://anna@esempio.it', path, role, sourceName: path.join('/'), separator: '/' };
    folders.push(await writer.describe({ ...description, subscribed: true, selectable: true }));
  }
  await writer.checkpoint();
  let key = 0;
  for (const { folder, octets, date } of searchCorpus(messages)) {
    key += 1;
    if (files !== null) writeMailFile(files, key, octets);
    const described = folders[folder];
    if (described === undefined) continue;
    const attributes = { internalDate: date.toISOString(), flags: [], keywords: [] };
    const writing = await writer.open(described);
    await writing.store({ key: String(key), announcedSize: octets.length, ...attributes }, once(octets));
    await writer.checkpointIfDue();
  }
  await writer.checkpoint();
  opened.close();
}

/** As a Maildir would hold it, a thousand to a folder. */
function writeMailFile(files: string, key: number, octets: Buffer): void {
  const directory = join(files, String(Math.floor(key / 1000)));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${key}.eml`), octets);
}

async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(octets);
}

function questions(): Question[] {
  const words = corpusWords();
  const at = (rank: number): string => words[rank] ?? '';
  const same = (text: string): Question => ({ ours: text, notmuch: text });
  return [
    // Every word of a Zipf mix, from one in most messages to one in a few.
    ...[0, 3, 20, 100, 500, 2000, 9000, 30_000, 59_000].map(rank => same(at(rank))),
    ...[1, 50, 1000, 20_000].map(rank => same(`${at(rank)} ${at(rank + 7)}`)),
    { ours: 'perche', notmuch: 'perché' },
    {
      ours: '"resto a disposizione per qualsiasi chiarimento"',
      notmuch: '"resto a disposizione per qualsiasi chiarimento"',
    },
    { ours: `"${at(0)} ${at(1)}"`, notmuch: `"${at(0)} ${at(1)}"` },
    { ours: 'documentaz*', notmuch: 'documentaz*' },
    { ours: 'stapr*', notmuch: 'stapr*' },
    { ours: 'da:esposito', notmuch: 'from:esposito' },
    { ours: `oggetto:giunta ${at(5)}`, notmuch: `subject:giunta ${at(5)}` },
    { ours: 'sollecito dal:2019 al:2020', notmuch: 'sollecito date:2019-01-01..2020-12-31' },
    { ours: `${at(10)} -${at(11)}`, notmuch: `${at(10)} and not ${at(11)}` },
    { ours: `da:lucia data:2012 ${at(2)}`, notmuch: `from:lucia date:2012-01-01..2012-12-31 ${at(2)}` },
  ];
}

async function ours(archive: string, messages: number): Promise<string[]> {
  console.error('travaso: index…');
  const index = built.parse(JSON.parse((await runNode([runner, archive, 'build'])).stdout));
  console.error('travaso: queries…');
  const list = Array.from({ length: rounds }, () => questions().map(({ ours: query }) => query)).flat();
  const answers = asked.parse(JSON.parse((await runNode([runner, archive, 'ask', JSON.stringify(list)])).stdout));
  for (const { query, ms, total } of answers.answers.slice(0, questions().length)) {
    console.error(`  ${ms.toFixed(1).padStart(7)} ms  ${String(total).padStart(7)}  ${query}`);
  }
  const remark = `open ${answers.openMs.toFixed(0)} ms, page of a list ${percentile(answers.pages, 0.5).toFixed(1)} ms (max ${Math.max(...answers.pages).toFixed(0)}), snippets for 50, asking ${answers.peakMiB.toFixed(0)} MiB`;
  const size = statSync(join(archive, 'search.sqlite')).size;
  return row(
    'travaso',
    index.seconds,
    messages,
    size,
    index.peakMiB,
    answers.answers.map(({ ms }) => ms),
    remark,
  );
}

function runNode(args: readonly string[]): Promise<{ stdout: string }> {
  return run(process.execPath, [...args], { maxBuffer: 1e8 });
}

async function notmuch(root: string, files: string, messages: number): Promise<string[] | null> {
  try {
    execFileSync('notmuch', ['--version'], { stdio: 'ignore' });
  } catch {
    console.error('notmuch is not installed: left out');
    return null;
  }
  console.error('notmuch: index…');
  const config = join(root, 'notmuch-config');
  writeFileSync(config, `[database]\npath=${files}\n[user]\nname=Anna\nprimary_email=anna@esempio.it\n[new]\ntags=\n`);
  const env = { ...process.env, NOTMUCH_CONFIG: config };
  const indexing = await measure(
    { program: 'notmuch', args: ['new', '--quiet'], env: { NOTMUCH_CONFIG: config } },
    join(root, 'notmuch.log'),
  );
  console.error('notmuch: queries…');
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { notmuch: query } of questions()) {
      const started = performance.now();
      const args = ['search', '--output=messages', '--limit=50', '--sort=newest-first', query];
      const { stdout } = await run('notmuch', args, { env, maxBuffer: 1e8 });
      times.push(performance.now() - started);
      if (round > 0) continue;
      const { stdout: count } = await run('notmuch', ['count', query], { env });
      console.error(
        `  ${(times.at(-1) ?? 0).toFixed(1).padStart(7)} ms  ${count.trim().padStart(7)}  ${query}${stdout === '' ? ' (nothing)' : ''}`,
      );
    }
  }
  const size = Number(
    execFileSync('du', ['-sb', join(files, '.notmuch')])
      .toString()
      .split('\t')[0],
  );
  return row(
    'notmuch',
    indexing.seconds,
    messages,
    size,
    indexing.peakMiB,
    times,
    'a process per query, no snippets, no attachments’ text',
  );
}

function row(
  name: string,
  seconds: number,
  messages: number,
  octets: number,
  peakMiB: number,
  times: readonly number[],
  remark: string,
): string[] {
  return [
    name,
    seconds.toFixed(1),
    (messages / seconds).toFixed(0),
    (octets / 1e6).toFixed(0),
    peakMiB.toFixed(0),
    percentile(times, 0.5).toFixed(0),
    percentile(times, 0.95).toFixed(0),
    Math.max(...times).toFixed(0),
    remark,
  ];
}

function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
