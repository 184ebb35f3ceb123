import { readableMailboxName } from '../../imap/modified-utf7.ts';
import type { TreeFile, TreeListing } from '../files/file-tree.ts';
import { trueNames } from '../mbox/thunderbird-names.ts';
import type { ThunderbirdNames } from '../mbox/thunderbird-names.ts';

export interface MaildirFolder {
  readonly segments: readonly string[];
  /** Of `cur` and `new`. */
  readonly messages: readonly TreeFile[];
  readonly dovecotKeywords: TreeFile | null;
  readonly courierKeywords: TreeFile | null;
}

/**
 * Every folder that holds `cur`, whatever the layout:
 *
 *     Maildir++ (Courier, Dovecot)   cur, .Progetti/cur, .Progetti.2023/cur
 *     LAYOUT=fs (Dovecot)            cur, Progetti/cur, Progetti/2023/cur
 *     Thunderbird                    Progetti/cur, Progetti.sbd/2023/cur
 *     others                         Inbox/cur, Progetti/cur
 *
 * The folder at the root is the inbox. What lies in `tmp` was never delivered.
 *
 * @param thunderbird the true names of folders that no file can be called by; null where nobody asks for them, or Thunderbird did not write this
 */
export function findMaildirs(
  { files, folders }: TreeListing,
  thunderbird: ThunderbirdNames | null = null,
): readonly MaildirFolder[] {
  const found = new Map<
    string,
    { parents: readonly string[]; messages: TreeFile[]; dovecot: TreeFile | null; courier: TreeFile | null }
  >();
  for (const path of folders) {
    if (path.at(-1) !== 'cur') continue;
    const parents = path.slice(0, -1);
    found.set(keyOf(parents), { parents, messages: [], dovecot: null, courier: null });
  }
  for (const file of files) {
    const [name = '', parent = ''] = file.path.toReversed();
    const folder = found.get(keyOf(file.path.slice(0, -2)));
    if (folder !== undefined && (parent === 'cur' || parent === 'new')) {
      // Servers keep files of their own beside the messages, all with a dot first.
      if (!name.startsWith('.')) folder.messages.push(file);
    } else if (folder !== undefined && parent === 'courierimapkeywords' && name === ':list') {
      folder.courier = file;
    }
    const own = name === 'dovecot-keywords' ? found.get(keyOf(file.path.slice(0, -1))) : undefined;
    if (own !== undefined) own.dovecot = file;
  }
  const root = rootOf([...found.values()].map(({ parents }) => parents));
  return [...found.values()].map(({ parents, messages, dovecot, courier }) => ({
    segments: segmentsOf(parents, root, thunderbird),
    messages,
    dovecotKeywords: dovecot,
    courierKeywords: courier,
  }));
}

/** How many folders lead to the Maildir that all others lie in: who chose the home folder meant `Maildir` in it. */
function rootOf(all: readonly (readonly string[])[]): number {
  const [first = []] = all.toSorted((a, b) => a.length - b.length);
  const holdsAll = all.length > 1 && all.every(path => first.every((name, index) => path[index] === name));
  return holdsAll ? first.length : 0;
}

function keyOf(path: readonly string[]): string {
  return path.join('/');
}

/** A leading dot is Maildir++, where dots part the levels. Names are in modified UTF-7; others stay as they are. */
function segmentsOf(path: readonly string[], root: number, thunderbird: ThunderbirdNames | null): readonly string[] {
  const parents = path.slice(root);
  const plain = parents.map((name, index) => (index < parents.length - 1 ? name.replace(/(.)\.sbd$/, '$1') : name));
  const names = thunderbird === null ? plain : trueNames(path, root, plain, thunderbird);
  const levels = names.flatMap((name, index) => {
    // A name that Thunderbird vouches for is one name, whatever is in it.
    if (name !== plain[index]) return [name];
    const parts = name.startsWith('.') ? name.slice(1).split('.') : [name];
    return parts.map(readableMailboxName);
  });
  const named = levels.filter(level => level !== '');
  return named.length === 0 ? ['INBOX'] : named;
}
