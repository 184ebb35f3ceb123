import * as z from 'zod';
import { headOf } from '../files/file-tree.ts';
import type { TreeFile, TreeListing } from '../files/file-tree.ts';
import { fileReason } from '../files/file-problem.ts';

/**
 * The names that Thunderbird shows where its files are called otherwise. A name that no file can bear (a slash, a
 * colon, a dot in front, more than 55 characters) is cut there and ends in eight hexadecimal digits; the true one is in
 * the folder's index (`.msf`, property `folderName`) and in the profile's `folderCache.json`, by the index's path.
 */
export interface ThunderbirdNames {
  /** @param path of the folder's file or directory in the tree; null where its own name is the true one */
  readonly nameOf: (path: readonly string[]) => string | null;
}

const hashed = /[0-9a-f]{8}$/;
const indexLimit = 4 * 1024 * 1024;

/** The names of a path from its part number `from` on: the true one of each that has one, else the one in `names`. */
export function trueNames(
  path: readonly string[],
  from: number,
  names: readonly string[],
  { nameOf }: ThunderbirdNames,
): readonly string[] {
  return names.map((name, index) => {
    const folder = path.slice(0, from + index + 1);
    const file = (folder.pop() ?? '').replace(/(.)\.sbd$/i, '$1');
    return nameOf([...folder, file]) ?? name;
  });
}

export async function readThunderbirdNames({ files }: TreeListing, signal: AbortSignal): Promise<ThunderbirdNames> {
  const names = new Map<string, string>();
  const caches = files.filter(({ path }) => path.at(-1) === 'folderCache.json');
  for (const cache of caches) {
    for (const [index, name] of cachedNames(await textOf(cache))) {
      const path = [...cache.path.slice(0, -1), ...index].join('/');
      if (hashed.test(path)) names.set(path, name);
    }
  }
  for (const file of files) {
    signal.throwIfAborted();
    const path = file.path.join('/').replace(/\.msf$/i, '');
    if (path === file.path.join('/') || !hashed.test(path) || names.has(path)) continue;
    const name = indexedName(await textOf(file));
    if (name !== null) names.set(path, name);
  }
  return { nameOf: path => names.get(path.join('/')) ?? null };
}

async function textOf(file: TreeFile): Promise<string> {
  try {
    return (await headOf(file, indexLimit)).toString('latin1');
  } catch (error) {
    if (fileReason(error) === null) throw error;
    return '';
  }
}

const cacheSchema = z.record(z.string(), z.object({ folderName: z.string() }).partial());

/** Keys are absolute paths of another computer, perhaps; from `Mail` or `ImapMail` on they are the profile's own. */
function cachedNames(text: string): (readonly [path: readonly string[], name: string])[] {
  let cache: z.infer<typeof cacheSchema>;
  try {
    cache = cacheSchema.parse(JSON.parse(Buffer.from(text, 'latin1').toString('utf8')));
  } catch {
    return [];
  }
  return Object.entries(cache).flatMap(([key, { folderName = '' }]) => {
    const segments = key.split(/[\\/]/);
    const top = segments.findLastIndex(segment => /^(?:Imap)?Mail$/.test(segment));
    const path = segments.slice(top).map(segment => segment.replace(/\.msf$/i, ''));
    return top < 0 || folderName === '' ? [] : [[path, folderName] as const];
  });
}

/**
 * `folderName` of an index, in Mork: a dictionary of column names, `(B8=folderName)`, and a cell of that column, with its
 * text in place, `(^B8=Fatture 2019/2020)`, or by its number in the dictionary of texts, `(^B8^A5)`. The last one counts:
 * changes are written behind what they change.
 */
function indexedName(mork: string): string | null {
  const column = /\(([0-9A-F]+)=folderName\)/i.exec(mork)?.[1];
  if (column === undefined) return null;
  const cells = [...mork.matchAll(new RegExp(String.raw`\(\^${column}(?:=((?:\\[^]|[^\\)])*)|\^([0-9A-F]+))\)`, 'gi'))];
  const [, inPlace, number] = cells.at(-1) ?? [];
  if (inPlace !== undefined) return plainText(inPlace);
  if (number === undefined) return null;
  const texts = [...mork.matchAll(new RegExp(String.raw`\(${number}\s*=((?:\\[^]|[^\\)])*)\)`, 'gi'))];
  // Names of columns and texts are numbered each for themselves.
  const text = texts.map(([, each = '']) => each).findLast(each => each !== 'folderName');
  return text === undefined ? null : plainText(text);
}

/** Mork writes `)`, `\` and `$` behind a backslash, a broken line with one at its end, and other octets as `$C3$A0`. */
function plainText(text: string): string | null {
  const octets = text
    .replaceAll(/\\(?:\r\n|\r|\n)/g, '')
    .replaceAll(/\\([^])|\$([0-9A-F]{2})/gi, (_whole, escaped?: string, octet?: string) =>
      octet === undefined ? (escaped ?? '') : String.fromCharCode(Number.parseInt(octet, 16)),
    );
  const name = Buffer.from(octets, 'latin1').toString('utf8').trim();
  return name === '' ? null : name;
}
