import { join } from 'node:path';
import * as z from 'zod';

/** The version of the on-disk format this code writes (see FORMAT.md). A higher one found on disk is not touched. */
export const formatVersion = 1;

export const mailFormats = ['mbox', 'eml'] as const;
export type MailFormat = (typeof mailFormats)[number];

/** Names inside the archive, relative to its root, with `/` on every system as BagIt asks (RFC 8493 section 2.1.3). */
export const names = {
  description: 'travaso.json',
  lock: 'travaso.lock',
  catalogue: 'catalogue.sqlite',
  searchIndex: 'search.sqlite',
  declaration: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  mail: 'data/mail',
  leftOut: 'left-out.json',
  folderMap: 'folder-map.json',
  sourceAccounts: 'source-accounts.json',
} as const;

/**
 * An mbox file is closed and the next begun before it would pass this many octets. Well under the 2 GiB where old mail
 * programs and the 4 GiB where FAT32 give up, and small enough that sealing again after a small run is cheap.
 */
export const rollOverOctets = 1024 ** 3;

/** `travaso.json`: what makes a folder an archive. */
export const descriptionSchema = z.object({
  format: z.literal('travaso-archive'),
  version: z.int().positive(),
  /** A UUID, so that a copy is recognised as a copy. */
  id: z.uuid(),
  created: z.iso.datetime(),
  mailFormat: z.enum(mailFormats),
});
export type ArchiveDescription = z.infer<typeof descriptionSchema>;

/**
 * A name that every file system takes and no two folders share: a readable slug of the folder's last name and its
 * number in this archive. True names are in the sidecar; nothing is ever read back from this one.
 */
export function folderStem(lastSegment: string, folderNumber: number): string {
  const slug = lastSegment
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${slug === '' ? 'folder' : slug}-${String(folderNumber).padStart(4, '0')}`;
}

export function sidecarPath(stem: string): string {
  return `${names.mail}/${stem}.jsonl`;
}

/** @param part 1 for the first file of a folder; the first carries no number, as people expect of a small mailbox */
export function mboxPath(stem: string, part: number): string {
  return part === 1 ? `${names.mail}/${stem}.mbox` : `${names.mail}/${stem}.${part}.mbox`;
}

/**
 * One directory per thousand messages: FAT32 holds about 65,000 short names a directory, and file managers suffer long
 * before. Eight digits and three letters are a DOS short name, which costs FAT32 one directory entry instead of three.
 */
export function emlPath(stem: string, messageNumber: number): string {
  const thousand = String(Math.floor(messageNumber / 1000)).padStart(5, '0');
  return `${names.mail}/${stem}/${thousand}/${String(messageNumber).padStart(8, '0')}.eml`;
}

/** The file system path of an archive-relative name. */
export function resolveIn(root: string, relative: string): string {
  return join(root, ...relative.split('/'));
}
