import { createHash } from 'node:crypto';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import type { Log } from '../../ports.ts';
import { faultProblem } from '../../zimbra/fault-problem.ts';
import { SoapFault } from '../../zimbra/soap-session.ts';
import type { SoapSession } from '../../zimbra/soap-session.ts';
import type { FolderListing, FolderStatus, MailSource, OpenFolder, SourceFolder } from '../mail-source.ts';
import type { ItemSource } from '../item-source.ts';
import { zimbraItems } from './items/zimbra-items.ts';
import { readSourceAccount } from './read-source-account.ts';
import type { SourceAccount } from '../source-account.ts';
import { pathKey, readZimbraFolders } from './zimbra-folders.ts';
import type { ZimbraFolder } from './zimbra-folders.ts';
import { TagNames, readZimbraTags } from './zimbra-tags.ts';
import type { ZimbraTag } from './zimbra-tags.ts';

export interface ZimbraSourceOptions {
  /** The account's stable name (`canonicalAddress`). */
  readonly account: string;
  /** Signed in already; closed with the source. */
  readonly session: SoapSession;
  /** The same mailbox by IMAP, signed in already. */
  readonly mail: MailSource;
  readonly log: Log;
  /** Whether the person wants a folder that others share with them; without it none is taken. */
  readonly isSharedFolderWanted?: (path: FolderPath) => boolean;
}

/**
 * An old mailbox on Zimbra. The mail comes by IMAP, octet for octet; SOAP tells what IMAP does not: which folder is
 * what, by id; sizes; tags by their true names; what belongs to others and what is only a search. Contacts,
 * calendars and all else beside mail come by the same session, as `items`.
 */
export function zimbraSource(options: ZimbraSourceOptions): MailSource {
  return new ZimbraSource(options);
}

class ZimbraSource implements MailSource {
  readonly account: string;
  readonly items: ItemSource;
  readonly #options: ZimbraSourceOptions;
  #tags = new TagNames([]);
  /** Put behind each folder's mark: a tag that got another name changes messages without IMAP telling. */
  #tagsMark = '';

  constructor(options: ZimbraSourceOptions) {
    const { session, isSharedFolderWanted = () => false } = options;
    this.account = options.account;
    this.items = zimbraItems({ session, isSharedFolderWanted });
    this.#options = options;
  }

  async listFolders(signal: AbortSignal): Promise<FolderListing> {
    const { mail } = this.#options;
    const listing = await mail.listFolders(signal);
    const [known, tags] = [await this.#folders(signal), await this.#readTags(signal)];
    this.#tags = new TagNames(tags);
    this.#tagsMark = tags.length === 0 ? '' : ` ${createHash('sha256').update(JSON.stringify(tags)).digest('hex')}`;
    if (known === null) return { ...listing, folders: listing.folders.map(folder => this.#told(folder, undefined)) };
    return this.#merge(listing, known);
  }

  async openFolder(folder: SourceFolder, signal: AbortSignal): Promise<OpenFolder> {
    const open = await this.#options.mail.openFolder(folder, signal);
    const tags = this.#tags;
    return {
      ...open,
      changeMark: this.#marked(open.changeMark),
      async *inventory(inventorySignal) {
        for await (const batch of open.inventory(inventorySignal)) {
          yield batch.map(entry => ({ ...entry, keywords: tags.of(entry.keywords) }));
        }
      },
    };
  }

  describe(signal: AbortSignal): Promise<SourceAccount> {
    return readSourceAccount(this.account, this.#options.session, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#options.mail.close(), this.#options.session.close()]);
  }

  #merge(listing: FolderListing, known: readonly ZimbraFolder[]): FolderListing {
    const { isSharedFolderWanted = () => false } = this.#options;
    const byPath = new Map(known.map(folder => [pathKey(folder.path), folder]));
    const left = new LeftOutFolders(known);
    const folders: SourceFolder[] = [];
    const seen = new Set<string>();
    for (const folder of listing.folders) {
      const key = pathKey(folder.path);
      seen.add(key);
      const share = left.shareOf(folder.path);
      if (share !== null && !isSharedFolderWanted(folder.path)) continue;
      const itself = byPath.get(key);
      if (itself?.kind === 'search') continue;
      folders.push(this.#told(folder, itself));
    }
    const wanted = new Set(folders.map(({ path }) => pathKey(path)));
    const problems = [...listing.problems, ...left.problems(wanted), ...notListed(known, seen)];
    return { folders, problems };
  }

  /** What IMAP says of a folder, and what it cannot say. */
  #told(folder: SourceFolder, itself: ZimbraFolder | undefined): SourceFolder {
    const status: FolderStatus | null = folder.status && {
      ...folder.status,
      bytes: folder.status.bytes ?? itself?.bytes ?? null,
      changeMark: this.#marked(folder.status.changeMark),
    };
    if (itself === undefined) return { ...folder, status };
    // No id stands for an archive; a folder of that name is one.
    return { ...folder, status, role: itself.role ?? (folder.role === 'archive' ? 'archive' : null) };
  }

  #marked(mark: string | null): string | null {
    return mark === null ? null : `${mark}${this.#tagsMark}`;
  }

  /** Null where the server does not tell: then IMAP's own words have to do. */
  async #folders(signal: AbortSignal): Promise<readonly ZimbraFolder[] | null> {
    // `tr`: without following shares to other servers, where a broken one would fail the whole answer.
    const answer = await this.#ask('GetFolderRequest', { depth: -1, tr: '0' }, signal);
    return answer === null ? null : readZimbraFolders(answer);
  }

  async #readTags(signal: AbortSignal): Promise<readonly ZimbraTag[]> {
    const answer = await this.#ask('GetTagRequest', {}, signal);
    return answer === null ? [] : readZimbraTags(answer);
  }

