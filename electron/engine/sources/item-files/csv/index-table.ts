import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { uuidOf } from '../../../items/uuid-of.ts';
import { zimbraVcard } from '../../../items/zimbra-vcard.ts';
import { ContentKeys } from '../../files/content-keys.ts';
import type { ItemContent } from '../../item-source.ts';
import { once } from '../../zimbra/items/once.ts';
import type { FileContents, IndexedItem, ItemDetails } from '../indexed-item.ts';
import type { TextFile } from '../text-file.ts';
import { calendarColumn } from './calendar-headings.ts';
import { calendarRow } from './calendar-row.ts';
import { contactColumn } from './contact-headings.ts';
import { contactRow } from './contact-row.ts';
import { dateOrderOf } from './date-order.ts';
import type { DateOrder } from './date-order.ts';
import { googleColumn } from './google-columns.ts';
import { readTable } from './read-table.ts';
import type { Table, TableRow } from './read-table.ts';
import { tableKind, understoodHeadings } from './table-kind.ts';
import type { TableKind } from './table-kind.ts';

/** A list is held as a whole while it is read; this many octets are a million contacts. */
const largest = 256 * 1024 * 1024;

/**
 * Finds the items of a list with headings.
 *
 * @throws CSV_HEADINGS_UNKNOWN where the headings are not those of contacts, appointments or tasks
 */
export async function indexTable(
  file: TextFile,
  { name, fileName }: { readonly name: string; readonly fileName: string },
): Promise<FileContents> {
  if (file.size > largest) throw new TravasoError('FILE_UNREADABLE', { file: fileName, reason: 'too-large' });
  const octets = await file.read(file.start, file.size - file.start);
  const table = readTable(octets, file.wide !== null, understoodHeadings);
  const kind = tableKind(table.headings);
  if (kind === null) throw unknownHeadings(fileName, table.headings);
  const order = dateOrderOf(datesOf(table, kind), kind.isItalian);
  const keys = new ContentKeys();
  let uncertain = 0;
  const items: IndexedItem[] = [];
  for (const row of table.rows) {
    const item =
      kind.kind === 'contact'
        ? contactItem(row, table, kind, order, keys)
        : calendarItem(row, table, kind, order, keys);
    if (item.uncertain) uncertain += 1;
    items.push(item);
  }
  return {
    folders: [{ kind: kind.kind, name, items }],
    problems: notesOf({ table, kind, fileName, uncertain }),
  };
}

/** Names the headings, so that the person sees which file it is and what it is a list of. */
export function unknownHeadings(fileName: string, headings: readonly string[]): TravasoError {
  return new TravasoError('CSV_HEADINGS_UNKNOWN', { file: fileName, headings: shownHeadings(headings) });
}

function shownHeadings(headings: readonly string[]): string {
  return headings.filter(heading => heading !== '').join(', ');
}

type TableItem = IndexedItem & { readonly uncertain: boolean };

/** Who it is of makes the key, so that a new telephone number is a new version and not another contact. */
function contactItem(row: TableRow, table: Table, kind: TableKind, order: DateOrder, keys: ContentKeys): TableItem {
  const reading = { headings: table.headings, isZimbra: kind.program === 'zimbra', dateOrder: order };
  const read = contactRow(row.cells, reading);
  const told = ['fullName', 'firstName', 'middleName', 'lastName', 'nickname', 'company', 'email', 'workEmail'];
  const identity = told.map(field => read.fields[field] ?? '');
  const key = keys.next(hashOf(identity.every(text => text === '') || row.broken ? row.raw : identity.join('\n')));
  return {
    key,
    uncertain: read.uncertain && !row.broken,
    read: (_, details) => {
      if (row.broken) return Promise.resolve(brokenRow(row, table, details));
      const { fields, tags, members, kept } = read;
      const id = `urn:uuid:${uuidOf(key)}`;
      const vcard = zimbraVcard({ fields, id, tags, members, photo: null, changed: null, columns: kept });
      return Promise.resolve({
        name: vcard.name,
        extension: 'vcf',
        mediaType: 'text/vcard',
        octets: once(vcard.octets),
        problem: vcard.name === '' ? { code: 'ITEM_NAMELESS', details } : null,
      });
    },
  };
}

