import { constants, gunzipSync } from 'node:zlib';
import type { MailProgram } from '../../../../shared/model/recognised-mail.ts';
import { beginsLikeZip } from '../files/open-file-tree.ts';
import { parseRawHeader } from '../files/raw-header.ts';
import type { RawHeader } from '../files/raw-header.ts';
import { kindOfText, textHeadOctets } from '../item-files/kind-of-text.ts';
import { beginsLikeMbox } from '../mbox/find-mailboxes.ts';
import { beginsLikeTar } from '../zimbra-tgz/tar-stream.ts';

/** What one file is by its first octets. */
export interface HeadKind {
  readonly kind: 'pst' | 'zip' | 'zimbra-tgz' | 'mbox' | 'eml' | 'items';
  readonly program: MailProgram | null;
  readonly variant: string | null;
}

/** As many octets as `kindOfHead` wants to see. */
export const headOctets = textHeadOctets;

/** [MS-PST] 2.2.2.6: dwMagic, then wMagicClient at 8 and wVer at 10. */
const pstMagic = Buffer.from('!BDN');
const ostClient = 'SO';

/** Null for what is no mail, nor contacts or calendars. */
export function kindOfHead(head: Buffer): HeadKind | null {
  if (head.subarray(0, pstMagic.length).equals(pstMagic)) {
    return { kind: 'pst', program: 'outlook', variant: pstVariant(head) };
  }
  if (beginsLikeZip(head)) return { kind: 'zip', program: null, variant: null };
  const tar = beginsLikeTar(head);
  if (tar === 'tar') return { kind: 'zimbra-tgz', program: 'zimbra', variant: 'tar' };
  if (tar === 'gzip') return holdsTar(head) ? { kind: 'zimbra-tgz', program: 'zimbra', variant: null } : null;
  if (beginsLikeMbox(head)) {
    const separatorEnd = head.indexOf(0x0a) + 1;
    return { kind: 'mbox', program: mboxProgram(parseRawHeader(head.subarray(separatorEnd))), variant: null };
  }
  const header = parseRawHeader(head);
  const isMail = header.fields[0]?.start === 0 && header.fields.some(({ name }) => mailFields.has(name));
  if (isMail) return { kind: 'eml', program: null, variant: null };
  const items = kindOfText(head);
  return items === null ? null : { kind: 'items', program: items.program, variant: items.format };
}

function pstVariant(head: Buffer): string | null {
  if (head.toString('latin1', 8, 10) === ostClient) return 'ost';
  if (head.length < 12) return null;
  const version = head.readUInt16LE(10);
  if (version === 14 || version === 15) return 'ansi';
  return version >= 36 ? 'unicode-4k' : 'unicode';
}

/** A log or a single document may be packed with gzip as well. */
function holdsTar(head: Buffer): boolean {
  try {
    // The head ends in the middle of the stream: what inflates up to there is all that is wanted.
    return beginsLikeTar(gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })) === 'tar';
  } catch {
    return false;
  }
}

/** Fields that a program leaves in the first message of every mbox it writes. */
function mboxProgram({ fields }: RawHeader): MailProgram | null {
  const has = (prefix: string): boolean => fields.some(({ name }) => name.startsWith(prefix));
  if (has('x-mozilla-status')) return 'thunderbird';
  if (has('x-gmail-labels') || has('x-gm-thrid')) return 'gmail';
  return has('x-imap') || has('x-uid') ? 'dovecot' : null;
}

/** One of them is in every message; other files that begin with `name: value` have none. */
const mailFields: ReadonlySet<string> = new Set([
  'from',
  'date',
  'message-id',
  'received',
  'return-path',
  'mime-version',
]);
