import papa from 'papaparse';
import { displayPath } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { messageRow } from '../browse/message-rows.ts';
import { SourceFiles } from '../search/indexed-source.ts';
import type { ExportedFolder } from './run-export.ts';

const columns = ['folder', 'number', 'date', 'from', 'address', 'to', 'subject', 'size', 'flags', 'keywords', 'sha256'];

/** Turns a cell into text where a spreadsheet would take it for a formula: a subject may hold one on purpose. */
const options = { escapeFormulae: true, newline: '\r\n' } as const;

/**
 * The list of messages as CSV (RFC 4180), with the mark that makes Excel read it as UTF-8. Read from the messages' own
 * headers, so that it does not depend on the index.
 */
export async function* messageListCsv(
  archive: Archive,
  folders: readonly ExportedFolder[],
  messagesIn: (folder: ArchivedFolder) => Iterable<ArchivedMessage>,
): AsyncGenerator<string> {
  const files = new SourceFiles(archive.root);
  const means = { catalogue: archive.catalogue.db, index: null, files };
  try {
    yield `\uFEFF${papa.unparse([columns], options)}\r\n`;
    for (const { folder, context } of folders) {
      context.phase('transferring', displayPath(folder.path));
      for (const message of messagesIn(folder)) {
        context.signal.throwIfAborted();
        const row = messageRow(means, folder.id, message.number);
        if (row === null) continue;
        const { number, date, from, to, subject, size, flags, keywords } = row;
        const cells = [
          ...[displayPath(folder.path), number, date ?? '', from.name, from.address, to, subject, size],
          ...[flags.join(' '), keywords.join(' '), message.sha256],
        ];
        yield `${papa.unparse([cells], options)}\r\n`;
        context.count('found');
        context.done(1, message.size);
      }
      context.finished();
      await Promise.resolve();
    }
  } finally {
    files.close();
  }
}
