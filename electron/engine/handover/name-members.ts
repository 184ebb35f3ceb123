import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveFiles } from '../archive/archive.ts';
import { allItemFolders, findItem } from '../archive/catalogue/item-table.ts';
import { contactItemFields } from '../items/contact-fields.ts';

/** Zimbra names a member of a list by its contact's number (`C`) or by its entry in the directory (`G`). */
const reference = /^urn:x-zimbra:([CG])(?:%3A|:)(.*)$/i;

/** Members of a list as a person can type them: addresses, where the archive knows them. */
export async function nameMembers(
  archive: ArchiveFiles,
  account: string,
  members: readonly string[],
): Promise<readonly string[]> {
  return await Promise.all(members.map(member => nameMember(archive, account, member)));
}

async function nameMember(archive: ArchiveFiles, account: string, member: string): Promise<string> {
  const [, type, encoded = ''] = reference.exec(member) ?? [];
  if (type === undefined) return member;
  const value = decodeURIComponent(encoded);
  // A directory's name is read by its first part: `uid=bruno,ou=people,dc=ente,dc=it`.
  if (type.toUpperCase() === 'G') return /^[^=,]+=([^,]+)/.exec(value)?.[1] ?? value;
  const { db } = archive.catalogue;
  for (const folder of allItemFolders(db)) {
    if (folder.kind !== 'contact' || folder.account !== account) continue;
    const item = findItem(db, folder.id, value);
    if (item === null) continue;
    const octets = await readFile(join(archive.root, ...item.file.split('/'))).catch(() => null);
    return (octets === null ? null : addressIn(octets)) ?? item.name;
  }
  return value;
}

function addressIn(card: Buffer): string | null {
  try {
    return contactItemFields(card).get('email')?.[0] ?? null;
  } catch {
    return null;
  }
}
