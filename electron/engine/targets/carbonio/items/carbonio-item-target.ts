import { TravasoError } from '../../../../../shared/errors.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import type { Log } from '../../../ports.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { nameKey, targetName } from '../../imap/target-name.ts';
import type { ItemTarget, TargetItemFolder } from '../../item-target.ts';
import { mailboxFolders } from '../mailbox-folders.ts';
import { carbonioNameRules } from '../name-rules.ts';
import { demand } from '../read.ts';
import { infoAnswer } from '../soap-answers.ts';
import type { InfoAnswer } from '../soap-answers.ts';
import { tagBook } from '../tag-book.ts';
import type { TagColour } from '../tag-book.ts';
import { mailboxQuota } from '../target-limits.ts';
import { calendarBook } from './calendar-book.ts';
import { calendarCollection } from './calendar-collection.ts';
import { contactCollection } from './contact-collection.ts';
import { isFolderKind, itemFolders } from './item-folders.ts';
import { prepareCalendar } from './prepare-calendar.ts';
import { prepareContact } from './prepare-contact.ts';
import { prepareRules, ruleCollection } from './rule-collection.ts';
import { prepareSignature, signatureCollection } from './signature-collection.ts';

export interface CarbonioItemTargetParts {
  readonly account: string;
  /** Closed with the target. */
  readonly session: SoapSession;
  readonly info: InfoAnswer;
  /** How the old mailbox showed its tags, by name in lower case. */
  readonly tagColours: ReadonlyMap<string, TagColour>;
  readonly log: Log;
}

const kinds: ReadonlySet<ItemKind> = new Set<ItemKind>(['contact', 'event', 'task', 'rule', 'signature']);

/** Rules and signatures are of the account, in one list each. */
const settings: readonly TargetItemFolder[] = [
  { kind: 'rule', key: 'rules', name: 'Regole', isDefault: true },
  { kind: 'signature', key: 'signatures', name: 'Firme', isDefault: true },
];

/**
 * What is no mail in a mailbox of Carbonio (or Zimbra), over SOAP, uploads and REST. Contacts go one by one, in the
 * mailbox's own fields; appointments and tasks as iCalendar, many at once, and are counted back; rules and signatures are
 * added to those that are there.
 */
export function carbonioItemTarget(parts: CarbonioItemTargetParts): ItemTarget {
  const { account, session, info, log } = parts;
  const folders = itemFolders(session);
  const tags = tagBook(session, parts.tagColours, log);
  const book = calendarBook(session);

  const room = async (signal: AbortSignal): Promise<number | null> => {
    const now = await demand(session, 'GetInfoRequest', { sections: 'mbox,attrs' }, infoAnswer, signal);
    if (now.used === undefined) return null;
    const quota = await mailboxQuota(now, () => Promise.resolve([]));
    return quota === null ? null : Math.max(0, quota.limitBytes - quota.usedBytes);
  };

  return {
    account,
    kinds,
    listFolders: async signal => [...(await folders.list(signal)), ...settings],
    nameFor: (_kind, path) => targetName(path, carbonioNameRules).name,
    nameKey: name => nameKey(name, carbonioNameRules),

    async createFolder(kind, name, signal) {
      if (isFolderKind(kind)) return await folders.create(kind, name, signal);
      const found = settings.find(each => each.kind === kind);
      if (found === undefined) throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: 'kind' });
      return found;
    },

    async openFolder(folder, signal) {
      switch (folder.kind) {
        case 'contact':
          await folders.assertThere(folder, signal);
          return contactCollection({ session, folder, tags });
        case 'event':
        case 'task':
          await folders.assertThere(folder, signal);
          return calendarCollection({ session, folder, tags, book, room });
        case 'rule':
          return ruleCollection({ session, tags, folders: mailboxFolders(session) });
        case 'signature':
          return signatureCollection({ session, longest: longestSignature(info), log });
        default:
          throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: folder.name });
      }
    },

    prepare(item) {
      switch (item.kind) {
        case 'contact':
          return prepareContact(item);
        case 'event':
        case 'task':
          return prepareCalendar(item);
        case 'rule':
          return prepareRules(item);
        case 'signature':
          return prepareSignature(item);
        default:
          throw new TravasoError('ITEM_REFUSED', { kind: item.kind, name: item.name, reason: 'kind' });
      }
    },

    close: () => session.close(),
  };
}

/** Zero is none; a server that does not say has the one that servers come with, and will tell. */
function longestSignature({ attrs }: InfoAnswer): number | null {
  const given = attrs._attrs['zimbraMailSignatureMaxLength'];
  const text = typeof given === 'object' ? given[0] : given;
  const limit = text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return limit === 0 ? null : limit;
}
