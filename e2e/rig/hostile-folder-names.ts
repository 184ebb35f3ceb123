import { readFileSync } from 'node:fs';
import type { FolderPath } from '../../shared/model/folder.ts';
import { encodeModifiedUtf7 } from './modified-utf7.ts';
import { sharedFixture } from './shared-fixtures.ts';

/** Names that are ordinary to an IMAP server and a trap for file systems, shells, URLs or string comparison. */
export const hostileFolderNames: readonly string[] = [
  // Reserved by Windows, with and without an extension; superscript digits count as digits there.
  ...['CON', 'nul.txt', 'AUX', 'LPT1', 'COM¹', 'com².log', 'PRN '],
  // Windows drops these ends silently, so that two folders become one.
  ...['trailing dot.', 'trailing space ', 'ellissi...', ' leading space', '.leading dot'],
  // Refused by Windows, or a path of their own there.
  ...['a\\b', 'a:b', 'C:', 'a*b?', '"quoted"', '<a|b>', 'stream:$DATA', 'tab & co', '\\\\server\\share'],
  // One folder to a file system that ignores case or normalises, several to the server.
  ...['Ferie', 'FERIE', 'ferie', 'Attività'.normalize('NFC'), 'Attività'.normalize('NFD'), 'straße', 'STRASSE', 'ﬁne'],
  // Deceive the eye or the terminal.
  ...['\u202egnp.exe', 'zero\u200bwidth', '\u00a0', '\ufeffBOM', 'ا\u200fب', '👩‍👩‍👧‍👦 famiglia', '\u{1f3f4}\u{e0067}\u{e0062}'],
  // Mean something to IMAP, to a shell, to a URL, to JavaScript.
  ...['&', '&-', 'R&D', '&AOk-', 'a&b-', '100%', 'stella*', '(parentesi)', '{12}', '{12+}', '[Gmail]', 'NIL', 'inbox', '%2e%2e', '$HOME', '`id`', '; rm -rf', '-rf', '--help', '__proto__', 'constructor', 'null', '0'],
  // As long as a directory entry may be, in one octet per character and in four.
  ...['l'.repeat(255), '日'.repeat(70), 'à'.repeat(60)],
]; // prettier-ignore

/** Forty levels, over 400 characters as a path: too long for Maildir++, which makes one directory name of it. */
export const deepFolder: FolderPath = Array.from({ length: 40 }, (_, level) => `livello ${level + 1}`);

/**
 * The Big List of Naughty Strings, those that can name a mailbox: no control characters (RFC 5198 forbids them in
 * names), and a directory entry's length once encoded. Empty where the shared material is absent.
 */
export function naughtyFolderNames(): readonly string[] {
  const file = sharedFixture('blns.txt');
  if (file === null) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  const usable = lines.filter(line => line !== '' && !line.startsWith('#') && !/[\p{Cc}\ufffd]/u.test(line));
  return [...new Set(usable)].filter(line => encodeModifiedUtf7(line).length <= 255);
}

/**
 * Whether a server with this separator can hold the name as one level of its tree. INBOX is special in any case; `~`,
 * `.` and `..` mean places to Dovecot; and Maildir++ (separator `.`) puts a dot before the name on disk.
 */
export function fitsOneLevel(name: string, separator: '.' | '/'): boolean {
  const isPlace = name.toUpperCase() === 'INBOX' || /^(~|\.{1,2}$)/.test(name);
  const longest = separator === '.' ? 254 : 255;
  return !isPlace && !name.includes(separator) && !name.includes('/') && encodeModifiedUtf7(name).length <= longest;
}
