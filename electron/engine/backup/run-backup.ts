import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { Archive } from '../archive/archive.ts';
import { ArchiveWriter } from '../archive/archive-writer.ts';
import { sealBag, sealOf } from '../archive/bag.ts';
import { writeSourceAccount } from '../archive/source-accounts.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { LeftOutFolder, LeftOutItems } from '../archive/left-out.ts';
import { writeLeftOut } from '../archive/left-out.ts';
import { alsoIn } from '../archive/catalogue/message-table.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { persist } from '../jobs/persistence.ts';
import type { Ports } from '../ports.ts';
import { itemsByKind } from '../sources/item-source.ts';
import type { SourceItemFolder } from '../sources/item-source.ts';
import type { MailSource, SourceFolder } from '../sources/mail-source.ts';
import { FolderBackup } from './folder-backup.ts';
import { ItemsBackup } from './items-backup.ts';
import { Unclaimed } from './unclaimed.ts';
import { Inventory } from './inventory.ts';
import { Session } from '../jobs/session.ts';

export interface BackupOptions {
  readonly archive: Archive;
  readonly connect: () => Promise<MailSource>;
  /** See `folderFilter`; empty for all. */
  readonly folders: readonly string[];
  /** Folders the person does not want, each by itself; recorded in the archive. Absent: nothing was said of it. */
  readonly isLeftOut?: (path: FolderPath) => boolean;
  /** Kinds of what is no mail that the person does not want; recorded in the archive. */
  readonly leaveOutItems?: readonly ItemKind[];
  readonly ports: Pick<Ports, 'clock' | 'faults' | 'log'>;
  readonly context: JobContext;
  /** Octets at which an mbox file is closed; for tests. */
  readonly rollOver?: number;
}

/**
 * Brings the archive up to date with the source:
 *
 *     list folders → archive each folder's true name
 *     per folder: compare the source's inventory with the archive (skipped when the folder says nothing changed)
 *     per folder: fetch what is missing, note flags that changed, note what the source no longer has
 *     per folder of contacts, appointments, tasks, notes or files: the same
 *     seal the bag
 *
 * A second run does only what the first left undone, so resuming is running again. Nothing is ever removed.
 */
export async function runBackup(options: BackupOptions): Promise<JobOutcome> {
  const { archive, context, ports } = options;
  const session = new Session(options.connect);
  const writer = new ArchiveWriter(archive, ports.faults, options.rollOver);
  const backups: FolderBackup[] = [];
  const items = new ItemsBackup({ archive, context, clock: ports.clock, session, writer });
  // All in one commit: a mailbox of two thousand folders would otherwise wait for the disk two thousand times.
  const putFigures = (catalogue: Catalogue): void => {
    for (const backup of backups) backup.putFigures(catalogue);
    items.putFigures(catalogue);
  };
  try {
    const listed = await bringUpToDate(options, session, writer, backups);
    await items.run(listed.account, listed.itemFolders);
    await writer.checkpoint(putFigures);
  } catch (error) {
    await keepWhatIsWhole(writer, putFigures);
    // Being asked to stop is no failure: the bag is sealed as it stands.
    if (!context.signal.aborted) throw error;
  } finally {
    await session.close();
  }
  context.phase('sealing');
  const sealed = writer.changed ? null : await sealOf(archive.root);
  const { figures: itemFigures } = items;
  return {
    manifestSha256: sealed ?? (await sealBag(archive, ports)).manifestSha256,
    ...(itemFigures === null ? {} : { itemFigures }),
  };
}

async function bringUpToDate(
  options: BackupOptions,
  session: Session<MailSource>,
  writer: ArchiveWriter,
  backups: FolderBackup[],
): Promise<ListedFolders> {
  const { archive, context } = options;
  context.phase('listing');
  const listed = await listFolders(options, session);
  const inventory = new Inventory(archive.catalogue.db);
  const unclaimed = new Unclaimed(archive.catalogue.db);
  context.folders.list(listed.folders.filter(folder => folder.selectable));
  for (const source of listed.folders) {
    const archived = await writer.describe({ ...source, account: listed.account });
    const inFolder = context.folders.enter(source.path, context);
    backups.push(
      new FolderBackup({ ...options, context: inFolder, source, archived, inventory, unclaimed, session, writer }),
    );
  }
  await writer.checkpoint();

  context.phase('counting');
  let messages = 0;
  let octets = 0;
  for (const backup of backups) {
    const missing = await backup.count();
    messages += missing.messages;
    octets += missing.octets;
  }
  context.total(messages, octets);

  context.phase('transferring');
  for (const backup of backups) await backup.transfer();
  await writer.checkpoint();
  await noteMovedFolders(options, listed, writer);
  return listed;
}

