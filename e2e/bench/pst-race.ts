import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { tag } from '../../electron/engine/sources/pst/ltp/property-ids.ts';
import { unicodeFormat } from '../../electron/engine/sources/pst/ndb/file-format.ts';
import { fileAttachment, mailProperties, recipient } from '../../electron/engine/sources/pst/testing/draft-items.ts';
import { createStoreWriter, property } from '../../electron/engine/sources/pst/testing/store-writer.ts';
import { raceTable } from './markdown.ts';
import { measure, medianOf } from './measure.ts';
import type { Command, Measurement } from './measure.ts';
import { backUpFile } from './travaso.ts';

export interface PstCourse {
  readonly runs: number;
  readonly messages: number;
  readonly directory: string;
  readonly say: (text: string) => void;
}

/** Into an archive, hashed, verified and synced, beside `readpst`, which writes mbox files and neither hashes nor syncs. */
export async function racePst({ runs, messages, directory, say }: PstCourse): Promise<string> {
  const pst = join(directory, 'race.pst');
  const octets = growPst(pst, messages);
  const archive = join(directory, 'pst-archive');
  const folder = join(directory, 'readpst');
  const contenders = [
    { name: 'travaso', remark: 'PST → archive', place: archive, command: backUpFile(`pst:${pst}`, archive) },
    ...(hasReadpst() ? [{ name: 'readpst', remark: 'PST → mbox', place: folder, command: readpst(pst, folder) }] : []),
  ];
  const measured = new Map<string, Measurement[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const { name, place, command } of contenders) {
      rmSync(place, { recursive: true, force: true });
      if (place === folder) mkdirSync(place);
      say(`${name}, run ${run + 1}`);
      const one = await measure(command, join(directory, `${name}.log`));
      measured.set(name, [...(measured.get(name) ?? []), one]);
    }
  }
  const rows = contenders.map(({ name, remark }) => ({ name, remark, measured: medianOf(measured.get(name) ?? []) }));
  const title = `A PST of ${messages.toLocaleString('en')} messages, ${(octets / 1e6).toFixed(0)} MB`;
  const [ours, theirs] = rows.map(row => row.measured);
  const ratios =
    ours === undefined || theirs === undefined
      ? ''
      : `\nOurs to readpst: ${(ours.seconds / theirs.seconds).toFixed(2)} × the time, ${(ours.peakMiB / theirs.peakMiB).toFixed(1)} × the memory.\n`;
  return raceTable(title, rows, octets) + ratios;
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
