import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Problem } from '../../../../shared/errors.ts';
import { vcardFour } from '../../items/vcard/vcard-four.ts';
import { ContentKeys } from '../files/content-keys.ts';
import type { ItemContent } from '../item-source.ts';
import { once } from '../zimbra/items/once.ts';
import type { FileContents, IndexedItem, ItemDetails } from './indexed-item.ts';
import { valueOfLine } from './split-calendars.ts';
import { splitVcards } from './split-vcards.ts';
import type { CardPlace } from './split-vcards.ts';
import { textLines } from './text-file.ts';
import type { TextFile } from './text-file.ts';

/** Finds the cards of a file of vCards. Nothing is kept of them but their places and keys. */
export async function indexVcards(
  file: TextFile,
  { name, fileName }: { readonly name: string; readonly fileName: string },
  signal: AbortSignal,
): Promise<FileContents> {
  const keys = new ContentKeys();
  const items: IndexedItem[] = [];
  let assumed = false;
  for await (const place of splitVcards(textLines(file))) {
    signal.throwIfAborted();
    const { octets, ...where } = place;
    const key = keys.next(keyOf(octets));
    assumed ||= !isUnderstood(octets);
    items.push({ key, read: (opened, details) => readCard(opened, where, key, details) });
  }
  const problems: Problem[] = assumed
    ? [{ code: 'TEXT_ENCODING_ASSUMED', details: { file: fileName, encoding: 'Windows-1252' } }]
    : [];
  return { folders: [{ kind: 'contact', name, items }], problems };
}

/** Its UID; else who it is of, so that a new telephone number is a new version and not another contact. */
function keyOf(octets: Buffer): string {
  const uid = valueOfLine(octets, 'UID') ?? '';
  if (uid !== '') return Buffer.from(uid, 'latin1').toString('utf8');
  const told = ['FN', 'N', 'ORG', 'EMAIL'].map(name => valueOfLine(octets, name) ?? '');
  const identity = told.every(text => text === '') ? octets : told.join('\n');
  return createHash('sha256').update(identity).digest('hex').slice(0, 32);
}

/** Whether its characters are UTF-8, or it says what else they are. */
function isUnderstood(octets: Buffer): boolean {
  if (isUtf8(octets)) return true;
  const lines = octets
    .toString('latin1')
    .replaceAll(/\r?\n[ \t]/g, '')
    .split('\n');
  return lines.every(line => /^[^:]*;CHARSET=/i.test(line) || isUtf8(Buffer.from(line, 'latin1')));
}

async function readCard(
  file: TextFile,
  { start, end, line, brokenLine }: Omit<CardPlace, 'octets'>,
  key: string,
  details: ItemDetails,
): Promise<ItemContent> {
  const octets = await file.read(start, end - start);
  const card = vcardFour(octets, key);
  const malformed = brokenLine ?? (card.malformedLine === null ? null : line + card.malformedLine - 1);
  const file_ = { extension: 'vcf', mediaType: 'text/vcard' };
  if (malformed !== null) {
    const name = Buffer.from(valueOfLine(octets, 'FN') ?? '', 'latin1').toString('utf8');
    const problem: Problem = { code: 'ITEM_MALFORMED', details: { ...details, name, line: malformed } };
    return { ...file_, name, octets: once(octets), problem };
  }
  const problem: Problem | null = card.name === '' ? { code: 'ITEM_NAMELESS', details } : null;
  return { ...file_, name: card.name, octets: once(card.octets), problem };
}
