import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { astring } from '../../imap/command.ts';
import type { Command } from '../../imap/command.ts';
import type { CommandResult, ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import { readableMailboxName } from '../../imap/modified-utf7.ts';
import { busyProblem, serverSaid } from '../../imap/server-text.ts';
import type { FolderStatus } from '../mail-source.ts';
import type { ImapSession } from './imap-session.ts';
import { readStatusResponse, statusItems, statusOfEach } from './mailbox-status.ts';

/** One mailbox as the server lists it. */
export interface ListedMailbox {
  /** The name's octets, as EXAMINE takes them. */
  readonly name: string;
  readonly separator: string | null;
  /** Lower case, of LIST and XLIST together. */
  readonly attributes: ReadonlySet<string>;
  readonly status: FolderStatus | null;
}

export interface MailboxList {
  readonly mailboxes: readonly ListedMailbox[];
  readonly problems: readonly Problem[];
}

interface Found {
  readonly name: string;
  readonly separator: string | null;
  readonly attributes: Set<string>;
}

/** A tree whose listing breaks the line again and again is given up. */
const maxReconnects = 5;

/**
 * All mailboxes of the account. A broken share makes Zimbra refuse `LIST "" "*"`, answer it with nothing, or hang
 * (imapsync issue 426); then the tree is listed level by level, and only the level that fails is missing:
 *
 *     LIST "" "*" RETURN (…)    refused or empty →   LIST "" "*"   refused or empty →   LIST "" "%", LIST "" "a/%", …
 */
export async function listMailboxes(session: ImapSession, signal: AbortSignal): Promise<MailboxList> {
  const listing = new Listing(session, signal);
  await listing.names();
  await listing.additions();
  return { mailboxes: await listing.withStatus(), problems: listing.problems };
}

class Listing {
  readonly problems: Problem[] = [];
  readonly #session: ImapSession;
  readonly #signal: AbortSignal;
  readonly #found = new Map<string, Found>();
  readonly #status = new Map<string, FolderStatus>();
  /** Mailboxes whose children were asked for: a server that lists `a` below `a` must not lead round in circles. */
  readonly #visited = new Set<string>();
  #subscriptionsKnown = false;
  #reconnects = 0;

  constructor(session: ImapSession, signal: AbortSignal) {
    this.#session = session;
    this.#signal = signal;
  }

  async names(): Promise<void> {
    const { capabilities } = await this.#connection();
    const whole =
      capabilities.has('LIST-EXTENDED') || capabilities.has('IMAP4REV2') ? [extendedList(capabilities)] : [];
    for (const command of [...whole, 'LIST "" "*"']) {
      const result = await this.#ask(command, 'LIST');
      if (result.status === 'OK' && this.#found.size > 0) {
        this.#subscriptionsKnown = command !== 'LIST "" "*"';
        return;
      }
      if (result.status === 'lost') break;
    }
    await this.#level('', null);
    // RFC 3501 section 5.1: INBOX is always there, even where the list of mailboxes is beyond this server.
    if (![...this.#found.keys()].some(name => name.toUpperCase() === 'INBOX')) {
      this.problems.push(problemOf(new TravasoError('FOLDER_LIST_INCOMPLETE', { reason: 'inbox-not-listed' })));
      this.#found.set('INBOX', { name: 'INBOX', separator: null, attributes: new Set() });
    }
  }

  /** Subscriptions, and special uses from servers that tell them only to XLIST (Zimbra). Failures cost only those. */
  async additions(): Promise<void> {
    const { capabilities } = await this.#connection();
    if (!capabilities.has('SPECIAL-USE') && capabilities.has('XLIST')) await this.#ask('XLIST "" "*"', 'XLIST');
    if (this.#subscriptionsKnown) return;
    const result = await this.#ask('LSUB "" "*"', 'LSUB');
    if (result.status !== 'OK') for (const { attributes } of this.#found.values()) attributes.add('\\subscribed');
  }

  async withStatus(): Promise<readonly ListedMailbox[]> {
    const mailboxes = [...this.#found.values()];
    const unknown = mailboxes.filter(({ name, attributes }) => !this.#status.has(name) && isSelectable(attributes));
    if (unknown.length > 0) {
      const names = unknown.map(({ name }) => name);
      const more = await statusOfEach(await this.#connection(), names, this.#signal);
      for (const [name, status] of more) this.#status.set(name, status);
    }
    return mailboxes.map(mailbox => ({ ...mailbox, status: this.#status.get(mailbox.name) ?? null }));
  }

  async #level(prefix: string, folder: string | null): Promise<void> {
    const result = await this.#ask(['LIST "" ', astring(`${prefix}%`)], 'LIST');
    if (result.status !== 'OK') {
      const where = folder === null ? {} : { folder: readableMailboxName(folder) };
      this.problems.push(problemOf(new TravasoError('FOLDER_LIST_INCOMPLETE', { ...where, ...result.details })));
      // Zimbra hangs up after five failed commands in a row.
      await (await this.#connection()).run('NOOP', { signal: this.#signal });
    }
    for (const { name, separator, attributes } of [...this.#found.values()]) {
      if (separator === null || !name.startsWith(prefix) || this.#visited.has(name)) continue;
      if (attributes.has('\\noinferiors') || attributes.has('\\hasnochildren')) continue;
      this.#visited.add(name);
      await this.#level(`${name}${separator}`, name);
    }
  }

  async #ask(
    command: Command,
    verb: 'LIST' | 'XLIST' | 'LSUB',
  ): Promise<{ status: CommandResult['status'] | 'lost'; details: Record<string, string> }> {
    const connection = await this.#connection();
    try {
      const handler = { untagged: (response: UntaggedResponse) => this.#heard(response, verb) };
      const result = await connection.run(command, { signal: this.#signal, handler });
      const busy = result.status === 'OK' ? null : busyProblem(result);
      if (busy !== null) throw busy;
      return { status: result.status, details: serverSaid(result) };
    } catch (error) {
      const lost =
        error instanceof TravasoError && (error.code === 'SERVER_SILENT' || error.code === 'CONNECTION_LOST');
      if (!lost || this.#reconnects >= maxReconnects) throw error;
      this.#reconnects += 1;
      return { status: 'lost', details: { reason: error.code } };
    }
  }

  #heard(response: UntaggedResponse, verb: 'LIST' | 'XLIST' | 'LSUB'): void {
    const status = readStatusResponse(response);
    if (status !== null) this.#status.set(canonicalInbox(status.mailbox), status.status);
    if (response.name !== verb) return;
    const [attributeList, separator, mailbox] = response.values;
    const octets = octetsOf(mailbox);
    if (octets === null || octets === '' || !isList(attributeList)) return;
    const name = canonicalInbox(octets);
    const attributes = attributeList.flatMap(attribute => octetsOf(attribute)?.toLowerCase() ?? []);
    const known = this.#found.get(name);
    if (verb === 'LSUB') known?.attributes.add('\\subscribed');
    else if (known !== undefined) for (const attribute of attributes) known.attributes.add(attribute);
    else if (verb === 'LIST') {
      const separatorOctet = octetsOf(separator);
      this.#found.set(name, {
        name,
        separator: separatorOctet === '' ? null : separatorOctet,
        attributes: new Set(attributes),
      });
    }
  }

  #connection(): Promise<ImapConnection> {
    return this.#session.connection(this.#signal);
  }
}

/** False for names that only hold others. */
export function isSelectable(attributes: ReadonlySet<string>): boolean {
  return !attributes.has('\\noselect') && !attributes.has('\\nonexistent');
}

function extendedList(capabilities: ReadonlySet<string>): string {
  const items = ['SUBSCRIBED'];
  if (capabilities.has('SPECIAL-USE')) items.push('SPECIAL-USE');
  if (capabilities.has('LIST-STATUS') || capabilities.has('IMAP4REV2'))
    items.push(`STATUS ${statusItems(capabilities)}`);
  return `LIST "" "*" RETURN (${items.join(' ')})`;
}

/** INBOX is case-insensitive; every other name is its octets. */
function canonicalInbox(name: string): string {
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name;
}
