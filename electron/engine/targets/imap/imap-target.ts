import { TravasoError } from '../../../../shared/errors.ts';
import { fetchMessages } from '../../imap/fetch-messages.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import { encodeModifiedUtf7 } from '../../imap/modified-utf7.ts';
import type { MailTarget, TargetEntry, TargetFolder } from '../mail-target.ts';
import { keepsKeyword } from './append-arguments.ts';
import { appendMessages } from './append-messages.ts';
import { carefulConnection } from './careful-connection.ts';
import { causeOfRefusal } from './cause-of-refusal.ts';
import { createTargetFolder } from './create-target-folder.ts';
import { listTargetFolders } from './list-target-folders.ts';
import type { NameRules } from './name-rules.ts';
import { selectTargetFolder } from './select-target-folder.ts';
import { targetInventory } from './target-inventory.ts';
import { readAppendLimit, readQuota } from './target-limits.ts';
import { setLateFlags, storeFlags, withoutLateFlags } from './late-flags.ts';
import type { ServerTraits } from './server-traits.ts';
import { nameKey, parentNames, targetName } from './target-name.ts';

export interface ImapTarget extends MailTarget {
  /** Equal for two names that are one folder to this server: what a plan compares before it creates anything. */
  nameKey(name: string): string;
}

export interface ImapTargetParts {
  readonly account: string;
  readonly connection: ImapConnection;
  readonly rules: NameRules;
  readonly traits: ServerTraits;
}

/** A target on a signed-in connection, which it owns from then on. */
export function imapTarget({ account, connection: line, rules, traits }: ImapTargetParts): ImapTarget {
  const connection = carefulConnection(line, traits);
  /** Names the server listed that are no modified UTF-7, by how they are shown: only their octets lead back to them. */
  const oddMailboxes = new Map<string, string>();
  const wire = (name: string): string => oddMailboxes.get(name) ?? encodeModifiedUtf7(name);
  /** Read once; undefined until then. */
  let maxMessageBytes: number | null | undefined;
  let opened = 0;

  const appendLimit = async (signal: AbortSignal): Promise<number | null> => {
    if (maxMessageBytes === undefined) {
      maxMessageBytes = (await readAppendLimit(connection, signal)) ?? traits.maxMessageBytes;
    }
    return maxMessageBytes;
  };

  return {
    account,
    keepsBytes: traits.keepsBytes,
    mergesCase: traits.mergesCase,
    permittedRate: traits.permittedRate,
    nameFor: path => targetName(path, rules),
    nameKey: name => nameKey(name, rules),

    async limits(signal) {
      return {
        maxMessageBytes: await appendLimit(signal),
        maxLineOctets: traits.maxLineOctets,
        // RFC 3516 would allow it where BINARY is announced. Dovecot announces it and then rewrites the message.
        nulAllowed: false,
        ...(traits.takesEightBitHeader ? {} : { refusesEightBitHeader: true }),
        maxFolders: traits.maxFolders,
        maxMessagesPerFolder: traits.maxMessagesPerFolder,
        quota: await readQuota(connection, signal),
      };
    },

    async listFolders(signal) {
      const folders = await listTargetFolders(connection, rules, oddMailboxes, signal);
      return folders.map(folder =>
        folder.role === null && !traits.holdsMail(folder.path) ? { ...folder, selectable: false } : folder,
      );
    },

    async createFolder(name, signal) {
      if (name.toUpperCase() === 'INBOX') return;
      const parents = parentNames(name, rules).map(wire);
      await createTargetFolder(connection, { mailbox: wire(name), folder: name, parents }, signal);
    },

    async openFolder(name, signal): Promise<TargetFolder> {
      opened += 1;
      const ticket = opened;
      const limit = await appendLimit(signal);
      const selected = await selectTargetFolder(connection, wire(name), name, signal);
      let uidNext = selected.uidNext;
      const acceptsKeyword = (keyword: string): boolean =>
        !traits.neverSent.has(keyword.toLowerCase()) && keepsKeyword(selected.permanentFlags, keyword);
      /** UIDs mean nothing outside their folder: looking into another one would end in a message sent twice. */
      const stillOpen = (): void => {
        if (ticket !== opened) throw new TravasoError('INTERNAL', { kind: 'folder-not-open' });
      };
      /** Without UIDPLUS nothing else tells how far the UIDs have come, and each look would start from the beginning. */
      async function* seen(entries: AsyncIterable<readonly TargetEntry[]>): AsyncGenerator<readonly TargetEntry[]> {
        for await (const batch of entries) {
          for (const { key } of batch) uidNext = Math.max(uidNext, Number(key) + 1);
          yield batch;
        }
      }
      return {
        generation: selected.uidValidity,
        messages: selected.messages,
        acceptsKeyword,
        mark: () => String(uidNext),
        identityOf: traits.identityOf,

        inventory(since, signal) {
          stillOpen();
          return seen(targetInventory(connection, { folder: name, since: Number(since ?? 1), traits }, signal));
        },

        async *append(messages, signal) {
          stillOpen();
          const destination = {
            mailbox: wire(name),
            folder: name,
            uidValidity: selected.uidValidity,
            acceptsKeyword,
            maxMessageBytes: limit,
            causeOfRefusal: (sizeBytes: number) =>
              traits.tellsCauseWhenAsked ? causeOfRefusal(connection, wire(name), sizeBytes) : Promise.resolve(null),
          };
          const early = messages.map(message => withoutLateFlags(message, traits.lateFlags));
          const appended = appendMessages(connection, destination, early, signal);
          for await (const outcome of setLateFlags(connection, messages, traits.lateFlags, appended)) {
            // UIDs only rise, so whatever arrives from now on lies above one that was given.
            if (outcome.kind === 'stored' && outcome.key !== null) uidNext = Math.max(uidNext, Number(outcome.key) + 1);
            yield outcome;
          }
        },

        async completeFlags(stored) {
          stillOpen();
          await storeFlags(connection, stored, traits.lateFlags);
        },

        fetch(keys, signal) {
          stillOpen();
          return fetchMessages(connection, keys, signal);
        },
      };
    },

    close: () => connection.close(),
  };
}
