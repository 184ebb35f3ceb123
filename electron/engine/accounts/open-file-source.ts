import { resolve } from 'node:path';
import type { AccountAddress, FileAddress } from '../../../shared/account-address.ts';
import { canonicalAddress } from '../../../shared/account-address.ts';
import { emlSource } from '../sources/eml/eml-source.ts';
import type { FileTree } from '../sources/files/file-tree.ts';
import { openFileTree } from '../sources/files/open-file-tree.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { itemFileSource } from '../sources/item-files/item-file-source.ts';
import { maildirSource } from '../sources/maildir/maildir-source.ts';
import { mboxSource } from '../sources/mbox/mbox-source.ts';
import { openPstInThread } from '../sources/pst/thread/pst-thread-source.ts';
import { zimbraTgzSource } from '../sources/zimbra-tgz/zimbra-tgz-source.ts';
import { openZip } from '../sources/zip/open-zip.ts';

export function isFileAddress(address: AccountAddress): address is FileAddress {
  return 'path' in address;
}

const treeSources: Readonly<
  Record<Exclude<FileAddress['kind'], 'pst'>, (tree: FileTree, account: string) => MailSource>
> = {
  mbox: mboxSource,
  eml: emlSource,
  maildir: maildirSource,
  tgz: zimbraTgzSource,
  items: itemFileSource,
};

/**
 * Opens mail that lies in a file or folder. Throws an `INPUT_FILE_…` code with `file` when it cannot be read; that it
 * holds another kind of thing may show only when its folders are listed.
 */
export async function openFileSource(address: FileAddress, signal: AbortSignal): Promise<MailSource> {
  const path = resolve(address.path);
  if (address.kind === 'pst') return await openPstInThread(path);
  const tree = await openFileTree(path, openZip, signal);
  // The whole path: the same name in two places is not the same mailbox.
  return treeSources[address.kind](tree, canonicalAddress({ kind: address.kind, path }));
}
