/** What a CMS object (RFC 5652; PKCS #7 before it) carries, as far as it can be read without a key. */
export type CmsObject =
  /** `content`: what was signed; null where the signature stands apart from it. Nothing is verified. */
  { readonly kind: 'signed'; readonly content: Buffer | null } | { readonly kind: 'encrypted' };

interface Element {
  readonly tag: number;
  /** Content octets. */
  readonly start: number;
  readonly end: number;
  /** Behind the element, an end-of-contents marker included. */
  readonly next: number;
}

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const CONSTRUCTED_OCTET_STRING = 0x24;
const CONTEXT_0 = 0xa0;

const oids = {
  signed: '2a864886f70d010702',
  enveloped: '2a864886f70d010703',
  encrypted: '2a864886f70d010706',
  authEnveloped: '2a864886f70d0109100117',
} as const;

/** Elements within elements; a signature has five on the way to its content. */
const deepest = 16;
/** Pieces of a content that was streamed: OpenSSL writes four kilobytes at a time, others one. */
const mostPieces = 1_000_000;

/**
 * Reads a CMS object, in DER or BER with lengths left open (streaming signers write them), or in PEM, as some save it.
 * Null when it is none, or broken before its content. Touches nothing but the path to the content: certificates and
 * signatures are not looked at, so nothing in them can do harm.
 */
export function readCms(octets: Buffer): CmsObject | null {
  const binary = octets[0] === SEQUENCE ? octets : fromPem(octets);
  if (binary === null) return null;
  try {
    return readContentInfo(binary);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function fromPem(octets: Buffer): Buffer | null {
  const text = octets.toString('latin1', 0, 200).trimStart();
  if (!/^(-----BEGIN (PKCS7|CMS)-----|MI[A-Za-z0-9+/])/.test(text)) return null;
  const letters = octets.toString('latin1').replaceAll(/-----[A-Z0-9 ]{1,40}-----/g, '');
  const binary = Buffer.from(letters, 'base64');
  return binary[0] === SEQUENCE ? binary : null;
}

function readContentInfo(octets: Buffer): CmsObject | null {
  const [type, content] = childrenOf(octets, elementAt(octets, 0, octets.length, 0), 2, 0);
  if (type?.tag !== OBJECT_IDENTIFIER || content?.tag !== CONTEXT_0) return null;
  const oid = octets.toString('hex', type.start, type.end);
  if (oid === oids.enveloped || oid === oids.encrypted || oid === oids.authEnveloped) return { kind: 'encrypted' };
  if (oid !== oids.signed) return null;
  const [signedData] = childrenOf(octets, content, 1, 1);
  if (signedData?.tag !== SEQUENCE) return null;
  // SignedData: version, digestAlgorithms, encapContentInfo (RFC 5652 section 5.1).
  const [, , encapsulated] = childrenOf(octets, signedData, 3, 2);
  if (encapsulated?.tag !== SEQUENCE) return null;
  const [, explicit] = childrenOf(octets, encapsulated, 2, 3);
  if (explicit?.tag !== CONTEXT_0) return { kind: 'signed', content: null };
  const [value] = childrenOf(octets, explicit, 1, 4);
  if (value === undefined) return null;
  const pieces: Buffer[] = [];
  gather(octets, value, pieces, 5);
  return { kind: 'signed', content: pieces.length === 1 ? (pieces[0] ?? null) : Buffer.concat(pieces) };
}

/** A constructed string is the concatenation of its pieces (X.690 section 8.7.3). */
function gather(octets: Buffer, element: Element, into: Buffer[], depth: number): void {
  if (depth > deepest || into.length >= mostPieces) throw new RangeError('nested too deep');
  // Old PKCS #7 signed other types as they are, without a string around them.
  if (element.tag !== CONSTRUCTED_OCTET_STRING) {
    into.push(octets.subarray(element.start, element.end));
    return;
  }
  for (let at = element.start; at < element.end;) {
    const piece = elementAt(octets, at, element.end, depth);
    gather(octets, piece, into, depth + 1);
    at = piece.next;
  }
}

/** The first `count` elements within another, or as many as there are. */
function childrenOf(octets: Buffer, parent: Element, count: number, depth: number): Element[] {
  const children: Element[] = [];
  for (let at = parent.start; at < parent.end && children.length < count;) {
    const child = elementAt(octets, at, parent.end, depth + 1);
    children.push(child);
    at = child.next;
  }
  return children;
}

/** @throws RangeError where it does not lie within `limit`, or nests without end */
function elementAt(octets: Buffer, at: number, limit: number, depth: number): Element {
  const tag = octets[at];
  const first = octets[at + 1];
  if (tag === undefined || first === undefined || depth > deepest || (tag & 0x1f) === 0x1f) {
    throw new RangeError('no element');
  }
  if (first === 0x80) return openElement(octets, { tag, start: at + 2, limit, depth });
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  // More than six octets of length is more than any file has, and more than a number holds exactly.
  if (lengthOctets > 6 || at + 2 + lengthOctets > limit) throw new RangeError('length');
  const length = lengthOctets === 0 ? first : octets.readUIntBE(at + 2, lengthOctets);
  const start = at + 2 + lengthOctets;
  const end = start + length;
  // Half a document would pass for a whole one.
  if (end > limit) throw new RangeError('cut');
  return { tag, start, end, next: end };
}

/** An element whose length is left open ends at two zero octets (X.690 section 8.1.3.6). */
function openElement(
  octets: Buffer,
  { tag, start, limit, depth }: { tag: number; start: number; limit: number; depth: number },
): Element {
  let at = start;
  while (at < limit) {
    if (octets[at] === 0 && octets[at + 1] === 0) return { tag, start, end: at, next: at + 2 };
    at = elementAt(octets, at, limit, depth + 1).next;
  }
  throw new RangeError('cut');
}