interface ListedFolders {
  readonly account: string;
  /** The chosen ones. */
  readonly folders: readonly SourceFolder[];
  /** Of contacts, appointments and the like, the chosen ones. */
  readonly itemFolders: readonly SourceItemFolder[];
  /** Every folder of the source, or null when the source could not tell them all. */
  readonly allPaths: readonly FolderPath[] | null;
}

/**
 * A folder the source no longer lists was deleted, or renamed and archived again under its new name; or the server had
 * a bad day. Only messages met again elsewhere are marked as absent, so that an upload does not carry them over twice:
 * a message that might be the only copy is never left behind on the strength of a missing folder.
 */
async function noteMovedFolders(
  { archive, ports }: BackupOptions,
  { account, allPaths }: ListedFolders,
  writer: ArchiveWriter,
): Promise<void> {
  if (allPaths === null) return;
  const { db } = archive.catalogue;
  const there = new Set(allPaths.map(folderKey));
  const mine = allFolders(db).filter(folder => folder.account === account);
  const live = mine.filter(folder => there.has(folderKey(folder.path))).map(folder => folder.id);
  const now = ports.clock.now().toISOString();
  for (const folder of mine) {
    if (there.has(folderKey(folder.path))) continue;
    for (const number of alsoIn(db, folder.id, live)) {
      const marked = await writer.open(folder);
      marked.noteAbsent(number, now);
      // Listed again, the folder says that nothing changed; only a look inside takes the marks away.
      marked.noteComplete(null);
      await writer.checkpointIfDue();
    }
  }
}

async function listFolders(
  { archive, context, folders: patterns, isLeftOut, leaveOutItems = [], ports }: BackupOptions,
  session: Session<MailSource>,
): Promise<ListedFolders> {
  const { account, listing, items, itself } = await persist(
    context,
    session,
    () => 0,
    () =>
      session.with(async source => ({
        account: source.account,
        listing: await source.listFolders(context.signal),
        items: (await source.items?.listFolders(context.signal)) ?? { folders: [], problems: [] },
        itself: (await source.describe?.(context.signal)) ?? null,
      })),
  );
  if (itself !== null) await writeSourceAccount(archive.root, itself, ports.faults);
  for (const problem of [...listing.problems, ...items.problems])
    context.exception({ problem, folder: null, number: null, key: null });
  const paths = listing.folders.map(folder => folder.path);
  assertEachMatches(patterns, [...paths, ...items.folders.map(folder => folder.path)]);
  const matches = folderFilter(patterns);
  const leftOut = isLeftOut === undefined ? null : listing.folders.filter(folder => isLeftOut(folder.path));
  const said = {
    items: leftOutItems(items.folders, leaveOutItems),
    ...(leftOut === null ? {} : { folders: leftOut.map(leftOutRecord) }),
  };
  await writeLeftOut(archive.root, said, ports.faults);
  const incomplete = listing.problems.some(problem => problem.code === 'FOLDER_LIST_INCOMPLETE');
  return {
    account,
    folders: listing.folders.filter(({ path }) => matches(path) && isLeftOut?.(path) !== true),
    // A folder left out is one of mail: contacts and the like are left out by their kind, as the person was shown them.
    itemFolders: items.folders.filter(({ path, kind }) => matches(path) && !leaveOutItems.includes(kind)),
    allPaths: incomplete ? null : paths,
  };
}

/** What the report shows of the kinds left out: those that the source has. */
function leftOutItems(folders: readonly SourceItemFolder[], kinds: readonly ItemKind[]): LeftOutItems[] {
  return itemsByKind(folders).filter(({ kind }) => kinds.includes(kind));
}

/** What the report shows of a folder left out. */
function leftOutRecord({ path, role, status }: SourceFolder): LeftOutFolder {
  return { path: [...path], role, messages: status?.messages ?? null };
}

/** After a lost line everything that is whole stays. After a disk error there is nothing more to be saved by writing. */
async function keepWhatIsWhole(writer: ArchiveWriter, also: (catalogue: Catalogue) => void): Promise<void> {
  try {
    await writer.checkpoint(also);
  } catch {
    await writer.abandon();
  }
}
