import { createHash } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fchownSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { folderKey, type FolderPath } from '../../shared/model/folder.ts';
import type { SystemFlag } from '../../shared/model/message.ts';
import type { DovecotServer } from './dovecot.ts';
import type { MailFact } from './mail-fact.ts';
import type { GeneratedMessage } from './mailbox-generator.ts';
import { encodeModifiedUtf7 } from './modified-utf7.ts';

export interface LoadedMessage extends MailFact {
  /** Counts from 1 in each folder, in the order the messages came. */
  readonly uid: number;
}

export interface LoadMaildirOptions {
  readonly user: string;
  /** Folders to make even when no message falls into them. They are subscribed like the others. */
  readonly folders?: readonly FolderPath[];
  /** Default: 1700000000. */
  readonly uidvalidity?: number;
}

/**
 * Writes messages straight into a user's new Maildir, some ten thousand a second where IMAP APPEND takes minutes, and
 * returns what an independent reader must then find. For folders the server has not seen yet; the whole load is one
 * call, because it numbers the messages. Works for both Maildir storages; throws for others.
 */
export function loadMaildir(
  server: DovecotServer,
  messages: Iterable<GeneratedMessage>,
  options: LoadMaildirOptions,
): readonly LoadedMessage[] {
  const storage = server.options.storage ?? 'maildir++';
  if (storage === 'sdbox') throw new RangeError('sdbox keeps its mail in a format of Dovecot’s own');
  const layout = storage === 'maildir++' ? plusLayout : nestedLayout;
  const home = server.home(options.user);
  const maildirs = new Map<string, MaildirWriter>();
  const writerFor = (folder: FolderPath): MaildirWriter => {
    const key = folderKey(folder);
    const writer = maildirs.get(key) ?? createMaildir(join(home, layout(folder)), folder, server.mailOwner);
    maildirs.set(key, writer);
    return writer;
  };

  for (const folder of options.folders ?? []) writerFor(folder);
  const loaded: LoadedMessage[] = [];
  for (const message of messages) loaded.push(writerFor(message.folder).add(message));
  for (const writer of maildirs.values()) writer.finish(options.uidvalidity ?? 1_700_000_000);
  const subscriptions = [...maildirs.values()].map(writer => subscriptionName(writer.folder, storage));
  mkdirSync(join(home, 'mail'), { recursive: true });
  writeOwned(join(home, 'mail', 'subscriptions'), subscriptions.map(name => `${name}\n`).join(''), server.mailOwner);
  chownSync(join(home, 'mail'), server.mailOwner.uid, server.mailOwner.gid);
  return loaded;
}

/** Maildir++: INBOX is the root, every other folder one directory beside the others, levels joined by dots. */
function plusLayout(folder: FolderPath): string {
  if (isInbox(folder)) return 'mail';
  return join('mail', `.${folder.map(segment => plainSegment(segment, '.')).join('.')}`);
}

/** LAYOUT=fs: a tree of directories; the rig keeps INBOX outside of it. */
function nestedLayout(folder: FolderPath): string {
  if (isInbox(folder)) return 'inbox';
  return join('mail', ...folder.map(segment => plainSegment(segment, '/')));
}

function subscriptionName(folder: FolderPath, storage: 'maildir++' | 'maildir-fs'): string {
  return folder.map(encodeModifiedUtf7).join(storage === 'maildir++' ? '.' : '/');
}

function plainSegment(segment: string, separator: '.' | '/'): string {
  if (segment.includes(separator) || segment.includes('/')) {
    throw new RangeError(`This layout cannot hold a folder called ${segment}`);
  }
  return encodeModifiedUtf7(segment);
}

function isInbox(folder: FolderPath): boolean {
  return folder.length === 1 && folder[0]?.toUpperCase() === 'INBOX';
}