function calendarItem(row: TableRow, table: Table, kind: TableKind, order: DateOrder, keys: ContentKeys): TableItem {
  const identity = table.headings.flatMap((heading, index) =>
    ['summary', 'startDate', 'startTime', 'dueDate'].includes(calendarColumn(heading) ?? '')
      ? [row.cells[index]?.trim() ?? '']
      : [],
  );
  const key = keys.next(hashOf(row.broken ? row.raw : identity.join('\n')));
  const component = kind.kind === 'task' ? 'VTODO' : 'VEVENT';
  // Outlook in English is most often American.
  const reading = { headings: table.headings, component, dateOrder: order ?? 'month', uid: uuidOf(key) } as const;
  return {
    key,
    uncertain: order === null && !row.broken && calendarRow(row.cells, { ...reading, dateOrder: 'day' }) !== null,
    read: (_, details) => {
      const read = row.broken ? null : calendarRow(row.cells, reading);
      if (read === null) return Promise.resolve(brokenRow(row, table, details));
      return Promise.resolve({
        name: read.title,
        extension: 'ics',
        mediaType: 'text/calendar',
        octets: once(read.octets),
        problem: null,
      });
    },
  };
}

/** A row that cannot be read, as it stands in the file, below the headings that say what its cells are. */
function brokenRow(row: TableRow, table: Table, details: ItemDetails): ItemContent {
  const name =
    row.cells
      .find(cell => cell.trim() !== '')
      ?.split('\n')[0]
      ?.trim() ?? '';
  return {
    name,
    extension: 'csv',
    mediaType: 'text/csv',
    octets: once(Buffer.from(`${table.rawHeadings}${row.raw}`, 'utf8')),
    problem: { code: 'ITEM_MALFORMED', details: { ...details, name, line: row.line } },
  };
}

function datesOf({ headings, rows }: Table, { kind }: TableKind): readonly string[] {
  const isDate = (heading: string): boolean =>
    kind === 'contact'
      ? ['birthday', 'anniversary'].includes(contactColumn(heading) ?? '') ||
        (googleColumn(heading)?.group === 'event' && googleColumn(heading)?.part === 'value')
      : /Date$/.test(calendarColumn(heading) ?? '');
  const columns = [...headings.keys()].filter(index => isDate(headings[index] ?? ''));
  return rows.filter(({ broken }) => !broken).flatMap(({ cells }) => columns.map(column => cells[column] ?? ''));
}

const delimiterNames: Readonly<Record<string, string>> = { '\t': 'TAB' };

interface Found {
  readonly table: Table;
  readonly kind: TableKind;
  readonly fileName: string;
  /** Items with a date that can be read in two ways. */
  readonly uncertain: number;
}

function notesOf({ table, kind, fileName, uncertain }: Found): readonly Problem[] {
  const { headings, rows, encoding, delimiter } = table;
  const told = { file: fileName, encoding, delimiter: delimiterNames[delimiter] ?? delimiter };
  const notes: Problem[] = [
    {
      code: 'CSV_READ_AS',
      details: { ...told, ...(kind.program === null ? {} : { program: programNames[kind.program] }) },
    },
  ];
  const isUnknown = (heading: string): boolean => {
    if (heading === '' || kind.program === 'zimbra') return false;
    return kind.kind === 'contact'
      ? contactColumn(heading) === null && googleColumn(heading) === null
      : calendarColumn(heading) === null;
  };
  const unknown = headings.filter(
    (heading, index) => isUnknown(heading) && rows.some(({ cells }) => (cells[index] ?? '').trim() !== ''),
  );
  if (unknown.length > 0) {
    notes.push({ code: 'CSV_COLUMNS_KEPT', details: { file: fileName, headings: shownHeadings(unknown) } });
  }
  if (uncertain > 0) {
    const code = kind.kind === 'contact' ? 'CSV_DATES_UNCERTAIN' : 'CSV_MONTH_FIRST_ASSUMED';
    notes.push({ code, details: { file: fileName, items: uncertain } });
  }
  return notes;
}

const programNames = { outlook: 'Outlook', google: 'Google', thunderbird: 'Thunderbird', zimbra: 'Zimbra' } as const;

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
