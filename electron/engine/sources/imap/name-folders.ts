import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath, FolderRole } from '../../../../shared/model/folder.ts';
import { roleByAttributes, roleByName } from '../../imap/folder-role.ts';
import { readableMailboxName } from '../../imap/modified-utf7.ts';
import type { SourceFolder } from '../mail-source.ts';
import { isSelectable } from './list-mailboxes.ts';
import type { ListedMailbox } from './list-mailboxes.ts';
import type { Namespaces } from './read-namespaces.ts';

export interface NamedFolders {
  readonly folders: readonly SourceFolder[];
  /** From `SourceFolder.sourceName` to the octets that name the mailbox on the line. */
  readonly octetNames: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Gives each mailbox its true path and role. Pure.
 *
 * The prefix of the personal namespace is how a server spells "mine", not part of a name: `INBOX.Sent` on a Courier
 * or Cyrus server is `Sent` anywhere else. Mailboxes of other people are not this person's to move; they are left
 * out and named in `problems`.
 */
export function nameFolders(mailboxes: readonly ListedMailbox[], namespaces: Namespaces | null): NamedFolders {
  const personal = namespaces?.personal ?? inferredPrefixes(mailboxes);
  const foreign = namespaces?.foreign ?? [];
  const skipped = new Map<string, number>();
  const octetNames = new Map<string, string>();
  const taken = new Set<string>();
  const named: { mailbox: ListedMailbox; path: FolderPath; sourceName: string }[] = [];
  for (const mailbox of mailboxes) {
    const owner = foreign.find(prefix => isWithin(mailbox, prefix));
    if (owner !== undefined) {
      skipped.set(owner, (skipped.get(owner) ?? 0) + 1);
      continue;
    }
    const path = freePath(pathOf(mailbox, personal), taken);
    taken.add(folderKey(path));
    const readable = readableSourceName(mailbox);
    // Two names may read alike when one of them is broken modified UTF-7: `R&-D` is R&D, and so is `R&D`.
    const sourceName = freeName(readable, name => octetNames.has(name));
    octetNames.set(sourceName, mailbox.name);
    named.push({ mailbox, path, sourceName });
  }
  const roles = assignRoles(named);
  const folders = named.map(({ mailbox, path, sourceName }) => ({
    path,
    role: roles.get(mailbox.name) ?? null,
    sourceName,
    separator: mailbox.separator,
    subscribed: mailbox.attributes.has('\\subscribed'),
    selectable: isSelectable(mailbox.attributes),
    status: mailbox.status,
  }));
  const problems = [...skipped].map(([prefix, count]) =>
    problemOf(
      new TravasoError('FOLDER_SKIPPED', {
        reason: 'other-people',
        folder: readableMailboxName(prefix),
        folders: count,
      }),
    ),
  );
  return { folders, octetNames, problems };
}

/** Without NAMESPACE (old Courier): when everything lies below INBOX, that is the prefix. */
function inferredPrefixes(mailboxes: readonly ListedMailbox[]): readonly string[] {
  const others = mailboxes.filter(({ name }) => name !== 'INBOX');
  const [first] = others;
  if (first?.separator !== '.') return [];
  return others.every(({ name }) => name.startsWith('INBOX.')) ? ['INBOX.'] : [];
}

function isWithin({ name, separator }: ListedMailbox, prefix: string): boolean {
  return name.startsWith(prefix) || (separator !== null && `${name}${separator}` === prefix);
}

function pathOf(mailbox: ListedMailbox, personal: readonly string[]): FolderPath {
  const { name, separator } = mailbox;
  const prefix = personal.filter(each => each !== '' && name.startsWith(each) && name.length > each.length);
  const longest = prefix.reduce((best, each) => (each.length > best.length ? each : best), '');
  const stripped = segmentsOf(name.slice(longest.length), separator);
  // `INBOX.INBOX` is a folder below the inbox, not the inbox.
  const segments = longest !== '' && stripped[0]?.toUpperCase() === 'INBOX' ? segmentsOf(name, separator) : stripped;
  const [top = name, ...rest] = segments;
  return [top.toUpperCase() === 'INBOX' ? 'INBOX' : readableMailboxName(top), ...rest.map(readableMailboxName)];
}

/** Split before decoding: a decoded segment may hold the separator. */
function segmentsOf(name: string, separator: string | null): string[] {
  return separator === null ? [name] : name.split(separator).filter(segment => segment !== '');
}

function readableSourceName({ name, separator }: ListedMailbox): string {
  return separator === null
    ? readableMailboxName(name)
    : name.split(separator).map(readableMailboxName).join(separator);
}

function freePath(path: FolderPath, taken: ReadonlySet<string>): FolderPath {
  const parents = path.slice(0, -1);
  const last = freeName(path.at(-1) ?? '', name => taken.has(folderKey([...parents, name])));
  return [...parents, last];
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let copy = 2; isTaken(free); copy += 1) free = `${name} (${copy})`;
  return free;
}

/** Each role once: what the server says beats what a name suggests, and an earlier folder beats a later one. */
function assignRoles(named: readonly { mailbox: ListedMailbox; path: FolderPath }[]): ReadonlyMap<string, FolderRole> {
  const roles = new Map<string, FolderRole>();
  const given = new Set<FolderRole>(['inbox']);
  const assign = (mailbox: ListedMailbox, role: FolderRole | null) => {
    if (role === null || given.has(role) || roles.has(mailbox.name)) return;
    given.add(role);
    roles.set(mailbox.name, role);
  };
  if (named.some(({ mailbox }) => mailbox.name === 'INBOX')) roles.set('INBOX', 'inbox');
  for (const { mailbox } of named) assign(mailbox, roleByAttributes(mailbox.attributes));
  for (const { mailbox, path } of named) {
    const isTop = path.length === 1 || (path.length === 2 && path[0] === 'INBOX');
    if (isTop) assign(mailbox, roleByName(path.at(-1) ?? ''));
  }
  return roles;
}
