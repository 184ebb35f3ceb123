import { faultProblem } from '../../zimbra/fault-problem.ts';
import { attributeValues, numberOf, recordOf, recordsOf, textOf } from '../../zimbra/json-values.ts';
import type { JsonRecord } from '../../zimbra/json-values.ts';
import type { SoapSession } from '../../zimbra/soap-session.ts';
import type { SourceAccount } from '../source-account.ts';
import { readZimbraTags } from './zimbra-tags.ts';

/** @throws what the session throws; a fault as the problem it means */
export async function readSourceAccount(
  account: string,
  session: SoapSession,
  signal: AbortSignal,
): Promise<SourceAccount> {
  try {
    const sections = { sections: 'mbox,attrs,idents' };
    const info = await session.request('GetInfoRequest', 'urn:zimbraAccount', sections, signal);
    const tags = readZimbraTags(await session.request('GetTagRequest', 'urn:zimbraMail', {}, signal));
    return {
      account,
      server: [session.edition, textOf(info['version'])].filter(part => part !== null).join(' '),
      name: textOf(info['name']) ?? session.identity,
      // Missing when another machine answered than the one the mailbox lies on.
      usedBytes: numberOf(info['used']),
      quotaBytes: quotaOf(info),
      aliases: [...attributeValues(info['attrs'], 'zimbraMailAlias')].sort(),
      identities: identitiesOf(info),
      tags: tags.map(({ name, color, rgb }) => ({ name, color, rgb })),
    };
  } catch (thrown) {
    throw faultProblem(thrown, new URL(session.origin).hostname);
  }
}

/** `"0"` is no limit. A lower limit of the domain is told by nobody but IMAP. */
function quotaOf(info: JsonRecord): number | null {
  const quota = Number(attributeValues(info['attrs'], 'zimbraMailQuota')[0] ?? '0');
  return Number.isSafeInteger(quota) && quota > 0 ? quota : null;
}

function identitiesOf(info: JsonRecord): SourceAccount['identities'] {
  return recordsOf(recordOf(info['identities'])['identity']).map(identity => ({
    name: textOf(identity['name']) ?? '',
    address: attributeValues(identity, 'zimbraPrefFromAddress')[0] ?? null,
    displayName: attributeValues(identity, 'zimbraPrefFromDisplay')[0] ?? null,
  }));
}
