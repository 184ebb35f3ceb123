import { Option } from 'commander';
import type { Command } from 'commander';
import { itemKinds } from '../../../shared/model/item.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { addAccountOptions, signIn } from './account-options.ts';
import type { AccountOptions } from './account-options.ts';
import { addOutputOptions, followJob } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import type { CommandContext } from './run-command-line.ts';
import { addSelectionOptions, selectionOf } from './selection-options.ts';
import type { SelectionOptions } from './selection-options.ts';
import { sourceAddress, sourceKinds, targetKinds } from './source-address.ts';

interface BackupArguments extends AccountOptions, OutputOptions {
  readonly source: string;
  readonly archive: string;
  readonly format?: 'mbox' | 'eml';
  readonly folders?: string[];
  readonly shared?: string[];
  readonly leaveOut?: (ItemKind | 'none')[];
}

interface UploadArguments extends AccountOptions, SelectionOptions {
  readonly target: string;
  readonly folders?: string[];
  readonly map?: string;
  readonly dryRun?: true;
  readonly repair?: true;
  readonly duplicates?: 'one' | 'all';
  readonly leaveOut?: ItemKind[];
  readonly setSettings?: true;
}

/** Contacts, appointments and the like that stay where they are. */
export function leaveOutOption(): Option {
  return new Option('--leave-out <kind...>', 'leave these kinds of items out').choices([...itemKinds]);
}

export function addTransferCommands(program: Command, context: CommandContext): void {
  const backup = program
    .command('backup')
    .description(
      'Copia la vecchia casella, o un backup che c’è già, nell’archivio, senza toccarli. / Copies the old mailbox, or a backup there is, into the archive.',
    )
    .requiredOption('--source <address>', sourceKinds)
    .requiredOption('--archive <dir>', 'folder of the archive; made when it does not exist')
    .addOption(
      new Option('--format <format>', 'one mbox file per folder, or one EML file per message').choices(['mbox', 'eml']),
    )
    .option('--folders <glob...>', 'only these folders and what is below them')
    .option('--shared <glob...>', 'Zimbra: also these of the folders that others share with this mailbox')
    .addOption(
      new Option(
        '--leave-out <kind...>',
        'do not save contacts, appointments and the like; remembered for the next backup, `none` takes it back',
      ).choices([...itemKinds, 'none']),
    )
    .action(async (options: BackupArguments) => {
      const source = await signIn(await sourceAddress(options.source, options, context), options, context);
      const { jobId } = await context.engine.api['backup.start']({
        archive: options.archive,
        source: options.shared === undefined ? source : { ...source, sharedFolders: options.shared },
        format: options.format ?? null,
        folders: options.folders ?? [],
        ...(options.leaveOut === undefined ? {} : { leaveOutItems: options.leaveOut.filter(kind => kind !== 'none') }),
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(addAccountOptions(backup));

  const upload = program
    .command('upload')
    .description(
      'Porta l’archivio nella nuova casella, o ripristina una parte. / Carries the archive to the new mailbox, or restores some of it.',
    )
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--target <address>', targetKinds)
    .option('--folders <glob...>', 'only these folders and what is below them')
    .option('--map <file>', 'JSON file that says where folders go: {"Posta inviata": "Inviata"}')
    .option('--dry-run', 'only say what would be done and what the target would refuse')
    .option(
      '--repair',
      'upload a minimally repaired copy where the target would refuse the message; never of signed mail',
    )
    .addOption(
      new Option(
        '--duplicates <which>',
        'of a message that came from two mailboxes or files, upload one copy, or all (default: one)',
      ).choices(['one', 'all']),
    )
    .addOption(leaveOutOption())
    .option('--set-settings', 'add rules and signatures to those of the account, where it takes them')
    .action(async (options: UploadArguments) => {
      const { api } = context.engine;
      const { jobId } = await api[options.dryRun === true ? 'upload.plan' : 'upload.start']({
        archive: options.archive,
        target: await signIn(options.target, options, context),
        folders: options.folders ?? [],
        mapFile: options.map ?? null,
        repair: options.repair === true,
        duplicates: options.duplicates ?? 'one',
        selection: await selectionOf(options, context),
        leaveOutItems: options.leaveOut ?? [],
        setSettings: options.setSettings === true,
      });
      await followJob(jobId, options, context);
    });
  addSelectionOptions(upload);
  addOutputOptions(addAccountOptions(upload));
}
