import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tag } from '../../electron/engine/sources/pst/ltp/property-ids.ts';
import { unicodeFormat } from '../../electron/engine/sources/pst/ndb/file-format.ts';
import { fileAttachment, mailProperties, recipient } from '../../electron/engine/sources/pst/testing/draft-items.ts';
import { createStoreWriter, property } from '../../electron/engine/sources/pst/testing/store-writer.ts';
import {
  fixture,
  fixtureFolder,
  fixturesMissing,
  haveFixtures,
} from '../../electron/engine/sources/pst/testing/fixtures.ts';
import { raceTable } from './markdown.ts';
import { measure, medianOf } from './measure.ts';
import type { Command, Measurement } from './measure.ts';
import { backUpFile, engineOptions } from './travaso.ts';

export interface PstCourse {
  readonly runs: number;
  readonly messages: number;
  readonly directory: string;
  readonly say: (text: string) => void;
}

/**
 * The reader alone and the whole backup (an archive, hashed, verified and synced) beside `readpst`, which writes mbox
 * files and neither hashes nor syncs. On the largest file at hand, where there are any, and on one grown to size.
 */
export async function racePst({ messages, ...course }: PstCourse): Promise<string> {
  const pst = join(course.directory, 'race.pst');
  const grown = {
    path: pst,
    octets: growPst(pst, messages),
    name: `A PST of ${messages.toLocaleString('en')} messages`,
  };
  const largest = largestFixture();
  if (largest === null) console.warn(`${fixturesMissing} The race on the largest of them, too.`);
  const tables: string[] = [];
  for (const file of largest === null ? [grown] : [largest, grown]) tables.push(await raceOver(file, course));
  return tables.join('\n');
}

interface PstAtHand {
  readonly path: string;
  readonly octets: number;
  readonly name: string;
}

function largestFixture(): PstAtHand | null {
  if (!haveFixtures) return null;
  const files = readdirSync(fixtureFolder)
    .filter(name => name.endsWith('.pst'))
    .map(name => ({
      path: fixture(name),
      octets: statSync(fixture(name)).size,
      name: `The largest PST at hand, ${name}`,
    }))
    .sort((one, other) => other.octets - one.octets);
  return files[0] ?? null;
}

async function raceOver(
  { path, octets, name: title }: PstAtHand,
  { runs, directory, say }: Omit<PstCourse, 'messages'>,
): Promise<string> {
  const archive = join(directory, 'pst-archive');
  const folder = join(directory, 'readpst');
  const contenders = [
    { name: 'travaso', remark: 'reads and hashes, keeps nothing', place: archive, command: drainPst(path) },
    { name: 'travaso backup', remark: 'PST → archive', place: archive, command: backUpFile(`pst:${path}`, archive) },
    ...(hasReadpst() ? [{ name: 'readpst', remark: 'PST → mbox', place: folder, command: readpst(path, folder) }] : []),
  ];
  const measured = new Map<string, Measurement[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const { name, place, command } of contenders) {
      rmSync(place, { recursive: true, force: true });
      if (place === folder) mkdirSync(place);
      say(`${name}, run ${run + 1}`);
      const one = await measure(command, join(directory, `${name.replaceAll(' ', '-')}.log`));
      measured.set(name, [...(measured.get(name) ?? []), one]);
    }
  }
  const rows = contenders.map(({ name, remark }) => ({ name, remark, measured: medianOf(measured.get(name) ?? []) }));
  const theirs = rows.find(({ name }) => name === 'readpst')?.measured;
  const ratios = rows
    .filter(({ measured: own }) => theirs !== undefined && own !== theirs)
    .map(({ name, measured: own }) => `${name} to readpst: ${ratioOf(own, theirs ?? own)}.`);
  return [raceTable(`${title}, ${(octets / 1e6).toFixed(0)} MB`, rows, octets), ...ratios, ''].join('\n');
}

function ratioOf(own: Measurement, theirs: Measurement): string {
  const times = (pick: (one: Measurement) => number): string => `${(pick(own) / pick(theirs)).toFixed(2)} ×`;
  const [wall, cpu, memory] = [times(one => one.seconds), times(one => one.cpuSeconds), times(one => one.peakMiB)];
  return `${wall} the time, ${cpu} the processor time, ${memory} the memory`;
}

function drainPst(path: string): Command {
  const program = fileURLToPath(new URL('./pst-drain.ts', import.meta.url));
  return { program: process.execPath, args: [...engineOptions.args, program, path], env: engineOptions.env };
}

function readpst(pst: string, folder: string): Command {
  return { program: 'readpst', args: ['-q', '-j', '0', '-o', folder, pst] };
}

function hasReadpst(): boolean {
  try {
    execFileSync('readpst', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Office mail: short texts, half with HTML as well, every tenth with an attachment. Returns its octets. */
export function growPst(path: string, messages: number): number {
  const file = openSync(path, 'w');
  const start = unicodeFormat.pageBytes * 2;
  let octets = start;
  const writer = createStoreWriter(unicodeFormat, 1, piece => {
    writeSync(file, piece, 0, piece.length, octets);
    octets += piece.length;
  });
  const text = 'Gentile collega,\r\nin allegato la pratica: perché è urgente, rispondi entro venerdì.\r\n'.repeat(12);
  const html = Buffer.from(`<html><body>${'<p>Gentile collega, la pratica è urgente.</p>'.repeat(40)}</body></html>`);
  const attachment = Buffer.alloc(60_000, 'allegato della pratica ');
  const items = Array.from({ length: messages }, (_, index) =>
    writer.item(
      mailProperties(
        `Pratica ${index} dell'ufficio`,
        property.text(tag.senderName, 'Rossi, Anna'),
        property.text(tag.senderAddressType, 'SMTP'),
        property.text(tag.senderEmailAddress, 'anna@ente.it'),
        property.time(tag.clientSubmitTime, Date.UTC(2024, 2, 4, 8, 14) + index * 60_000),
        property.text(tag.body, `${text}${index}`),
        ...(index % 2 === 0 ? [property.octets(tag.html, html), property.number(tag.internetCodePage, 65001)] : []),
      ),
      [recipient(1, 'Bruno', 'bruno@ente.it'), recipient(2, 'Città', 'citta@ente.it')],
      index % 10 === 0 ? [fileAttachment('pratica.bin', attachment)] : [],
    ),
  );
  const folders = [0, 1, 2, 3].map(quarter => ({
    name: `Cartella ${quarter + 1}`,
    items: items.filter((_, index) => index % 4 === quarter),
  }));
  const header = writer.finishHeader(folders);
  writeSync(file, header, 0, header.length, 0);
  closeSync(file);
  return octets;
}
