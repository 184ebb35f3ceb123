import type { Problem } from '../../../../shared/errors.ts';
import { readableMailboxName } from '../../imap/modified-utf7.ts';
import { headOf } from '../files/file-tree.ts';
import type { TreeFile, TreeListing } from '../files/file-tree.ts';
import { fileProblem } from '../files/file-problem.ts';
import { readThunderbirdNames, trueNames } from './thunderbird-names.ts';
import type { ThunderbirdNames } from './thunderbird-names.ts';
import { isSeparator } from './postmark.ts';

/** A file of a tree that is an mbox, and the folder it stands for. */
export interface MailboxFile {
  readonly file: TreeFile;
  readonly segments: readonly string[];
  /** Our own archive wrote it: a sidecar of that name lies beside it, and its quoting is mboxrd. */
  readonly ours: boolean;
}

export interface FoundMailboxes {
  readonly mailboxes: readonly MailboxFile[];
  readonly problems: readonly Problem[];
  /** What Thunderbird left when it was ended while it wrote a folder anew: the folder itself is whole. */
  readonly leftovers: readonly TreeFile[];
}

/**
 * Every mbox of a tree, by what is in the files. Knows how programs lay out folders below folders:
 *
 *     Thunderbird   nstmp: half of a folder that was being written anew
 *                   Progetti (mbox), Progetti.msf (its index), Progetti.sbd/2023 (a folder below it)
 *                   profile: prefs.js, Mail/<account>/…, ImapMail/<server>/…
 *     Apple Mail    Progetti.mbox/mbox, Progetti.mbox/table_of_contents
 *     Dovecot       mail/Attivit&AOA-, mail/.imap/Attivit&AOA-/dovecot.index
 *     others        mail/progetti, mail/progetti.mbox
 */
export async function findMailboxes(listing: TreeListing, signal: AbortSignal): Promise<FoundMailboxes> {
  const names = new Set(
    [...listing.files, ...listing.folders.map(path => ({ path }))].map(({ path }) => path.join('/')),
  );
  const sidecars = new Map(
    listing.files
      .filter(({ path }) => path.at(-1)?.endsWith('.jsonl') === true)
      .map(file => [file.path.join('/'), file]),
  );
  const profiles = listing.files.filter(({ path }) => path.at(-1) === 'prefs.js').map(({ path }) => path.slice(0, -1));
  const isDovecot = listing.folders.some(path => path.at(-1) === '.imap');
  const thunderbird = await readThunderbirdNames(listing, signal);
  const isThunderbird = profiles.length > 0 || listing.files.some(({ path }) => /\.msf$/i.test(path.at(-1) ?? ''));
  const leftovers: TreeFile[] = [];
  const mailboxes: MailboxFile[] = [];
  const problems: Problem[] = [];
  for (const file of listing.files) {
    signal.throwIfAborted();
    try {
      if (isThunderbird && /^nstmp(?:-\d+)?$/.test(file.path.at(-1) ?? '')) {
        leftovers.push(file);
      } else if (await isMbox(file, names)) {
        mailboxes.push({
          file,
          segments: segmentsOf(file.path, profiles, isDovecot, thunderbird),
          ours: await isOurs(file.path, sidecars),
        });
      }
    } catch (error) {
      problems.push(fileProblem('FILE_UNREADABLE', file.path.join('/'), error));
    }
  }
  return { mailboxes, problems, leftovers };
}

/** Whether octets from the start of a file are those of an mbox. */
export function beginsLikeMbox(head: Buffer): boolean {
  const [line = '', next = null] = head
    .toString('latin1')
    .replace(/^[\r\n]+/, '')
    .split(/\r?\n/, 2);
  return isSeparator('file-start', line, next);
}

async function isMbox(file: TreeFile, names: ReadonlySet<string>): Promise<boolean> {
  const path = file.path.join('/');
  // An empty file is an empty folder where a mail program vouches for it.
  if (file.size === 0) return names.has(`${path}.msf`) || names.has(`${path}.sbd`) || /\.mbox(?:\/mbox)?$/i.test(path);
  return beginsLikeMbox(await headOf(file, 4096));
}

/** `bozze-0003.2.mbox` and `bozze-0003.mbox` share the sidecar `bozze-0003.jsonl`, which begins by naming the folder. */
async function isOurs(path: readonly string[], sidecars: ReadonlyMap<string, TreeFile>): Promise<boolean> {
  const match = /^(.+?)(?:\.\d+)?\.mbox$/.exec(path.join('/'));
  const sidecar = sidecars.get(`${match?.[1] ?? ''}.jsonl`);
  return sidecar !== undefined && (await headOf(sidecar, 64)).toString('latin1').startsWith('{"record":"folder"');
}

function segmentsOf(
  path: readonly string[],
  profiles: readonly (readonly string[])[],
  isDovecot: boolean,
  thunderbird: ThunderbirdNames,
): readonly string[] {
  const profile = profiles.find(
    root => root.every((name, index) => path[index] === name) && /^(?:Imap)?Mail$/.test(path[root.length] ?? ''),
  );
  if (profile === undefined) {
    const names = trueNames(path, 0, plainNames(path), thunderbird);
    return isDovecot ? names.map(readableMailboxName) : names;
  }
  const [account = '', ...below] = path.slice(profile.length + 1);
  const names = trueNames(path, path.length - below.length, plainNames(below), thunderbird);
  const isImap = path[profile.length] === 'ImapMail';
  return [
    ...(profiles.length > 1 ? profile : []),
    account,
    // Thunderbird names the files of a server's folders as the server does, in modified UTF-7.
    ...(isImap ? names.map(readableMailboxName) : names),
  ];
}

function plainNames(path: readonly string[]): readonly string[] {
  const isPackage = path.length > 1 && path.at(-1) === 'mbox' && /\.mbox$/i.test(path.at(-2) ?? '');
  const parts = isPackage ? path.slice(0, -1) : path;
  return parts.map((name, index) => {
    const ending = index === parts.length - 1 ? /(.)\.(?:mbox|mbx|mboxrd)$/i : /(.)\.(?:sbd|mbox)$/i;
    return name.replace(ending, '$1');
  });
}
