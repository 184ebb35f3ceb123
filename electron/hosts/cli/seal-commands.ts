import type { Command } from 'commander';
import { passwordOf } from './account-options.ts';
import { addOutputOptions, followJob } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { InputLines } from './input-lines.ts';
import type { CommandContext } from './run-command-line.ts';

interface PassphraseOptions extends OutputOptions {
  readonly passphraseEnv?: string;
  readonly passphraseStdin?: true;
}

interface SealArguments extends PassphraseOptions {
  readonly archive: string;
  readonly to: string;
  readonly recipient?: string[];
}

interface UnsealArguments extends PassphraseOptions {
  readonly from: string;
  readonly to: string;
  readonly identity?: string;
}

/** The whole archive as one encrypted file, and back. */
export function addSealCommands(program: Command, context: CommandContext): void {
  const { api } = context.engine;
  const seal = program
    .command('seal')
    .description('Scrive una copia cifrata dell’archivio (formato age). / Writes an encrypted copy of the archive.')
    .requiredOption('--archive <dir>', 'folder of the archive')
    .requiredOption('--to <file>', 'new file, such as posta.tar.age')
    .option('--recipient <key...>', 'age1… keys whose holders can open it, instead of a passphrase')
    .action(async (options: SealArguments) => {
      const { jobId } = await api['seal.start']({
        archive: options.archive,
        to: options.to,
        passphrase: await passphraseOf(options, context),
        recipients: options.recipient ?? [],
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(addPassphraseOptions(seal));

  const unseal = program
    .command('unseal')
    .description('Riapre una copia cifrata. / Makes an archive again from an encrypted copy.')
    .requiredOption('--from <file>', 'the encrypted copy')
    .requiredOption('--to <dir>', 'new or empty folder')
    .option('--identity <file>', 'file of “age-keygen”, instead of a passphrase')
    .action(async (options: UnsealArguments) => {
      const { jobId } = await api['unseal.start']({
        from: options.from,
        to: options.to,
        passphrase: await passphraseOf(options, context),
        identityFile: options.identity ?? null,
      });
      await followJob(jobId, options, context);
    });
  addOutputOptions(addPassphraseOptions(unseal));
}

function addPassphraseOptions(command: Command): Command {
  return command
    .option('--passphrase-env <name>', 'environment variable that holds the passphrase')
    .option('--passphrase-stdin', 'read the passphrase from the first line of standard input');
}

async function passphraseOf(options: PassphraseOptions, context: CommandContext): Promise<string | null> {
  const { passphraseEnv, passphraseStdin } = options;
  const input = new InputLines(context.io.stdin);
  try {
    return await passwordOf(
      {
        ...(passphraseEnv === undefined ? {} : { passwordEnv: passphraseEnv }),
        ...(passphraseStdin === undefined ? {} : { passwordStdin: passphraseStdin }),
      },
      context,
      input,
    );
  } finally {
    await input.close();
  }
}
