import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Marks a file as come from the internet, in the way that the system's own programs heed: Windows warns and opens it in
 * Protected View (the stream `Zone.Identifier`, zone 3), macOS asks before it runs and checks it (`com.apple.quarantine`).
 * Linux knows no such mark that anything heeds; files are made without the permission to execute, and that is all.
 *
 * Rejects where the file system keeps no such thing (FAT, exFAT, some shares): the file is no worse then than one that a
 * browser saved there.
 */
export async function markOfTheWeb(path: string, system: NodeJS.Platform, now: Date): Promise<void> {
  if (system === 'win32') await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n');
  if (system === 'darwin') {
    await promisify(execFile)('/usr/bin/xattr', ['-w', 'com.apple.quarantine', quarantine(now), path]);
  }
}

/** Flags (0x0001 quarantined, 0x0080 from outside a sandbox), seconds in hexadecimal, who, which download. */
export function quarantine(now: Date): string {
  return `0081;${Math.floor(now.getTime() / 1000).toString(16)};Travaso;${randomUUID().toUpperCase()}`;
}
