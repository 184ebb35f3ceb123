import { spawn, execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atExit } from './at-exit.ts';
import type { MailFact } from './mail-fact.ts';

export interface ArchivedFact extends MailFact {
  /** Its number in the archive's folder. */
  readonly number: number;
  /** The source no longer had it at the last run. */
  readonly absent: boolean;
}

export interface ArchiveReading {
  readonly messages: readonly ArchivedFact[];
  /** What is wrong with the bag, its checksums included, one line each; empty for a sound archive. */
  readonly wrong: readonly string[];
}

/**
 * An archive as Python's `json` and `mailbox` modules and the system's `sha256sum` see it: nothing of the code that
 * wrote it takes part. Rejects when a sidecar or a mail file cannot be read at all.
 */
export async function readArchive(root: string): Promise<ArchiveReading> {
  const reader = idle.pop() ?? startReader();
  const messages: ArchivedFact[] = [];
  const wrong: string[] = [];
  reader.ask(root);
  for (;;) {
    const line = await reader.lines.next();
    if (line.done === true) throw new Error('The oracle ended');
    const record = JSON.parse(line.value) as OracleLine;
    if (record.kind === 'message') messages.push(record);
    else {
      idle.push(reader);
      if (record.kind === 'failure') throw new Error(`The oracle could not read the archive: ${record.reason}`);
      wrong.push(...record.wrong);
      break;
    }
  }
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    wrong.push(...(await checksumComplaints(root, manifest)));
  }
  return { messages, wrong };
}

type OracleLine =
  | ({ readonly kind: 'message' } & ArchivedFact)
  | { readonly kind: 'bag'; readonly wrong: readonly string[] }
  | { readonly kind: 'failure'; readonly reason: string };

interface Reader {
  ask(root: string): void;
  readonly lines: AsyncIterator<string, undefined>;
}

/** Python takes longer to start than to read a small archive, and the crash tests read hundreds. */
const idle: Reader[] = [];

function startReader(): Reader {
  const script = fileURLToPath(new URL('archive_oracle.py', import.meta.url));
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  atExit(() => child.kill());
  return {
    ask: root => child.stdin.write(`${root}\n`),
    lines: createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator](),
  };
}

function checksumComplaints(root: string, manifest: string): Promise<readonly string[]> {
  return new Promise(resolve => {
    execFile('sha256sum', ['--check', '--quiet', '--strict', manifest], { cwd: root }, (error, stdout, stderr) => {
      resolve(error === null ? [] : `${stdout}${stderr}`.split('\n').filter(line => line !== ''));
    });
  });
}
