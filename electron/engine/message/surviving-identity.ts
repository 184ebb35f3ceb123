import { createHash } from 'node:crypto';
import { dateOfField } from './header-date.ts';
import { identityFields, identityValues } from './identity.ts';

/**
 * `messageIdentity` for servers that rebuild the header: Message-ID and the instant of Date come through, while Subject
 * and addresses may be encoded anew. The other fields count only where both are missing. Finds candidates, decides
 * nothing.
 */
export function survivingIdentity(header: Buffer): string {
  const values = identityValues(header);
  const messageId = values.get('message-id') ?? '';
  const date = dateOfField(values.get('date') ?? '');
  const named =
    messageId !== '' || date !== null
      ? `message-id:${messageId}\ndate:${date ?? ''}`
      : identityFields.map(name => `${name}:${values.get(name) ?? ''}`).join('\n');
  return createHash('sha256').update(named, 'latin1').digest('hex').slice(0, 32);
}
