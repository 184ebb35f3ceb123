import type { ServerResponse } from 'node:http';
import { FakeFault } from './fake-account.ts';
import type { FakeMailboxPart, SoapHandler } from './fake-account.ts';
import { folderHandlers } from './mailbox/folder-handlers.ts';
import { MailboxStore } from './mailbox/mailbox-store.ts';
import { messageHandlers, search } from './mailbox/message-handlers.ts';
import { sync } from './mailbox/sync-handler.ts';
import { answerHome, answerUpload, breakAnswer } from './mailbox/web-routes.ts';
import { answerItem } from './target-items/item-download.ts';
import { itemHandlers, itemLists, searchItems } from './target-items/item-handlers.ts';
import { settingHandlers } from './target-items/setting-handlers.ts';
import { TargetItemsStore } from './target-items/target-items-store.ts';

/** A moment at which a test can disturb the server; what it throws is the answer. */
export interface FakeMoment {
  /** Name of a SOAP request, or `upload`, or `home`. */
  readonly at: string;
  /** `after`: it was done, and only the answer is lost. */
  readonly moment: 'before' | 'after';
}

export interface FakeMailboxOptions {
  /** Octets; 0 (the default) for none. */
  readonly quota?: number;
  /** Octets of the largest message; default 10,240,000 as a new server has it, -1 for none. */
  readonly maxMessage?: number;
  /** Default: true. */
  readonly addsFields?: boolean;
  /** Names of the special folders by their ids, where they are not English. */
  readonly names?: Readonly<Record<string, string>>;
  /** The account's id. */
  readonly accountId?: string;
  /** False: GetInfo was answered by a node that does not hold the mailbox. */
  readonly tellsUse?: boolean;
}

export interface FakeMailbox extends FakeMailboxPart {
  readonly store: MailboxStore;
  /** Contacts, appointments, tasks, rules and signatures. */
  readonly items: TargetItemsStore;
  /** Throws a `FakeFault` or a `BrokenAnswer` to disturb. Set by tests, at any time. */
  disturb: (moment: FakeMoment) => void;
  /** How often each was asked, by name. */
  readonly asked: Map<string, number>;
}

/** A mailbox of Zimbra or Carbonio in memory: folders, tags, messages and uploads. */
export function fakeMailbox(options: FakeMailboxOptions = {}): FakeMailbox {
  const { quota = 0, maxMessage = 10_240_000, addsFields = true, tellsUse = true } = options;
  const store = new MailboxStore({ quota, message: maxMessage }, options.names);
  const items = new TargetItemsStore(store);
  const asked = new Map<string, number>();
  const begin = (at: string): void => {
    asked.set(at, (asked.get(at) ?? 0) + 1);
    mailbox.disturb({ at, moment: 'before' });
  };
  const disturbed =
    (name: string, handler: SoapHandler): SoapHandler =>
    async (body, call) => {
      begin(name);
      const answer = await handler(body, call);
      mailbox.disturb({ at: name, moment: 'after' });
      return answer;
    };
  const handlers = [
    ...folderHandlers(store),
    ...messageHandlers(store, { addsFields }),
    ...itemHandlers(items),
    ...settingHandlers(items),
    [
      'SearchRequest',
      body => (/appointment|task/.test(String(body['types'])) ? searchItems(items, body) : search(store, body)),
    ] satisfies [string, SoapHandler],
    ['SyncRequest', body => sync(store, body, folder => itemLists(items, folder))] satisfies [string, SoapHandler],
  ] as const;

  const mailbox: FakeMailbox = {
    store,
    items,
    asked,
    disturb: () => undefined,
    soap: new Map(handlers.map(([name, handler]) => [name, disturbed(name, handler)])),
    upload(request, response) {
      const act = (): void => {
        begin('upload');
        answerUpload(store, request, response);
      };
      // A fault has no place in this answer but its number.
      orBroken(response, act, status => response.writeHead(200).end(`${status},'null'`));
    },
    home(request, response) {
      const act = (): void => {
        begin('home');
        if (!answerItem(items, request, response)) answerHome(store, request, response);
      };
      orBroken(response, act, status => response.writeHead(status).end());
    },
    info: () => ({
      id: options.accountId ?? 'a1b2c3d4-0000-4000-8000-000000000001',
      attSizeLimit: store.limits.message,
      used: tellsUse ? store.used() : undefined,
      prefs: { _attrs: { zimbraPrefLocale: 'it', ...items.preferences } },
    }),
    attributes: () => ({
      zimbraMailQuota: String(store.limits.quota),
      zimbraMailSignatureMaxLength: String(items.limits.signatureLength),
    }),
  };
  return mailbox;
}

/** Neither route speaks SOAP: of a fault only its number is told. */
function orBroken(response: ServerResponse, act: () => void, tell: (status: number) => void): void {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof FakeFault) tell(thrown.code.startsWith('service.AUTH_') ? 401 : 500);
    else if (!breakAnswer(response, thrown)) throw thrown;
  }
}
