import { createHash } from 'node:crypto';

/** Longer names would not fit into 255 octets with what stands around them. */
const longestIdentity = 120;

/**
 * The last segment of an item's address: made of its identity, so that sending it twice makes one, and readable back, so
 * that an inventory need not look into what we put there.
 */
export function resourceName(identity: string, extension: 'ics' | 'vcf'): string {
  const octets = Buffer.from(identity);
  const name =
    octets.length <= longestIdentity
      ? `travaso-${octets.toString('base64url')}`
      : `travaso.${createHash('sha256').update(octets).digest('hex')}`;
  return `${name}.${extension}`;
}

/** Null for a name that another program gave, or that only hashes the identity. */
export function identityOfResource(url: string): string | null {
  const encoded = /\/travaso-([\w-]+)\.(?:ics|vcf)$/.exec(new URL(url).pathname)?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64url').toString();
}
