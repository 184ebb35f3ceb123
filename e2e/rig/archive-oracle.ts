import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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
  const script = fileURLToPath(new URL('archive_oracle.py', import.meta.url));
  const child = spawn('python3', [script, root], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const exited = once(child, 'close');
  const messages: ArchivedFact[] = [];
  const wrong: string[] = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    const { kind, ...record } = JSON.parse(line) as { kind: 'message' | 'bag' };
    if (kind === 'message') messages.push(record as ArchivedFact);
    else wrong.push(...(record as { wrong: string[] }).wrong);
  }
  await exited;
  if (child.exitCode !== 0) throw new Error(`The oracle could not read the archive: ${complaint}`);
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    const complaints = await checksumComplaints(root, manifest);
    wrong.push(...complaints);
  }
  return { messages, wrong };
}

function checksumComplaints(root: string, manifest: string): Promise<readonly string[]> {
  return new Promise(resolve => {
    execFile('sha256sum', ['--check', '--quiet', '--strict', manifest], { cwd: root }, (error, stdout, stderr) => {
      resolve(error === null ? [] : `${stdout}${stderr}`.split('\n').filter(line => line !== ''));
    });
  });
}
