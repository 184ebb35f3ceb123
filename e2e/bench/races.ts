import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DovecotServer } from '../rig/dovecot.ts';
import type { Contender } from './contender.ts';
import { markdownTable, raceTable } from './markdown.ts';
import type { Row } from './markdown.ts';
import { measure, medianOf } from './measure.ts';
import type { Measurement } from './measure.ts';
import { travaso } from './travaso.ts';

export interface Course {
  readonly server: DovecotServer;
  /** Ours first. */
  readonly contenders: readonly Contender[];
  readonly runs: number;
  readonly directory: string;
  /** Empty mailboxes, one for each upload of the whole race. */
  readonly newcomers: readonly string[];
  readonly say: (text: string) => void;
}

/** A contender slower than this on its first run is not asked again. */
const patienceSeconds = 60;

export async function raceBackup(course: Course, title: string, octets: number): Promise<string> {
  const able = course.contenders.filter(({ download }) => download !== null);
  await warmUp(course, 'vecchia');
  const rows = await takeTurns(course, able, contender => {
    rmSync(directoryOf(course, contender), { recursive: true, force: true });
    return download(course, contender, 'vecchia');
  });
  return raceTable(title, rows, octets);
}

/** Sends what each contender's own download left on disk. */
export async function raceUpload(course: Course, title: string, octets: number): Promise<string> {
  const { server } = course;
  const able = course.contenders.filter(contender => contender.upload !== null);
  for (const contender of able) {
    rmSync(directoryOf(course, contender), { recursive: true, force: true });
    mkdirSync(directoryOf(course, contender));
    if (contender.download !== null) await prepare(course, contender, 'vecchia');
  }
  const newcomers = [...course.newcomers];
  const rows = await takeTurns(course, able, async contender => {
    const directory = directoryOf(course, contender);
    const to = { server, user: newcomers.pop() ?? '' };
    // mbsync would otherwise take the new mailbox for the one before.
    rmSync(join(directory, 'state-Push'), { recursive: true, force: true });
    const command = contender.upload?.({ directory, origin: { server, user: 'vecchia' }, to });
    if (command === undefined) throw new RangeError(`${contender.name} cannot upload`);
    const measured = await measure(command, logOf(course, contender));
    rmSync(server.home(to.user), { recursive: true, force: true });
    return measured;
  });
  return raceTable(title, rows, octets);
}

export async function raceSecondRun(course: Course, title: string, user: string): Promise<string> {
  // The others take minutes to make the first run of so many files permanent, and the second writes nothing.
  const able = course.contenders.filter(({ name }) => name === travaso.name || name === 'mbsync, FSync no');
  for (const contender of able) {
    rmSync(directoryOf(course, contender), { recursive: true, force: true });
    course.say(`${contender.name}: first run`);
    await prepare(course, contender, user);
  }
  return raceTable(title, await takeTurns(course, able, contender => download(course, contender, user)), null);
}

/** Our own peak memory for mailboxes of different length, by user. */
export async function memoryTable(course: Course, messages: Readonly<Record<string, number>>): Promise<string> {
  const body: string[][] = [];
  for (const [user, count] of Object.entries(messages)) {
    rmSync(directoryOf(course, travaso), { recursive: true, force: true });
    course.say(`memory at ${count} messages`);
    const { peakMiB, seconds, exitCode } = await download(course, travaso, user);
    const remark = exitCode === 0 ? '' : `failed (exit code ${exitCode ?? 'none'})`;
    body.push([String(count), peakMiB.toFixed(0), seconds.toFixed(1), remark]);
  }
  return `### Memory: backup of small messages\n\n${markdownTable(['messages', 'peak RSS MiB', 'seconds', ''], body)}\n`;
}

async function takeTurns(
  { runs, say }: Course,
  contenders: readonly Contender[],
  run: (contender: Contender) => Promise<Measurement>,
): Promise<readonly Row[]> {
  const taken = new Map<Contender, Measurement[]>(contenders.map(contender => [contender, []]));
  for (let turn = 1; turn <= runs; turn += 1) {
    for (const [contender, before] of taken) {
      if (before.some(({ seconds, exitCode }) => seconds > patienceSeconds || exitCode !== 0)) continue;
      const measured = await run(contender);
      before.push(measured);
      say(`${contender.name}: ${measured.seconds.toFixed(2)} s (${turn} of ${runs})`);
    }
  }
  return [...taken].map(([{ name, remark }, measured]) => ({ name, remark, measured: medianOf(measured) }));
}

/** The first reader of a mailbox pays for the server's index and for the files being read from the disk. */
async function warmUp(course: Course, user: string): Promise<void> {
  const last = course.contenders.at(-1);
  if (last !== undefined) await prepare(course, last, user);
}

/** A download that is not in the race but must succeed for it. */
async function prepare(course: Course, contender: Contender, user: string): Promise<void> {
  const { exitCode } = await download(course, contender, user);
  if (exitCode === 0) return;
  const log = readFileSync(logOf(course, contender), 'utf8').slice(-2000);
  throw new Error(`${contender.name} ended with exit code ${exitCode ?? 'none'}:\n${log}`);
}

function download(course: Course, contender: Contender, user: string): Promise<Measurement> {
  const directory = directoryOf(course, contender);
  mkdirSync(directory, { recursive: true });
  const command = contender.download?.({ from: { server: course.server, user }, directory });
  if (command === undefined) throw new RangeError(`${contender.name} cannot download`);
  return measure(command, logOf(course, contender));
}

function directoryOf(course: Course, { name }: Contender): string {
  return join(course.directory, name.replaceAll(/\W+/g, '-'));
}

function logOf(course: Course, { name }: Contender): string {
  return join(course.directory, `${name.replaceAll(/\W+/g, '-')}.log`);
}