interface MaildirWriter {
  readonly folder: FolderPath;
  add(message: GeneratedMessage): LoadedMessage;
  finish(uidvalidity: number): void;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const flagLetters: Readonly<Record<SystemFlag, string>> = {
  '\\Draft': 'D',
  '\\Flagged': 'F',
  '\\Answered': 'R',
  '\\Seen': 'S',
  '\\Deleted': 'T',
};

function createMaildir(directory: string, folder: FolderPath, owner: Owner): MaildirWriter {
  for (const part of ['cur', 'new', 'tmp']) makeOwned(join(directory, part), owner);
  // In Maildir++ this file tells a mailbox apart from a directory that merely holds mailboxes.
  writeOwned(join(directory, 'maildirfolder'), '', owner);
  const uidlist: string[] = [];
  const keywordNumbers = new Map<string, number>();

  const keywordLetter = (keyword: string): string => {
    const number = keywordNumbers.get(keyword) ?? keywordNumbers.size;
    if (number >= 26) throw new RangeError('A Maildir file name has letters for 26 keywords of a folder');
    keywordNumbers.set(keyword, number);
    return String.fromCharCode(97 + number);
  };

  return {
    folder,
    add(message) {
      const uid = uidlist.length + 1;
      const octets = asServed(message.octets);
      // S= and W= spare the server reading the file to learn its size as stored and as sent: the same here.
      const base = `${1_700_000_000 + uid}.M${uid}.rig,S=${octets.length},W=${octets.length}`;
      const letters =
        message.flags.map(flag => flagLetters[flag]).sort().join('') + // prettier-ignore
        message.keywords.map(keywordLetter).sort().join(''); // prettier-ignore
      const file = openSync(join(directory, 'cur', `${base}:2,${letters}`), 'wx', 0o600);
      writeSync(file, octets);
      fchownSync(file, owner.uid, owner.gid);
      // Dovecot takes INTERNALDATE from the modification time.
      futimesSync(file, message.internalDate, message.internalDate);
      closeSync(file);
      uidlist.push(`${uid} :${base}\n`);
      return {
        uid,
        folder,
        sha256: createHash('sha256').update(octets).digest('hex'),
        size: octets.length,
        internalDate: message.internalDate.getTime(),
        flags: [...message.flags].sort(),
        keywords: [...message.keywords].sort(),
      };
    },
    finish(uidvalidity) {
      const head = `3 V${uidvalidity} N${uidlist.length + 1} G${mailboxGuid(folder)}\n`;
      writeOwned(join(directory, 'dovecot-uidlist'), head + uidlist.join(''), owner);
      const keywords = [...keywordNumbers].map(([keyword, number]) => `${number} ${keyword}\n`);
      writeOwned(join(directory, 'dovecot-keywords'), keywords.join(''), owner);
    },
  };
}

/** Dovecot sends CRLF whatever the file holds, and 0x80 for NUL; written like that, file and wire are the same. */
function asServed(octets: Buffer): Buffer {
  if (!hasBareLineFeed(octets) && !octets.includes(0)) return octets;
  return Buffer.from(
    octets
      .toString('latin1')
      .replaceAll(/(?<!\r)\n/g, '\r\n')
      .replaceAll('\0', '\x80'),
    'latin1',
  );
}

function hasBareLineFeed(octets: Buffer): boolean {
  for (let at = octets.indexOf(0x0a); at >= 0; at = octets.indexOf(0x0a, at + 1)) {
    if (octets[at - 1] !== 0x0d) return true;
  }
  return false;
}

function mailboxGuid(folder: FolderPath): string {
  return createHash('md5').update(folderKey(folder)).digest('hex');
}

/** Creates a directory and the missing ones above it, each owned by the mail user: the server adds files of its own. */
function makeOwned(directory: string, owner: Owner): void {
  if (lstatSync(directory, { throwIfNoEntry: false }) !== undefined) return;
  makeOwned(dirname(directory), owner);
  mkdirSync(directory, { mode: 0o700 });
  chownSync(directory, owner.uid, owner.gid);
}

function writeOwned(file: string, text: string, owner: Owner): void {
  writeFileSync(file, text, { mode: 0o600 });
  chownSync(file, owner.uid, owner.gid);
}