  async #ask(
    name: 'GetFolderRequest' | 'GetTagRequest',
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, unknown>> | null> {
    const { session, log } = this.#options;
    try {
      return await session.request(name, 'urn:zimbraMail', body, signal);
    } catch (thrown) {
      if (!(thrown instanceof SoapFault)) throw thrown;
      const problem = faultProblem(thrown, new URL(session.origin).hostname);
      if (problem instanceof TravasoError && problem.code !== 'SERVER_FAULT') throw problem;
      log.warn('zimbra.not-told', { request: name, code: thrown.code });
      return null;
    }
  }
}

/** What is in the tree and not this person's own mail: folders of others, and saved searches. */
class LeftOutFolders {
  readonly #shares: readonly ZimbraFolder[];
  readonly #searches: readonly ZimbraFolder[];

  constructor(known: readonly ZimbraFolder[]) {
    this.#shares = known.filter(({ kind }) => kind === 'share');
    this.#searches = known.filter(({ kind, holdsMail }) => kind === 'search' && holdsMail);
  }

  shareOf(path: FolderPath): ZimbraFolder | null {
    return this.#shares.find(share => isWithin(path, share.path)) ?? null;
  }

  /** One for each, by name, unless something of it was taken. */
  problems(wanted: ReadonlySet<string>): readonly Problem[] {
    const shares = this.#shares.filter(({ holdsMail, path }) => holdsMail && !wanted.has(pathKey(path)));
    return [
      ...shares.map(({ path, owner }) =>
        skipped('FOLDER_SKIPPED', path, { reason: 'other-people', ...(owner === null ? {} : { owner }) }),
      ),
      ...this.#searches.map(({ path }) => skipped('SEARCH_FOLDER_SKIPPED', path, {})),
    ];
  }
}

function skipped(
  code: 'FOLDER_SKIPPED' | 'SEARCH_FOLDER_SKIPPED',
  path: FolderPath,
  details: Readonly<Record<string, string>>,
): Problem {
  return problemOf(new TravasoError(code, { folder: displayPath(path), ...details }));
}

/** Mail that SOAP knows of and IMAP does not show must not be missed in silence. */
function notListed(known: readonly ZimbraFolder[], seen: ReadonlySet<string>): readonly Problem[] {
  return known
    .filter(({ kind, holdsMail, messages }) => kind === 'folder' && holdsMail && messages > 0)
    .filter(({ path }) => !seen.has(pathKey(path)))
    .map(({ path }) =>
      problemOf(new TravasoError('FOLDER_LIST_INCOMPLETE', { folder: displayPath(path), reason: 'not-by-imap' })),
    );
}

function isWithin(path: FolderPath, parent: FolderPath): boolean {
  return path.length >= parent.length && pathKey(path.slice(0, parent.length)) === pathKey(parent);
}
