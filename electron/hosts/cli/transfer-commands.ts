import { Option } from 'commander';
import type { Command } from 'commander';
import { addAccountOptions, signIn } from './account-options.ts';
import type { AccountOptions } from './account-options.ts';
import { addOutputOptions, followJob } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import type { CommandContext } from './run-command-line.ts';

interface BackupArguments extends AccountOptions, OutputOptions {
  readonly source: string;
  readonly archive: string;
  readonly format?: 'mbox' | 'eml';
  readonly folders?: string[];
}

interface UploadArguments extends AccountOptions, OutputOptions {
  readonly archive: string;
  readonly target: string;
  readonly folders?: string[];
  readonly map?: string;
  readonly dryRun?: true;
}

export function addTransferCommands(program: Command, context: CommandContext): void {
  const backup = program
    .command('backup')
    .description('Copia la vecchia casella nell’archivio, senza toccarla. / Copies the old mailbox into the archive.')
    .requiredOption('--source <address>', 'imap://user@host[:port] or imaps://…')
    .requiredOption('--archive <dir>', 'folder of the archive; made when it does not exist')
    .addOption(
      new Option('--format <format>', 'one mbox file per folder, or one EML file per message').choices(['mbox', 'eml']),
    )
    .option('--folders <glob...>', 'only these folders and what is below them')
    .action(async (options: BackupArguments) => {
      const { jobId } = await context.engine.api['backup.start']({
        archive: options.archive,
        source: await signIn(options.source, options, context),
        format: options.format ?? null,
        folders: options.folders ?? [],
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(addAccountOptions(backup));

  const upload = program
    .command('upload')
    .description('Porta l’archivio nella nuova casella. / Carries the archive to the new mailbox.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--target <address>', 'imap://user@host[:port] or imaps://…')
    .option('--folders <glob...>', 'only these folders and what is below them')
    .option('--map <file>', 'JSON file that says where folders go: {"Posta inviata": "Inviata"}')
    .option('--dry-run', 'only say what would be done and what the target would refuse')
    .action(async (options: UploadArguments) => {
      const { api } = context.engine;
      const { jobId } = await api[options.dryRun === true ? 'upload.plan' : 'upload.start']({
        archive: options.archive,
        target: await signIn(options.target, options, context),
        folders: options.folders ?? [],
        mapFile: options.map ?? null,
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(addAccountOptions(upload));
}
