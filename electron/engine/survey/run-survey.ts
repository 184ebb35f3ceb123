import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { Survey, SurveyedFolder } from '../../../shared/model/mailbox.ts';
import { persist } from '../jobs/persistence.ts';
import type { Persistent } from '../jobs/persistence.ts';
import type { Session } from '../jobs/session.ts';
import { itemsByKind } from '../sources/item-source.ts';
import type { MailSource, SourceFolder } from '../sources/mail-source.ts';

/** A list or an inventory that broke off starts over: half of one may not bring the next try at once. */
const noProgress = (): number => 0;

/** Hears how far it is. */
export interface SurveyListener {
  /** All folders, with what the source said of each by itself, and what it had to remark. */
  listed(folders: readonly SurveyedFolder[], remarks: readonly Problem[]): void;
  /** What there is beside mail, once for each kind. */
  itemsListed(items: Survey['items'], remarks: readonly Problem[]): void;
  /** @param index of the folder in the list */
  counted(index: number, messages: number, octets: number | null): void;
}

/**
 * Lists the folders of a mailbox and counts what is in them. Most servers tell with the list (STATUS, and the octets
 * with RFC 8438); where one does not, the folder is opened and its inventory added up, one after the other. A folder
 * that cannot be opened stays uncounted: what that means is for the backup to say.
 */
export async function runSurvey(
  session: Session<MailSource>,
  context: Persistent,
  listener: SurveyListener,
): Promise<void> {
  const { folders, problems } = await persist(context, session, noProgress, () =>
    session.with(source => source.listFolders(context.signal)),
  );
  listener.listed(folders.map(surveyed), problems);
  await listItems(session, context, listener);
  for (const [index, folder] of folders.entries()) {
    if (!folder.selectable || (folder.status !== null && folder.status.bytes !== null)) continue;
    const sum = await persist(context, session, noProgress, () =>
      session.with(source => addUp(source, folder, context.signal)),
    );
    if (sum !== null) listener.counted(index, sum.messages, sum.octets);
  }
}

/** Mail is counted even where the rest cannot be listed. */
async function listItems(session: Session<MailSource>, context: Persistent, listener: SurveyListener): Promise<void> {
  try {
    const beside = await persist(context, session, noProgress, () =>
      session.with(async ({ items }) => (items === undefined ? null : await items.listFolders(context.signal))),
    );
    if (beside !== null) listener.itemsListed(itemsByKind(beside.folders), beside.problems);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof TravasoError)) throw error;
    listener.itemsListed([], [error.problem]);
  }
}

function surveyed({ path, role, selectable, status }: SourceFolder): SurveyedFolder {
  const nothing = selectable ? null : 0;
  return {
    path: [...path],
    role,
    selectable,
    messages: status?.messages ?? nothing,
    octets: status?.bytes ?? nothing,
  };
}

interface Sum {
  readonly messages: number;
  /** Null when the source did not tell the size of every message. */
  readonly octets: number | null;
}

async function addUp(source: MailSource, folder: SourceFolder, signal: AbortSignal): Promise<Sum | null> {
  try {
    const opened = await source.openFolder(folder, signal);
    let messages = 0;
    let octets: number | null = 0;
    for await (const entries of opened.inventory(signal)) {
      messages += entries.length;
      for (const { announcedSize } of entries) {
        octets = octets === null || announcedSize === null ? null : octets + announcedSize;
      }
    }
    return { messages, octets };
  } catch (error) {
    if (['FOLDER_VANISHED', 'FOLDER_UNREADABLE'].includes(problemOf(error).code)) return null;
    throw error;
  }
}
