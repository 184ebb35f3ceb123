import { htmlText } from './html-text.ts';
import { limits } from './limits.ts';
import { firstMailbox } from './mime/addresses.ts';
import type { Mailbox } from './mime/addresses.ts';
import { charsetText } from './mime/charset-text.ts';
import { decodeWords, firstValue } from './mime/header-section.ts';
import type { HeaderSection } from './mime/header-section.ts';
import { partTree } from './mime/part-tree.ts';
import type { Part } from './mime/part-tree.ts';
import { transferDecoded } from './mime/transfer-encoding.ts';
import { documentKind } from './attachments/document-kind.ts';
import type { DocumentKind } from './attachments/document-kind.ts';

/** What a list shows of a message, from its header alone. */
export interface MessageHead {
  readonly subject: string;
  readonly from: Mailbox;
  /** To, Cc and Bcc as written, decoded. */
  readonly recipients: string;
  /** Milliseconds since 1970, null when the header does not say. */
  readonly date: number | null;
  readonly messageId: string | null;
  /** Message-IDs of what it answers, nearest last. */
  readonly references: readonly string[];
}

export interface MessageText extends MessageHead {
  readonly body: string;
  /** Names of everything attached, also within attached messages. */
  readonly files: readonly string[];
  /** How many a person would call attachments. */
  readonly attachments: number;
  /** Text of attachments that need no library: text, HTML, messages. */
  readonly inside: readonly string[];
  /** Attachments that do. */
  readonly documents: readonly AttachedDocument[];
  /** Some of it was passed over for a limit. */
  readonly cut: boolean;
}

export interface AttachedDocument {
  readonly kind: DocumentKind;
  readonly octets: Buffer;
}

export function messageHead(header: HeaderSection): MessageHead {
  // Italian certified mail names the message that a receipt is for in a field of its own (RFC 6109 section 3.1.3).
  const references = ['references', 'in-reply-to', 'x-riferimento-message-id'].flatMap(
    name => (header.get(name) ?? []).join(' ').match(/<[^<>\s]{1,500}>/g) ?? [],
  );
  const recipients = ['to', 'cc', 'bcc'].flatMap(name => header.get(name) ?? []);
  const date = Date.parse(firstValue(header, 'date').replaceAll(/\([^)]*\)/g, ' '));
  return {
    subject: tidy(decodeWords(firstValue(header, 'subject'))),
    from: firstMailbox(firstValue(header, 'from')),
    recipients: tidy(recipients.map(decodeWords).join(', ')),
    date: Number.isNaN(date) ? null : date,
    messageId: /<[^<>\s]{1,500}>/.exec(firstValue(header, 'message-id'))?.[0] ?? null,
    // The root and the nearest matter; a message that names 100,000 others belongs to none.
    references: [...references.slice(0, 1), ...references.slice(1).slice(-limits.references)],
  };
}

/** Everything of a message that can be looked for. Never throws because of what is in it. */
export function messageText(octets: Buffer): MessageText {
  const { root, cut } = partTree(octets);
  return textOfMessage(root, cut);
}

interface Gathering {
  readonly bodies: string[];
  readonly files: string[];
  readonly inside: string[];
  readonly documents: AttachedDocument[];
  attachments: number;
  characters: number;
  documentOctets: number;
  cut: boolean;
}

function textOfMessage(root: Part, cut: boolean): MessageText {
  const gathered: Gathering = {
    ...{ bodies: [], files: [], inside: [], documents: [] },
    ...{ attachments: 0, characters: 0, documentOctets: 0, cut },
  };
  visit(root, gathered, true);
  const { bodies, files, inside, documents, attachments } = gathered;
  return {
    ...messageHead(root.header),
    body: bodies.join('\n'),
    files,
    attachments,
    inside,
    documents,
    cut: gathered.cut,
  };
}

/** @param wantsText false within an alternative whose text was taken already: only its attachments count */
function visit(part: Part, into: Gathering, wantsText: boolean): void {
  if (part.type === 'multipart/alternative') {
    visitAlternative(part, into, wantsText);
    return;
  }
  if (part.type.startsWith('multipart/')) {
    for (const child of part.children) visit(child, into, wantsText);
    return;
  }
  const [nested] = part.children;
  if (nested !== undefined) {
    visitNested(nested, part, into);
    return;
  }
  if (isBody(part)) {
    if (wantsText) addText(into, into.bodies, () => partText(part));
    return;
  }
  visitAttachment(part, into);
}

/** The plain text, unless it holds no words: newsletters send an empty one. */
function visitAlternative(part: Part, into: Gathering, wantsText: boolean): void {
  const plain = wantsText ? part.children.find(child => child.type === 'text/plain' && isBody(child)) : undefined;
  const text = plain === undefined ? '' : partText(plain);
  const serves = /[\p{L}\p{N}]/u.test(text);
  if (serves) addText(into, into.bodies, () => text);
  for (const child of part.children) if (child !== plain) visit(child, into, wantsText && !serves);
}

function visitNested(message: Part, part: Part, into: Gathering): void {
  const inner = textOfMessage(message, false);
  into.attachments += 1;
  into.files.push(part.name === '' ? inner.subject : part.name, ...inner.files);
  into.documents.push(...inner.documents);
  into.cut ||= inner.cut;
  const { subject, from, recipients, body, inside } = inner;
  for (const text of [subject, `${from.name} ${from.address}`, recipients, body, ...inside]) {
    addText(into, into.inside, () => text);
  }
}

function visitAttachment(part: Part, into: Gathering): void {
  const isPictureInText = part.type.startsWith('image/') && part.contentId && part.disposition !== 'attachment';
  if (!isPictureInText) into.attachments += 1;
  if (part.name !== '') into.files.push(tidy(part.name));
  if (
    part.type.startsWith('text/') ||
    /[/+](xml|json|html)$/.test(part.type) ||
    /\.(txt|csv|xml|html?|ics|vcf)$/i.test(part.name)
  ) {
    addText(into, into.inside, () => partText(part));
    return;
  }
  const kind = documentKind(part.type, part.name);
  if (kind === null) return;
  // Three quarters, because base64 is four letters for three octets.
  const octets = part.body.length * 0.75;
  if (into.documentOctets + octets > limits.attachmentOctets) {
    into.cut = true;
    return;
  }
  into.documentOctets += octets;
  into.documents.push({ kind, octets: transferDecoded(part.body, part.encoding) });
}

function isBody({ type, disposition, name }: Part): boolean {
  if (type !== 'text/plain' && type !== 'text/html') return false;
  return disposition !== 'attachment' && (name === '' || disposition === 'inline');
}

function addText(into: Gathering, list: string[], text: () => string): void {
  if (into.characters >= limits.messageCharacters) {
    into.cut = true;
    return;
  }
  const added = text();
  into.characters += added.length;
  if (added !== '') list.push(added);
}

/** Text encodes to at most four times its size, so nothing behind this could be kept. */
const partOctets = limits.partCharacters * 4;

function partText(part: Part): string {
  const body = part.body.length > partOctets ? part.body.subarray(0, partOctets) : part.body;
  const text = charsetText(transferDecoded(body, part.encoding), part.charset);
  const isMarkup = /[/+](html|xml)$/.test(part.type) || /\.(html?|xml)$/i.test(part.name);
  return (isMarkup ? htmlText(text) : text).slice(0, limits.partCharacters);
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
