import { TravasoError } from '../../../../shared/errors.ts';
import type { Clock, Log } from '../../ports.ts';
import type { SoapSession } from '../../zimbra/soap-session.ts';
import { nameKey, targetName } from '../imap/target-name.ts';
import type { MailTarget, TargetFolder } from '../mail-target.ts';
import { addMessages } from './add-messages.ts';
import { messagesOf } from './folder-items.ts';
import { folderInventory } from './folder-inventory.ts';
import { identityWithoutId } from './identity.ts';
import { mailboxFolders } from './mailbox-folders.ts';
import { carbonioNameRules } from './name-rules.ts';
import { rawMessages } from './raw-messages.ts';
import type { InfoAnswer } from './soap-answers.ts';
import { tagBook, type TagColour } from './tag-book.ts';
import { mailboxQuota, messageLimit } from './target-limits.ts';

export interface CarbonioTargetParts {
  readonly account: string;
  /** Closed with the target. */
  readonly session: SoapSession;
  readonly info: InfoAnswer;
  readonly tagColours: ReadonlyMap<string, TagColour>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A mailbox of Carbonio (or Zimbra) that mail is added to over SOAP, REST and uploads. Item ids are the keys: they rise
 * through the whole mailbox and are never used twice, so that whatever is added from now on lies above the mark.
 */
export function carbonioTarget(parts: CarbonioTargetParts): MailTarget {
  const { account, session, info, clock } = parts;
  const folders = mailboxFolders(session);
  const tags = tagBook(session, parts.tagColours, parts.log);
  const maxMessageBytes = messageLimit(info);

  return {
    account,
    // As far as the uploads go: a missing MIME-Version or Message-ID may be added, and each such message is named.
    keepsBytes: true,
    nameFor: path => targetName(path, carbonioNameRules),
    nameKey: name => nameKey(name, carbonioNameRules),

    limits: async signal => ({
      maxMessageBytes,
      maxLineOctets: null,
      nulAllowed: true,
      quota: await mailboxQuota(info, () => folders.list(signal)),
    }),

    listFolders: async signal =>
      (await folders.list(signal)).map(({ name, path, role, holdsMail }) => ({
        ...{ name, path, role },
        // Calendars, shares and searches are named as well, so that no folder of mail is sent into one.
        selectable: holdsMail,
      })),

    createFolder: (name, signal) => folders.create(name, signal),

    async openFolder(name, signal): Promise<TargetFolder> {
      const element = await folders.look(name, signal);
      const folder = { id: element.id, name };
      let next = element.i4next ?? 0;
      return {
        // A mailbox that was made anew begins its ids anew, and the folders of its own have the same ids as before.
        generation: `${info.id}:${element.uuid ?? element.id}`,
        messages: element.i4n ?? element.n,
        acceptsKeyword: keyword => tags.accepts(keyword),
        mark: () => String(next),
        identityOf: identityWithoutId,

        inventory: (since, signal, wanted = () => true) => folderInventory(session, folder, { since, wanted }, signal),

        async *append(messages, signal) {
          const destination = { folderId: folder.id, folder: name, maxMessageBytes, tags };
          for await (const outcome of addMessages(session, destination, messages, { clock, signal })) {
            if (outcome.kind === 'stored' && outcome.key !== null) next = Math.max(next, Number(outcome.key) + 1);
            yield outcome;
          }
        },

        async *fetch(keys, signal) {
          for (const key of keys) {
            if (!/^\d{1,15}$/.test(key)) throw new TravasoError('INTERNAL', { kind: 'no-item-id' });
          }
          // Asked by its id alone the server finds a message wherever it was moved to.
          for await (const found of messagesOf(session, folder, keys, signal)) {
            const ids = found.map(({ id }) => id);
            yield* rawMessages(session, ids, signal);
          }
        },
      };
    },

    close: () => session.close(),
  };
}
