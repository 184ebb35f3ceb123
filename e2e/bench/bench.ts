/**
 * How fast and how large, beside other programs on the same machine in the same minutes. Everything on loopback without
 * TLS against one Dovecot; the contenders take turns, so that a machine that slows down slows all of them. Only the
 * ratios mean anything elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { generateMailbox, italianMailbox } from '../rig/mailbox-generator.ts';
import type { MailboxOptions } from '../rig/mailbox-generator.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { coldStartTable } from './cold-start.ts';
import type { Contender } from './contender.ts';
import { peers } from './peers.ts';
import { raceItems } from './items-race.ts';
import { racePst } from './pst-race.ts';
import { memoryTable, raceBackup, raceSecondRun, raceUpload } from './races.ts';
import type { Course } from './races.ts';
import { raw } from './raw.ts';
import { travaso } from './travaso.ts';

const parts = ['start', 'backup', 'upload', 'many', 'pst', 'items'] as const;
type Part = (typeof parts)[number];

interface Settings {
  readonly parts: readonly Part[];
  readonly runs: number;
  readonly messages: number;
  readonly many: number;
  readonly items: number;
}

const usage = `npm run bench -- [--only ${parts.join(',')}] [--runs 3] [--messages 10000] [--many 100000] [--items 20000]

  start   from the start of the process to the first text on the screen
  backup  old mailbox → archive        upload  archive → new mailbox
  pst     an Outlook file of twice as many messages read, and → archive, beside readpst
  items   --items appointments, archive → calendar server, and their proof
  many    memory at a tenth of --many and at --many small messages; a second run with nothing new`;

const settings = readArguments(process.argv.slice(2));
if (settings === null) {
  console.error(usage);
  process.exitCode = 64;
} else await bench(settings);

function readArguments(args: readonly string[]): Settings | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', default: parts.join(',') },
        runs: { type: 'string', default: '3' },
        messages: { type: 'string', default: '10000' },
        many: { type: 'string', default: '100000' },
        items: { type: 'string', default: '20000' },
      },
    });
    const only = values.only.split(',');
    const [runs = 0, messages = 0, many = 0, items = 0] = [values.runs, values.messages, values.many, values.items].map(
      Number,
    );
    const areCounts = [runs, messages, many, items].every(count => Number.isInteger(count) && count > 0);
    if (!areCounts || !only.every(part => (parts as readonly string[]).includes(part))) return null;
    return { parts: parts.filter(part => only.includes(part)), runs, messages, many, items };
  } catch {
    return null;
  }
}

async function bench({ parts: chosen, runs, messages, many, items }: Settings): Promise<void> {
  const contenders = [travaso, ...peers.filter(peer => isInstalled(peer.program)), raw];
  const newcomers = Array.from({ length: runs * contenders.length }, (_, n) => `nuova-${n}`);
  const users = ['vecchia', 'poche', 'molte', ...newcomers];
  await using server = await startDovecot({
    tls: 'none',
    users: Object.fromEntries(users.map(user => [user, { password: 'segreta' }])),
  });
  const place = createTestDirectory('bench');
  const course: Course = {
    server,
    contenders,
    runs,
    directory: place.path,
    newcomers,
    say: text => console.error(text),
  };
  console.log(headline(contenders));
  try {
    if (chosen.includes('start')) console.log(await coldStartTable(place.path, runs, course.say));
    if (chosen.includes('backup') || chosen.includes('upload')) {
      const octets = load(server, 'vecchia', { messages });
      const title = `${messages} messages, ${(octets / 1e6).toFixed(0)} MB`;
      if (chosen.includes('backup')) console.log(await raceBackup(course, `Backup: ${title}`, octets));
      if (chosen.includes('upload')) console.log(await raceUpload(course, `Upload: ${title}`, octets));
    }
    if (chosen.includes('pst')) console.log(await racePst({ ...course, messages: 2 * messages }));
    if (chosen.includes('items')) console.log(await raceItems(items, place.path, course.say));
    if (chosen.includes('many')) {
      const small = { medianSize: 2048, sizeSpread: 0.5, largeShare: 0 };
      const few = Math.ceil(many / 10);
      load(server, 'poche', { messages: few, ...small });
      load(server, 'molte', { messages: many, ...small });
      console.log(await memoryTable(course, { poche: few, molte: many }));
      console.log(await raceSecondRun(course, `Second run with nothing new: ${many} messages`, 'molte'));
    }
  } finally {
    place.remove();
  }
}

/** @returns octets of all messages */
function load(server: DovecotServer, user: string, options: MailboxOptions): number {
  console.error(`preparing ${options.messages} messages…`);
  const folders = italianMailbox.map(folder => folder.path);
  return loadMaildir(server, generateMailbox(options), { user, folders }).reduce((sum, { size }) => sum + size, 0);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function headline(contenders: readonly Contender[]): string {
  // Debian keeps it in sbin, which is not on an ordinary user's PATH.
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
  const dovecot = execFileSync('dovecot', ['--version'], { encoding: 'utf8', env }).split(' ')[0] ?? '';
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const machine = `${cpus().length} × ${model}, Node ${process.versions.node}, Dovecot ${dovecot}, loopback without TLS`;
  return `${machine}.\n× is how many times our time another program takes. In the race: ${contenders.map(({ name }) => name).join(', ')}.\n`;
}
