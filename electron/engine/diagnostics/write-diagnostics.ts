import { arch, availableParallelism, release, totalmem, type } from 'node:os';
import { errorCodes } from '../../../shared/errors.ts';
import { product } from '../../../shared/product.ts';
import type { DiskPort } from '../ports.ts';
import { describeArchive } from './describe-archive.ts';
import type { FailedCall } from './failed-calls.ts';

export interface DiagnosticsOptions {
  readonly now: Date;
  /** Archives this process has to do with. Their paths stay here. */
  readonly archives: readonly string[];
  readonly failedCalls: readonly FailedCall[];
  readonly disk: DiskPort;
}

/**
 * What the person hands to a help desk, and reads before: versions, codes and figures, in the terms of the command
 * line's `--json`. Nothing in it is an address, a path, a subject or a folder's name; see `describeArchive`.
 */
export async function writeDiagnostics({ now, archives, failedCalls, disk }: DiagnosticsOptions): Promise<string> {
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  const lines = [
    `${product.name} ${product.version}`,
    `system: ${type()} ${release()} ${arch()} processors=${availableParallelism()} memory=${gibibytes}GiB`,
    `written: ${now.toISOString()}`,
  ];
  for (const root of archives) lines.push(...(await describeArchive(root, disk)));
  if (failedCalls.length > 0) lines.push('failed calls:');
  for (const { at, method, code } of failedCalls) lines.push(`  ${at} ${method} ${errorCodes[code].desk} ${code}`);
  return `${lines.join('\n')}\n`;
}
