import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import type { Wanted } from './export-dialog.tsx';
import type { Restored } from './restore-dialog.tsx';
import type { MessageSelection } from './selection.ts';
import type { Listing } from './use-listing.ts';

/** What is chosen, as the engine is asked for it. */
export function wantedOf(selection: MessageSelection, { folder, question }: Listing): Wanted {
  if (selection.kind === 'some') return { messages: [...selection.names.values()] };
  if (question === null) return { folder };
  return { query: question.query, folder: question.here ? folder : null };
}

/** The same for an upload, which takes folders by their names, with what is beneath them. */
export function restoredOf(
  selection: MessageSelection,
  { question }: Pick<Listing, 'question'>,
  folder: Pick<ArchiveView['folders'][number], 'path'> | null,
): Restored {
  if (selection.kind === 'some') return { folders: [], messages: [...selection.names.values()], query: null };
  const inFolder = folder !== null && (question === null || question.here);
  return { folders: inFolder ? [displayPath(folder.path)] : [], messages: null, query: question?.query ?? null };
}
