import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import type { Selection } from '../../../shared/contract/schemas.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { languageOf } from './language-of.ts';
import { prepareIndex } from './prepare-index.ts';
import type { CommandContext } from './run-command-line.ts';
import type { OutputOptions } from './follow-job.ts';

export interface SelectionOptions extends OutputOptions {
  readonly archive: string;
  readonly messages?: string[];
  readonly query?: string;
  readonly under?: string;
  readonly restore?: true;
}

/** What makes an upload a restore, or a check the proof of one. */
export function addSelectionOptions(command: Command): void {
  command
    .option('--restore', 'bring back all that the archive holds, also what the old mailbox had lost')
    .option('--query <query>', 'restore only what this search finds (see: travaso search --help)')
    .option('--messages <folder:number...>', 'restore only these messages, as search --json names them')
    .option('--under <name>', 'restore below this folder of the new mailbox, and not to the old folders');
}

/** Null when nothing of it was asked for. Makes the index where a search needs one. */
export async function selectionOf(options: SelectionOptions, context: CommandContext): Promise<Selection> {
  const { archive, messages, query = null, under = null, restore = false, json = false } = options;
  if (messages === undefined && query === null && under === null && !restore) return null;
  if (query !== null) {
    const language = options.lang ?? languageOf(context.io.env);
    await prepareIndex(archive, context, { language, json });
  }
  const named = messages === undefined ? null : await namedMessages(messages, archive, context);
  return { messages: named, query, under };
}

async function namedMessages(
  names: readonly string[],
  archive: string,
  { engine }: CommandContext,
): Promise<{ folder: number; number: number }[]> {
  const { folders } = await engine.api['archive.open']({ archive });
  return names.map(name => {
    const [, folder, number] = /^(.+):([0-9]{1,15})$/su.exec(name) ?? [];
    if (folder === undefined || number === undefined) throw new TravasoError('USAGE_INVALID', { option: name });
    return { folder: folderNamed(folder, folders), number: Number(number) };
  });
}

function folderNamed(name: string, folders: ArchiveView['folders']): number {
  const wanted = name.normalize('NFC');
  const found = folders.filter(({ path }) => path.join('/').normalize('NFC') === wanted);
  const [only, another] = found;
  if (only === undefined) throw new TravasoError('ARCHIVE_FOLDER_UNKNOWN');
  // Two accounts in one archive: a message of the wrong one must not come back.
  if (another !== undefined) throw new TravasoError('USAGE_INVALID', { option: name });
  return only.folder;
}
