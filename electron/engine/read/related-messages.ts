import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Pec, RelatedKind } from '../../../shared/model/message-view.ts';
import type { BrowsedArchive } from '../browse/browsed-archive.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { firstValue, splitMessage } from '../search/mime/header-section.ts';
import type { HeaderSection } from '../search/mime/header-section.ts';
import { messageIdIn, pecKindOf } from './pec/pec-of.ts';
import { storedMessage } from './stored-message.ts';
import type { StoredMessage } from './stored-message.ts';

type Related = Pec['related'][number];

/** Headers looked at: a message to two hundred recipients has two hundred receipts. */
const mostCandidates = 500;
const headerOctets = 64 * 1024;

/**
 * The other messages of a certified exchange that the archive holds: what was sent, the envelope, the receipts. The index
 * knows them as one conversation; without one, those are looked at that arrived within three days, for providers must
 * answer within twenty-four hours (DM 2 November 2005, annex, section 6.4).
 *
 * @param reference Message-ID that the sender's program gave
 */
export async function relatedMessages(
  archive: BrowsedArchive,
  { folder, message }: StoredMessage,
  reference: string,
): Promise<Related[]> {
  const { files } = archive;
  const conversed = conversation(archive, folder.id, message.number);
  const candidates = conversed.length > 1 ? conversed : nearInTime(files.catalogue.db, message.internalDate);
  const related: Related[] = [];
  const reader = new MessageReader(files);
  try {
    for (const [folderId, number] of candidates.slice(0, mostCandidates)) {
      if (folderId === folder.id && number === message.number) continue;
      const other = storedMessage(files, folderId, number);
      const header = await reader.header(other.folder, other.message, headerOctets).catch(() => null);
      const what = header === null ? null : relationOf(splitMessage(header).header, reference);
      if (what !== null) related.push({ folder: folderId, number, what });
    }
  } finally {
    await reader.close();
  }
  return related;
}

type Name = readonly [folder: number, number: number];

function conversation(archive: BrowsedArchive, folder: number, number: number): Name[] {
  try {
    return archive.thread(folder, number).rows.map(row => [row.folder, row.number]);
  } catch {
    // The index turned out damaged just now, and is being made again.
    return [];
  }
}

function relationOf(header: HeaderSection, reference: string): RelatedKind | null {
  const kind = pecKindOf(header);
  if (kind === null) return messageIdIn(firstValue(header, 'message-id')) === reference ? 'sent' : null;
  if (kind === 'anomaly' || kind === 'other') return null;
  return messageIdIn(firstValue(header, 'x-riferimento-message-id')) === reference ? kind : null;
}

const names = z.array(z.tuple([z.int(), z.int()]));
const nearMs = 3 * 24 * 60 * 60_000;

function nearInTime(catalogue: Database, internalDate: string | null): Name[] {
  const instant = internalDate === null ? NaN : Date.parse(internalDate);
  if (Number.isNaN(instant)) return [];
  // Dates are kept with the offset they were said in: as text they compare to within a day.
  const [from, until] = [instant - nearMs, instant + nearMs].map(each => new Date(each).toISOString().slice(0, 10));
  return names.parse(
    catalogue
      .prepare(
        `SELECT folder_id, number FROM messages WHERE internal_date BETWEEN ? AND ?
           ORDER BY abs(julianday(internal_date) - julianday(?)) LIMIT ?`,
      )
      .raw()
      .all(from, until, internalDate, mostCandidates),
  );
}
