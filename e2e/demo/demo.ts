/**
 * The whole way once, on this machine: an old mailbox of generated Italian mail on one real IMAP server, an empty one
 * on another, and the product's own commands in between. What it leaves behind lies in `artifacts/demo`.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportSchema } from '../../shared/model/report.ts';
import type { MigrationReport } from '../../shared/model/report.ts';
import { formatNumber } from '../../shared/words/format.ts';
import type { Language } from '../../shared/words/language.ts';
import { languageOf } from '../../electron/hosts/cli/language-of.ts';
import { italianFolders, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { generateMailbox, italianMailbox } from '../rig/mailbox-generator.ts';
import { demoWords } from './demo-words.ts';
import { foldersTable, timesTable } from './demo-table.ts';
import { judge } from './judge.ts';
import { runStep } from './steps.ts';
import type { StepName, StepResult } from './steps.ts';

const address = 'anna.esposito@comune.esempio.it';
const passwords = { VECCHIA: 'cambiami-2019', NUOVA: 'Nuova.Casella.26' };
const artifacts = fileURLToPath(new URL('../../artifacts/', import.meta.url));

const language = languageOf(process.env);
const words = demoWords[language];
const messages = readArguments(process.argv.slice(2));
process.exitCode = messages === null ? 64 : await demo(messages, language);

/** @returns how many messages to generate; null when the arguments make no sense, which has been said */
function readArguments(args: readonly string[]): number | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { messages: { type: 'string', default: '3000' } } });
    const count = Number(values.messages);
    if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  } catch {
    // An option nobody knows: the line below says which there are.
  }
  console.error(words.usage);
  return null;
}

async function demo(count: number, inLanguage: Language): Promise<number> {
  console.log(`\n${words.title}\n${'═'.repeat(words.title.length)}\n`);
  console.log(words.preparing(formatNumber(count, inLanguage)));
  await using old = await startDovecot({
    users: { [address]: { password: passwords.VECCHIA } },
    prefix: 'INBOX.',
    specialFolders: italianFolders,
  });
  await using target = await startDovecot({
    users: { [address]: { password: passwords.NUOVA } },
    storage: 'sdbox',
    specialFolders: italianFolders,
  });
  const wanted = loadMaildir(old, generateMailbox({ messages: count }), {
    user: address,
    folders: italianMailbox.map(folder => folder.path),
  });

  const place = emptyPlace();
  copyFileSync(old.caFile, join(place, 'vecchio-server.pem'));
  copyFileSync(target.caFile, join(place, 'nuovo-server.pem'));
  console.log(`\n${words.servers(urlOf(old), urlOf(target))}\n\n${words.shorthand}\n${words.passwords}`);

  const steps: StepResult[] = [];
  for (const [name, args] of commands(old, target)) {
    const step = await runStep(name, args, { cwd: place, env: passwords });
    steps.push(step);
    // 2: finished with exceptions, which the table below and the report show.
    if (step.exitCode !== 0 && step.exitCode !== 2) {
      console.error(`\n${words.failed(words.steps[name], step.exitCode)}`);
      return step.exitCode;
    }
  }

  const report = readReport(join(place, 'rapporto.json'));
  console.log(`\n\n${words.whatHappened}\n${'═'.repeat(words.whatHappened.length)}\n`);
  console.log(foldersTable(report, inLanguage));
  console.log(`\n${timesTable(steps, report.totals.bytes, inLanguage)}`);
  const differences = await judge(target, address, passwords.NUOVA, wanted);
  if (differences === null) console.log(`\n${words.notJudged}`);
  else if (differences.length > 0) console.log([`\n${words.differs}`, ...differences].join('\n  '));
  else {
    const all = formatNumber(wanted.length, inLanguage);
    console.log(`\n${words.judged(all, all)}`);
  }
  const shown = (name: string): string => join(relative(process.cwd(), place), name);
  console.log(`\n${words.archive.padEnd(10)}${shown('archivio')}\n${words.report.padEnd(10)}${shown('rapporto.html')}`);
  console.log(`\n${words.again}\n\n  npm run --silent travaso -- verify --archive ${shown('archivio')}\n`);
  await Promise.all([old.stop(), target.stop()]);
  console.log(words.goodbye);
  return report.outcome === 'complete' && (differences ?? []).length === 0 ? 0 : 2;
}

function* commands(old: DovecotServer, target: DovecotServer): Generator<[StepName, readonly string[]]> {
  const archive = ['--archive', 'archivio'];
  const from = ['--source', urlOf(old), '--ca', 'vecchio-server.pem', '--password-env', 'VECCHIA'];
  const to = ['--target', urlOf(target), '--ca', 'nuovo-server.pem', '--password-env', 'NUOVA'];
  yield ['backup', ['backup', ...from, ...archive]];
  yield ['verify', ['verify', ...archive]];
  yield ['upload', ['upload', ...archive, ...to]];
  yield ['verify-target', ['verify', ...archive, ...to]];
  yield ['report', ['report', ...archive, '--out', 'rapporto.html']];
  // The same as data, for the table below.
  yield ['report-data', ['report', ...archive, '--out', 'rapporto.json']];
}

function urlOf(server: DovecotServer): string {
  return `imaps://${encodeURIComponent(address)}@localhost:${server.ports.imaps}`;
}

/** The last demo's leavings go: each holds a whole mailbox. */
function emptyPlace(): string {
  const place = join(artifacts, 'demo');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  return place;
}

function readReport(file: string): MigrationReport {
  return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
