import { TravasoError } from '../../../../shared/errors.ts';
import type { FolderRole } from '../../../../shared/model/folder.ts';
import { roleByAttributes, roleByName } from '../../imap/folder-role.ts';
import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import { decodeModifiedUtf7, readableMailboxName } from '../../imap/modified-utf7.ts';
import { busyProblem } from '../../imap/server-text.ts';
import type { TargetFolderInfo } from '../mail-target.ts';
import { reasonOf } from './append-answer.ts';
import type { NameRules } from './name-rules.ts';
import { pathOfName } from './target-name.ts';

/**
 * All folders of the account, with their roles: by attribute, else by name, and each role once. Names that are no
 * modified UTF-7 are put into `oddMailboxes` with their octets.
 */
export async function listTargetFolders(
  connection: ImapConnection,
  rules: NameRules,
  oddMailboxes: Map<string, string>,
  signal: AbortSignal,
): Promise<readonly TargetFolderInfo[]> {
  const listed: ListedFolder[] = [];
  const untagged = ({ name, values: [attributes, , mailbox] }: UntaggedResponse): void => {
    const octets = octetsOf(mailbox);
    if ((name !== 'LIST' && name !== 'XLIST') || octets === null || !isList(attributes)) return;
    const shown = readableMailboxName(octets);
    if (decodeModifiedUtf7(octets) === null) oddMailboxes.set(shown, octets);
    listed.push({ name: shown, attributes: attributes.flatMap(each => octetsOf(each)?.toLowerCase() ?? []) });
  };
  const answer = await connection.run(listCommand(connection.capabilities), { signal, handler: { untagged } });
  if (answer.status !== 'OK') {
    throw busyProblem(answer) ?? new TravasoError('FOLDER_LIST_INCOMPLETE', { reason: reasonOf(answer) });
  }
  const folders = listed.filter(({ attributes }) => !attributes.includes('\\nonexistent'));
  const roles = assignRoles(folders, rules);
  return folders.map(({ name, attributes }) => ({
    name,
    path: pathOfName(name, rules),
    role: roles.get(name) ?? null,
    selectable: !attributes.includes('\\noselect'),
  }));
}

interface ListedFolder {
  readonly name: string;
  /** Lower case. */
  readonly attributes: readonly string[];
}

function listCommand(capabilities: ReadonlySet<string>): string {
  // RFC 6154 section 5.2: a server that knows special uses gives them to plain LIST if it likes, when asked for sure.
  if (capabilities.has('SPECIAL-USE')) {
    return capabilities.has('LIST-EXTENDED') ? 'LIST "" "*" RETURN (SPECIAL-USE)' : 'LIST "" "*"';
  }
  return capabilities.has('XLIST') ? 'XLIST "" "*"' : 'LIST "" "*"';
}

/**
 * One folder a role, so that nothing is sent to two. Attributes are the server's word and go before names, which any
 * user can give; a name counts at the top level only.
 */
function assignRoles(folders: readonly ListedFolder[], rules: NameRules): ReadonlyMap<string, FolderRole> {
  const folderOf = new Map<FolderRole, string>();
  const take = (role: FolderRole | null, name: string): void => {
    if (role !== null && !folderOf.has(role)) folderOf.set(role, name);
  };
  for (const { name } of folders) if (name.toUpperCase() === 'INBOX') take('inbox', name);
  for (const { name, attributes } of folders) take(roleByAttributes(attributes), name);
  for (const { name, attributes } of folders) {
    const [top = '', ...below] = pathOfName(name, rules);
    if (below.length === 0 && !attributes.includes('\\noselect')) take(roleByName(top), name);
  }
  return new Map([...folderOf].map(([role, name]) => [name, role]));
}
