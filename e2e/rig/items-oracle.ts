import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const reader = fileURLToPath(new URL('items_oracle.py', import.meta.url));
// Debian's modules belong to Debian's Python, which need not be the first in the path.
const python = ['python3', '/usr/bin/python3'].find(
  each => spawnSync(each, ['-c', 'import vobject, icalendar, dateutil, zoneinfo']).status === 0,
);

/** For `test.skipIf(!itemsOracleAvailable())`. Says aloud why, once per process, when tests will be skipped. */
export function itemsOracleAvailable(): boolean {
  if (python === undefined && !warned)
    console.warn('SKIPPED: no python3-vobject, python3-icalendar and python3-dateutil');
  warned = true;
  return python !== undefined;
}
let warned = false;

export interface OracleItem {
  readonly uid: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/**
 * What an independent reader sees in these files, by UID.
 *
 * @param home the zone of times without one, for servers that know instants only
 */
export function readItems(files: readonly string[], home?: string): ReadonlyMap<string, OracleItem['fields']> {
  const { stdout, stderr, status } = spawnSync(python ?? '', [reader, ...(home === undefined ? [] : [home])], {
    input: files.join('\n'),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`The oracle failed: ${stderr}`);
  const lines = stdout.split('\n').filter(line => line !== '');
  return new Map(lines.map(line => JSON.parse(line) as OracleItem).map(({ uid, fields }) => [uid, fields]));
}
