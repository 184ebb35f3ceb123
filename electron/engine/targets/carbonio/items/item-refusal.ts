import { TravasoError } from '../../../../../shared/errors.ts';
import type { Problem, ProblemDetails } from '../../../../../shared/errors.ts';
import type { SoapFault } from '../../../zimbra/soap-session.ts';
import { busyError } from '../read.ts';

/** What a fault in answer to an item concerns: this item alone, whatever would follow it as well, or the session. */
export type ItemRefusal =
  | { readonly concerns: 'item'; readonly problem: Problem }
  | { readonly concerns: 'account'; readonly problem: Problem }
  | { readonly concerns: 'session'; readonly error: TravasoError };

/** Limits of the account that the next item would meet, too. */
const full: ReadonlySet<string> = new Set(['mail.TOO_MANY_CONTACTS', 'account.TOO_MANY_SIGNATURES']);
const closed: ReadonlySet<string> = new Set(['service.PERM_DENIED', 'service.UNKNOWN_DOCUMENT']);

/** @param details of the item: `folder`, `kind`, `name` */
export function readItemRefusal(fault: SoapFault, details: ProblemDetails): ItemRefusal {
  const more = { ...details, reason: fault.code };
  const busy = busyError(fault);
  if (busy !== null) return { concerns: 'session', error: busy };
  if (/^mail\.(?:DOMAIN_)?QUOTA_EXCEEDED$/.test(fault.code)) {
    return { concerns: 'account', problem: { code: 'TARGET_QUOTA', details: more } };
  }
  if (fault.code === 'mail.NO_SUCH_FOLDER') {
    return { concerns: 'session', error: new TravasoError('TARGET_FOLDER_VANISHED', more, { cause: fault }) };
  }
  if (closed.has(fault.code)) {
    return { concerns: 'session', error: new TravasoError('ITEM_FOLDER_REFUSED', more, { cause: fault }) };
  }
  const concerns = full.has(fault.code) ? 'account' : 'item';
  return { concerns, problem: { code: 'ITEM_REFUSED', details: more } };
}
