import type { MailProgram, RecognisedMail } from '../../../../shared/model/recognised-mail.ts';
import type { TreeFile, TreeListing } from '../files/file-tree.ts';
import type { HeadKind } from './kind-of-head.ts';

/** A file of a tree with what its first octets say. */
export interface HeadedFile {
  readonly file: TreeFile;
  readonly head: HeadKind;
}

type Facts = Pick<RecognisedMail, 'kind' | 'program' | 'variant'>;

/** Which program laid out these mbox files: by what lies beside them, else by what it wrote into the messages. */
export function mboxFacts({ files }: TreeListing, mboxes: readonly HeadedFile[]): Facts {
  const names = new Set(files.map(({ path }) => path.at(-1) ?? ''));
  if (names.has('prefs.js')) return { kind: 'thunderbird-profile', program: 'thunderbird', variant: null };
  if (mboxes.length > 0 && mboxes.every(({ file }) => file.path.at(-1) === 'mbox')) {
    return { kind: 'apple-mbox', program: 'apple-mail', variant: null };
  }
  // Thunderbird's index of each folder; no other program writes files of that name.
  const indexed = mboxes.some(({ file }) => names.has(`${file.path.at(-1) ?? ''}.msf`));
  const told = mboxes.find(({ head }) => head.program !== null)?.head.program ?? null;
  return { kind: 'mbox', program: indexed ? 'thunderbird' : told, variant: null };
}

/** Files of one message each. */
export function messageFacts(messages: readonly TreeFile[], isExport: boolean): Facts {
  if (isExport) return { kind: 'zimbra-tgz', program: 'zimbra', variant: null };
  const isApple = messages.some(({ path }) => /\.emlx$/i.test(path.at(-1) ?? ''));
  return { kind: 'eml', program: isApple ? 'apple-mail' : null, variant: isApple ? 'emlx' : null };
}

/** Contacts, calendars, lists: what they all are, and who made them all. */
export function itemFacts(files: readonly HeadedFile[]): Facts {
  const [first] = files;
  const isSame = (of: (head: HeadKind) => string | null): boolean =>
    files.every(({ head }) => first !== undefined && of(head) === of(first.head));
  return {
    kind: 'items',
    program: isSame(head => head.program) ? (first?.head.program ?? null) : null,
    variant: isSame(head => head.variant) ? (first?.head.variant ?? null) : null,
  };
}

/** Servers leave lists of their own beside the messages. */
export function maildirProgram({ files }: TreeListing): MailProgram | null {
  const has = (test: RegExp): boolean => files.some(({ path }) => test.test(path.at(-1) ?? ''));
  if (has(/^dovecot[-.]/)) return 'dovecot';
  return has(/^courierimap/) ? 'courier' : null;
}
