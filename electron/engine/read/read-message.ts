import { TravasoError } from '../../../shared/errors.ts';
import type { MessageSignature, MessageView, Pec, ReadingProblem } from '../../../shared/model/message-view.ts';
import { contentOf, contentParameter, findPart, kindOf } from './opened-part.ts';
import type { OpenedPart } from './opened-part.ts';
import { listParts } from './list-parts.ts';
import { messageBodies } from './message-bodies.ts';
import { openParts } from './open-parts.ts';
import { pecOf } from './pec/pec-of.ts';
import type { OpenedPec } from './pec/pec-of.ts';
import { readHeaders } from './read-headers.ts';

export interface ReadingWish {
  /** Parts to open on the way. */
  readonly inside: readonly string[];
  readonly pec: 'inner' | 'envelope';
}

/** What the octets tell of a message; the rest of a view is what the archive knows of it. */
export interface ReadMessage extends Pick<
  MessageView,
  'inside' | 'headers' | 'text' | 'html' | 'images' | 'parts' | 'signature' | 'problems'
> {
  readonly pec: Omit<Pec, 'related'> | null;
  /** Of a certified message: the Message-ID by which the others of its exchange are found. */
  readonly pecReference: string | null;
}

interface Shown {
  readonly root: OpenedPart;
  readonly problems: Set<ReadingProblem>;
  readonly signature: MessageSignature | null;
  /** Of the message itself, or of the envelope it was just taken out of. */
  readonly pec: OpenedPec | null;
  /** It was taken out of its envelope: not to be opened further. */
  readonly isInner: boolean;
}

/**
 * Reads a message, or a mail within it.
 *
 * @throws MESSAGE_PART_UNKNOWN when the way in leads nowhere
 */
export function readMessage(octets: Buffer, { inside, pec }: ReadingWish): ReadMessage {
  const way = [...inside];
  let shown = way.reduce(stepInto, shownOf(octets));
  const inner = shown.pec?.pec.inner ?? null;
  // A receipt may enclose the message too, but is itself what there is to read.
  const isEnvelope = shown.pec?.pec.kind === 'message' || shown.pec?.pec.kind === 'anomaly';
  if (pec === 'inner' && isEnvelope && inner !== null && !shown.isInner) {
    shown = stepInto(shown, inner);
    way.push(inner);
  }
  const { root, problems, signature } = shown;
  const { text, html, used } = messageBodies(root, problems);
  const { parts, images } = listParts(root, { used, html: html?.body ?? null }, problems);
  return {
    inside: way,
    headers: readHeaders(root.part.header),
    ...{ text, html, images, parts },
    signature: signature ?? pgpInText(text?.body ?? ''),
    pec: shown.pec?.pec ?? null,
    pecReference: shown.pec?.reference ?? null,
    problems: [...problems],
  };
}

function shownOf(octets: Buffer): Shown {
  const { root, problems: found } = openParts(octets);
  const problems = new Set(found);
  const pec = pecOf(root, root.part.header, problems);
  return { root, problems, signature: signatureOf(root), pec, isInner: false };
}

function stepInto(from: Shown, id: string): Shown {
  const part = findPart(from.root, id);
  if (part === null || kindOf(part.part) !== 'message') throw new TravasoError('MESSAGE_PART_UNKNOWN');
  const shown = shownOf(contentOf(part));
  if (from.pec?.pec.inner !== id) return shown;
  const problems = new Set([...from.problems, ...shown.problems]);
  return { ...shown, problems, pec: from.pec, signature: shown.signature ?? from.signature, isInner: true };
}

function signatureOf(opened: OpenedPart): MessageSignature | null {
  const kind = signatureKind(opened);
  if (kind !== null) return { kind, checked: false };
  // Mailing lists put what was signed beside a footer.
  if (!opened.part.type.startsWith('multipart/')) return null;
  for (const child of opened.children) {
    const found = signatureOf(child);
    if (found !== null) return found;
  }
  return null;
}

function signatureKind(opened: OpenedPart): MessageSignature['kind'] | null {
  const { part, inside, encrypted } = opened;
  if (inside === 'entity') return 'smime-opaque';
  if (encrypted && (opened.id === '1' || /^smime\.p7m$/i.test(part.name))) return 'smime-encrypted';
  if (part.type === 'multipart/encrypted') return 'pgp-encrypted';
  if (part.type !== 'multipart/signed') return null;
  const protocol = contentParameter(part, 'protocol').toLowerCase();
  return protocol.includes('pgp') ? 'pgp-signed' : 'smime-signed';
}

/** PGP in the text itself (RFC 9580 section 7), as people sent it before there was PGP/MIME. */
function pgpInText(text: string): MessageSignature | null {
  const begin = text.trimStart().slice(0, 40);
  if (begin.startsWith('-----BEGIN PGP SIGNED MESSAGE-----')) return { kind: 'pgp-signed', checked: false };
  return begin.startsWith('-----BEGIN PGP MESSAGE-----') ? { kind: 'pgp-encrypted', checked: false } : null;
}
