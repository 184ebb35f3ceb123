import { inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { Input, Output } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type {
  ArchiveView,
  MessageRow,
  MessageSort,
  SearchHint,
  SearchHit,
} from '../../../shared/model/message-list.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import type { Ports } from '../ports.ts';
import { indexedFolderId } from '../search/index-items.ts';
import { IndexKeeper } from '../search/index-keeper.ts';
import { SourceFiles } from '../search/indexed-source.ts';
import { parseDateRange } from '../search/query/natural-date.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import { readMeta } from '../search/search-index.ts';
import { messagesOfThread } from '../search/threads.ts';
import { markedText, needlesOf } from '../search/snippet.ts';
import type { ArchiveCache } from './archive-cache.ts';
import { findMessages } from './find-messages.ts';
import { itemSnippet, messageSnippet } from './hit-snippets.ts';
import { countHoldings } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { itemRow, outdatedItems, searchedFolders } from './item-rows.ts';
import { messageRow } from './message-rows.ts';
import type { BrowsedFiles } from './open-for-browsing.ts';
import { addFromIndex, Placements, placementsOf } from './placements.ts';

export interface BrowsedArchiveOptions {
  readonly files: BrowsedFiles;
  readonly cache: ArchiveCache;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  /** Whether a job of this process works on it. */
  readonly isBusy: () => boolean;
}

type Page = Pick<Input<'messages.list'>, 'sort' | 'direction' | 'offset' | 'limit'>;

/** A conversation of more is a mailing list, and no screen shows it as one. */
const shownThread = 500;

/** An archive somebody looks into: its lists, its conversations, its search. */
export class BrowsedArchive {
  readonly index: IndexKeeper;
  private readonly options: BrowsedArchiveOptions;
  private readonly sources: SourceFiles;
  private held: { readonly version: number; readonly holdings: Holdings } | null = null;
  private indexed = new Placements();
  private listed: { readonly version: number; readonly placements: Placements } | null = null;
  private lastFound: { readonly key: string; readonly ids: Uint32Array; readonly hint: SearchHint | null } | null =
    null;

  constructor(options: BrowsedArchiveOptions) {
    this.options = options;
    const { root, description, readOnly, catalogue } = options.files;
    this.sources = new SourceFiles(root);
    this.index = new IndexKeeper({
      ...{ root, archiveId: description.id, catalogue: catalogue.path, readOnly },
      cacheFolder: () => options.cache.folderFor(description.id),
      total: () => this.holdings().messages + this.holdings().itemVersions,
      isBusy: options.isBusy,
      log: options.ports.log,
    });
  }

  /** What it is read from; closed when the archive is. */
  get files(): BrowsedFiles {
    return this.options.files;
  }

  view(inUse: boolean): ArchiveView {
    const { description, readOnly, origin } = this.options.files;
    const { folders, messages, octets, itemFolders } = this.holdings();
    const { id, created, mailFormat } = description;
    const index = this.index.state();
    return {
      id,
      created,
      mailFormat,
      folders: [...folders],
      messages,
      octets,
      itemFolders: [...itemFolders],
      readOnly,
      inUse,
      catalogue: origin,
      index,
    };
  }

  /** @throws SEARCH_INDEX_MISSING for an order that only the index knows */
  list({ folder, ...page }: Pick<Input<'messages.list'>, 'folder'> & Page): Output<'messages.list'> {
    if (folder !== null) this.folder(folder);
    const { sort = 'date' } = page;
    const placements = this.isIndexComplete() ? this.placements() : this.unindexed(sort);
    const ids = this.inOrder(placements, sort).filter(id => {
      const its = placements.folderOf(id);
      return folder === null ? its > 0 : its === folder;
    });
    const rows = pageOf(ids, page).map(id => this.row(placements.folderOf(id), placements.numberOf(id)));
    return { total: ids.length, rows };
  }

  /** @throws SEARCH_INDEX_MISSING */
  search({
    query,
    folder = null,
    ...page
  }: Pick<Input<'messages.search'>, 'query' | 'folder'> & Page): Output<'messages.search'> {
    const parsed = parseQuery(query, this.options.ports.clock.now());
    if (parsed.isMeaningless) return { total: 0, hits: [], hint: parsed.hint };
    const placements = this.placements();
    const { sort = 'date' } = page;
    const key = JSON.stringify([query, folder, sort, placements.count]);
    // Scrolling asks for the next page of the same answer.
    if (this.lastFound?.key !== key) {
      if (folder !== null) this.folder(folder);
      const { ids, hint } = this.fromIndex(index =>
        findMessages({ ...this.searched(), index, placements, folder, query: parsed }),
      );
      const found = this.inOrder(placements, sort).filter(id => ids[id] === 1);
      this.lastFound = { key, ids: found, hint: hint ?? (found.length === 0 ? this.whyNothing(query) : null) };
    }
    const { ids, hint } = this.lastFound;
    const subjectNeedles = needlesOf(parsed.terms, ['subject']);
    const bodyNeedles = needlesOf(parsed.terms, ['body', 'attachment']);
    const kinds = new Map(allItemFolders(this.catalogue).map(({ id, kind }) => [indexedFolderId(id), kind]));
    const hits = pageOf(ids, page).map((id): SearchHit => {
      const folderId = placements.folderOf(id);
      const number = placements.numberOf(id);
      const item = kinds.get(folderId) ?? null;
      const kept = () => this.keptText(id);
      const row = item === null ? this.row(folderId, number) : this.itemRow(folderId, number);
      const means = { catalogue: this.catalogue, sources: this.sources, kept };
      const snippet = item === null ? messageSnippet(means, row, bodyNeedles) : itemSnippet(kept(), bodyNeedles);
      return { ...row, item, subjectSegments: markedText(row.subject, subjectNeedles), ...snippet };
    });
    return { total: ids.length, hits, hint };
  }

  /** Every message a query means, by folder. For an export. @throws SEARCH_MEANS_NOTHING, SEARCH_INDEX_MISSING */
  found(query: string): ReadonlyMap<number, ReadonlySet<number>> {
    const parsed = parseQuery(query, this.options.ports.clock.now());
    if (parsed.isMeaningless) throw new TravasoError('SEARCH_MEANS_NOTHING', { query });
    if (this.index.state().phase !== 'ready') throw new TravasoError('SEARCH_INDEX_MISSING');
    const placements = this.placements();
    const found = new Map<number, Set<number>>();
    const { ids } = this.fromIndex(index =>
      findMessages({ ...this.searched(), index, placements, folder: null, query: parsed }),
    );
    for (let id = 1; id < ids.length; id += 1) {
      // What is no mail is neither exported nor restored by a search.
      if (ids[id] !== 1 || placements.folderOf(id) < 0) continue;
      const numbers = found.get(placements.folderOf(id)) ?? new Set();
      numbers.add(placements.numberOf(id));
      found.set(placements.folderOf(id), numbers);
    }
    return found;
  }

  /** @throws ARCHIVE_FOLDER_UNKNOWN, ARCHIVE_MESSAGE_UNKNOWN */
  thread(folder: number, number: number): Output<'messages.thread'> {
    this.folder(folder);
    const row = this.row(folder, number);
    if (row.thread === null) return { rows: [row] };
    const { thread } = row;
    const others = this.fromIndex(index => messagesOfThread(index, thread, shownThread));
    return { rows: others.map(([inFolder, its]) => this.row(inFolder, its)) };
  }

  /** Lets go of files that are opened again when they are needed. */
  letGo(): void {
    this.index.letGo();
    this.sources.close();
  }

  async close(): Promise<void> {
    await this.index.close();
    this.letGo();
    this.options.files.catalogue.close();
  }

  private get catalogue(): Database {
    return this.options.files.catalogue.db;
  }

  private row(folder: number, number: number): MessageRow {
    const means = { catalogue: this.catalogue, files: this.sources };
    const row =
      this.index.read(index => messageRow({ ...means, index }, folder, number)) ??
      messageRow({ ...means, index: null }, folder, number);
    if (row === null) throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN', { number });
    return row;
  }

  private itemRow(folderId: number, number: number): MessageRow {
    const row = this.fromIndex(index => itemRow(this.catalogue, index, folderId, number));
    if (row === null) throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN', { number });
    return row;
  }

  private searched(): Pick<Parameters<typeof findMessages>[0], 'folders' | 'isOutdated'> {
    return { folders: searchedFolders(this.catalogue), isOutdated: outdatedItems(this.catalogue) };
  }

  private folder(id: number): void {
    if (!this.holdings().folders.some(({ folder }) => folder === id)) throw new TravasoError('ARCHIVE_FOLDER_UNKNOWN');
  }

  private isIndexComplete(): boolean {
    return this.index.read(index => readMeta(index, 'complete') !== null) === true;
  }

  private fromIndex<T>(use: (index: Database) => T): T {
    const answer = this.index.read(index => ({ value: use(index) }));
    if (answer !== null) return answer.value;
    // A damaged one was deleted just now: it is being made again when the person reads that there is none.
    this.index.catchUp();
    throw new TravasoError('SEARCH_INDEX_MISSING');
  }

  /** What the index holds, brought up to date. */
  private placements(): Placements {
    return this.fromIndex(index => {
      if (readMeta(index, 'declined') !== null) throw new TravasoError('SEARCH_INDEX_MISSING');
      const newest = Number(index.prepare('SELECT coalesce(max(id), 0) FROM places').pluck().get());
      if (newest < this.indexed.count) this.indexed = new Placements();
      if (newest > this.indexed.count) addFromIndex(this.indexed, index);
      return this.indexed;
    });
  }

  /** What the catalogue holds, for lists that have no index yet. */
  private unindexed(sort: MessageSort): Placements {
    if (sort === 'from' || sort === 'subject') throw new TravasoError('SEARCH_INDEX_MISSING');
    const version = this.version();
    if (this.listed?.version !== version) this.listed = { version, placements: placementsOf(this.catalogue) };
    return this.listed.placements;
  }

  private inOrder(placements: Placements, sort: MessageSort): Uint32Array {
    return placements.order(sort, () => {
      const column = sort === 'from' ? 'from_key' : 'subject_key';
      return this.fromIndex(index =>
        Uint32Array.from(
          (index.prepare(`SELECT id FROM heads ORDER BY ${column}, id`).pluck().all() as number[]).filter(
            id => id <= placements.count,
          ),
        ),
      );
    });
  }

  private whyNothing(query: string): SearchHint {
    const isDate = parseDateRange(query, this.options.ports.clock.now()) !== null;
    return { kind: isDate ? 'date-as-words' : 'nothing-found', text: query };
  }

  /** What the index keeps of documents, or of an item that is no mail. */
  private keptText(id: number): string {
    const stored = this.index.read(index =>
      index.prepare('SELECT deflated FROM documents WHERE id = ?').pluck().get(id),
    );
    return stored instanceof Uint8Array ? inflateRawSync(stored).toString('utf8') : '';
  }

  /** Changes whenever another connection commits to the catalogue (SQLite, PRAGMA data_version). */
  private version(): number {
    return Number(this.catalogue.pragma('data_version', { simple: true }));
  }

  private holdings(): Holdings {
    const version = this.version();
    if (this.held?.version !== version) this.held = { version, holdings: countHoldings(this.catalogue) };
    return this.held.holdings;
  }
}

function pageOf(ids: Uint32Array, { direction = 'descending', offset = 0, limit = 50 }: Page): number[] {
  if (direction === 'ascending') return [...ids.subarray(offset, offset + limit)];
  const end = Math.max(0, ids.length - offset);
  return [...ids.subarray(Math.max(0, end - limit), end)].reverse();
}
