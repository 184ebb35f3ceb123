import { damaged, tolerating } from '../damage.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { openTable } from '../ltp/table-context.ts';
import { addressFrom } from './address.ts';
import type { MailAddress } from './address.ts';

export type RecipientKind = 'to' | 'cc' | 'bcc';

export interface Recipient extends MailAddress {
  readonly kind: RecipientKind;
  /** [MS-OXOCAL] 2.2.4.10.2: 1 organizer, 2 tentative, 3 accepted, 4 declined; null or 0 when not said. */
  readonly response: number | null;
}

/** [MS-PST] 2.4.5: the recipient table is always the subnode of this id. */
const recipientTable = 0x692;

/** No mail system takes more; beyond it a table is a bomb. */
const mostRecipients = 50_000;

const kinds: Readonly<Record<number, RecipientKind>> = { 1: 'to', 2: 'cc', 3: 'bcc' };

/**
 * The recipients in the table's order. A message without the table (old or damaged files) falls back on the display
 * lists, which hold names only.
 */
export function readRecipients(properties: Properties): readonly Recipient[] {
  const { node } = properties;
  const found: Recipient[] = [];
  const complete = tolerating(node.faults, false, () => {
    const table = node.subnode(recipientTable);
    if (table === null) return false;
    for (const row of openTable(table, properties.codePage).rows()) {
      if (found.length >= mostRecipients) throw damaged('too-large');
      const address = addressFrom(
        {
          name: row.text(tag.displayName),
          type: row.text(tag.addressType),
          address: row.text(tag.emailAddress),
          smtp: row.text(tag.smtpAddress),
          entryId: row.octets(tag.entryId),
        },
        properties.codePage,
      );
      // The high bits say "already sent to" ([MS-OXOMSG] 2.2.3.1).
      const kind = kinds[(row.number(tag.recipientType) ?? 1) & 0x0f];
      if (address === null || kind === undefined) continue;
      found.push({ ...address, kind, response: row.number(tag.recipientTrackStatus) });
    }
    return true;
  });
  if (complete || found.length > 0) return found;
  return [
    ...namesOnly(properties.text(tag.displayTo), 'to'),
    ...namesOnly(properties.text(tag.displayCc), 'cc'),
    ...namesOnly(properties.text(tag.displayBcc), 'bcc'),
  ];
}

function namesOnly(list: string | null, kind: RecipientKind): readonly Recipient[] {
  const empty = { type: null, address: null, smtp: null, entryId: null };
  return (list ?? '').split(';').flatMap(name => {
    const address = addressFrom({ ...empty, name }, 0);
    return address === null ? [] : [{ ...address, kind, response: null }];
  });
}
