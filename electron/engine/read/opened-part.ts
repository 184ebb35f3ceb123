import type { MessagePart, PartKind } from '../../../shared/model/message-view.ts';
import { firstValue, parseParameters } from '../search/mime/header-section.ts';
import type { Part } from '../search/mime/part-tree.ts';
import { transferDecoded } from '../search/mime/transfer-encoding.ts';

/** A part of a message with what was found inside it where it is a container. */
export interface OpenedPart {
  /**
   * Where it is: `2.1` is the first part of the second, as IMAP counts (RFC 3501 section 6.4.5), `2~1` the first thing
   * inside the container that is part 2. Empty for a multipart, which nobody saves.
   */
  readonly id: string;
  readonly part: Part;
  readonly from: MessagePart['from'];
  /** Of a multipart its parts, of a container what is inside. */
  readonly children: readonly OpenedPart[];
  /** `entity`: its one child stands in its place (S/MIME, RFC 8551 section 3.5.2). `files`: more attachments. */
  readonly inside: 'entity' | 'files' | null;
  /** The text of a `winmail.dat`. */
  readonly body: { readonly text: string | null; readonly html: string | null } | null;
  /** It is S/MIME that only the holder of a key can open. */
  readonly encrypted: boolean;
}

/** The octets of a part as its sender attached them. */
export function contentOf({ part }: OpenedPart): Buffer {
  return transferDecoded(part.body, part.encoding);
}

const bySuffix: readonly (readonly [PartKind, RegExp])[] = [
  ['message', /\.eml$/i],
  ['calendar', /\.ics$/i],
  ['signature', /\.p7s$/i],
  ['winmail', /^win(mail)?\.dat$/i],
];

const byType: Readonly<Record<string, PartKind>> = {
  'message/rfc822': 'message',
  'message/global': 'message',
  'text/calendar': 'calendar',
  'application/ics': 'calendar',
  'application/pkcs7-signature': 'signature',
  'application/x-pkcs7-signature': 'signature',
  'application/pgp-signature': 'signature',
  'application/ms-tnef': 'winmail',
  'application/vnd.ms-tnef': 'winmail',
};

export function kindOf({ type, name }: Part): PartKind {
  if (/^daticert\.xml$/i.test(name)) return 'pec-data';
  return byType[type] ?? bySuffix.find(([, pattern]) => pattern.test(name))?.[0] ?? 'file';
}

/** S/MIME, or a document in the Italian digital signature (CAdES, ETSI EN 319 122), which only its name tells. */
export function isCms({ type, name }: Part): boolean {
  return type === 'application/pkcs7-mime' || type === 'application/x-pkcs7-mime' || /\.p7m$/i.test(name);
}

export function contentParameter({ header }: Part, name: string): string {
  return parseParameters(firstValue(header, 'content-type')).parameters.get(name) ?? '';
}

export function contentIdOf({ header }: Part): string {
  return firstValue(header, 'content-id')
    .replace(/^\s*<?|>?\s*$/g, '')
    .slice(0, 1000);
}

/** The parts that are no multipart, and no container whose content stands in its place, in order. */
export function* leavesOf(opened: OpenedPart): Generator<OpenedPart> {
  if (opened.inside !== 'entity' && opened.id !== '') yield opened;
  for (const child of opened.children) yield* leavesOf(child);
}

export function findPart(root: OpenedPart, id: string): OpenedPart | null {
  if (id === '') return null;
  if (root.id === id) return root;
  for (const child of root.children) {
    const found = findPart(child, id);
    if (found !== null) return found;
  }
  return null;
}
