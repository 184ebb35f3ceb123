import { createHash } from 'node:crypto';

/**
 * The id under which the secrets port keeps something that belongs to a sign-in or an account beside its password.
 * Hosts take UUIDs only; this is one of version 8 (RFC 9562 section 5.8), always the same for the same name.
 */
export function derivedSecretId(kind: 'trusted-device' | 'mail-password', name: string): string {
  const hex = createHash('sha256').update(`${kind}\n${name}`).digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
