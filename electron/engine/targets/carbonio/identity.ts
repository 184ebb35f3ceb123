import { createHash } from 'node:crypto';
import { identityFields, identityValues } from '../../message/identity.ts';

const surviving = identityFields.filter(field => field !== 'message-id');

/**
 * `messageIdentity` without the Message-ID: the server gives one to a message that came without. More messages share a
 * name this way; it only finds candidates, and octets or contents decide.
 */
export function identityWithoutId(header: Buffer): string {
  const values = identityValues(header);
  const canonical = surviving.map(name => `${name}:${values.get(name) ?? ''}`).join('\n');
  return createHash('sha256').update(canonical, 'latin1').digest('hex').slice(0, 32);
}
