import { Option } from 'commander';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { addAccountOptions, signIn } from './account-options.ts';
import type { AccountOptions } from './account-options.ts';
import { addOutputOptions, followJob } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { commandWords } from './command-words.ts';
import { languageOf } from './language-of.ts';
import { prepareIndex } from './prepare-index.ts';
import type { CommandContext } from './run-command-line.ts';
import { addSelectionOptions, selectionOf } from './selection-options.ts';
import type { SelectionOptions } from './selection-options.ts';
import { leaveOutOption } from './transfer-commands.ts';

interface ArchiveArguments extends OutputOptions {
  readonly archive: string;
}

interface VerifyArguments extends SelectionOptions, AccountOptions {
  readonly target?: string;
  readonly folders?: string[];
  readonly leaveOut?: ItemKind[];
}

interface ReportArguments extends ArchiveArguments {
  readonly out: string;
}

interface HandoverArguments extends ArchiveArguments {
  readonly to: string;
}

interface ExportArguments extends ArchiveArguments {
  readonly to: string;
  readonly format?: 'mbox' | 'eml' | 'zip' | 'csv';
  readonly folders?: string[];
  readonly query?: string;
  readonly statusHeaders?: true;
}

export function addArchiveCommands(program: Command, context: CommandContext): void {
  const { api } = context.engine;
  const verify = program
    .command('verify')
    .description('Controlla l’archivio e, con --target, ciò che è arrivato. / Checks the archive, and what arrived.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .option('--target <address>', 'also compare every message with the new mailbox')
    .option('--folders <glob...>', 'with --target, only these folders and what is below them')
    .addOption(leaveOutOption())
    .action(async (options: VerifyArguments) => {
      const target = options.target === undefined ? null : await signIn(options.target, options, context);
      const { archive, folders = [], leaveOut = [] } = options;
      const selection = await selectionOf(options, context);
      // Without a mailbox there is only the whole archive to check.
      if (target === null && (selection !== null || folders.length > 0))
        throw new TravasoError('USAGE_INVALID', { option: '--target' });
      const { jobId } = await api['verify.start']({ archive, target, folders, selection, leaveOutItems: leaveOut });
      await followJob(jobId, options, context);
    });
  addSelectionOptions(verify);
  addOutputOptions(addAccountOptions(verify));

  const report = program
    .command('report')
    .description('Scrive il rapporto. / Writes the report.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--out <file>', 'file to write, ending in .html or .json')
    .action(async (options: ReportArguments) => {
      const language = options.lang ?? languageOf(context.io.env);
      const { outcome } = await api['report.write']({ archive: options.archive, out: options.out, language });
      const line =
        options.json === true
          ? JSON.stringify({ event: 'result', status: 'succeeded', outcome, written: [options.out] })
          : `${commandWords[language].outcomes[outcome]}\n  ${options.out}`;
      context.io.stdout.write(`${line}\n`);
    });
  addOutputOptions(report);

  const exporting = program
    .command('export')
    .description('Estrae messaggi dall’archivio. / Takes messages out of the archive.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--to <path>', 'new or empty folder; for zip and csv, a new file')
    .addOption(new Option('--format <format>', 'what to write').choices(['mbox', 'eml', 'zip', 'csv']).default('eml'))
    .option('--folders <glob...>', 'only these folders and what is below them')
    .option('--query <query>', 'only what this search finds (see: travaso search --help)')
    .option('--status-headers', 'in mbox files, Status headers for mail programs')
    .action(async (options: ExportArguments) => {
      if (options.query !== undefined) {
        const language = options.lang ?? languageOf(context.io.env);
        await prepareIndex(options.archive, context, { language, json: options.json === true });
      }
      const { jobId } = await api['export.start']({
        archive: options.archive,
        to: options.to,
        format: options.format ?? 'eml',
        folders: options.folders ?? [],
        query: options.query ?? null,
        statusHeaders: options.statusHeaders === true,
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(exporting);

  const handover = program
    .command('handover')
    .description('Prepara ciò che va portato a mano. / Prepares what has to be carried over by hand.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--to <dir>', 'new or empty folder for the files and the page that says how to import them')
    .action(async (options: HandoverArguments) => {
      const language = options.lang ?? languageOf(context.io.env);
      const { archive, to } = options;
      const { jobId } = await api['handover.start']({ archive, to, language });
      await followJob(jobId, options, context);
    });
  addOutputOptions(handover);

  const rebuild = program
    .command('rebuild')
    .description('Ricostruisce il catalogo dai file dell’archivio. / Makes a new catalogue from the archive’s files.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .action(async (options: ArchiveArguments) => {
      const { jobId } = await api['rebuild.start']({ archive: options.archive });
      await followJob(jobId, options, context);
    });
  addOutputOptions(rebuild);
}
