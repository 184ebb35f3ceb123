import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { checkProfile, createProfileKeys, signProfile } from '../../engine/profile/sign-profile.ts';
import type { CheckedProfile } from '../../engine/profile/sign-profile.ts';
import { addOutputOptions } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { languageOf } from './language-of.ts';
import { profileWords } from './profile-words.ts';
import type { CommandContext } from './run-command-line.ts';

/** What an IT office does with its organisation's profile: make a key, sign, check what was signed. */
export function addProfileCommand(program: Command, context: CommandContext): void {
  const { io } = context;
  const profile = program
    .command('profile')
    .description('Il profilo dell’organizzazione. / The organisation’s profile: key, sign, check.');

  const key = profile
    .command('key')
    .description('Crea la chiave con cui firmare. / Makes the key to sign with.')
    .requiredOption('--out <file>', 'new file for the private key (PEM); keep it where only the IT office can read it')
    .action(async (options: OutputOptions & { readonly out: string }) => {
      const { privateKey } = createProfileKeys();
      await writeNew(options.out, privateKey, 0o600);
      say(context, options, { event: 'result', status: 'succeeded', written: [options.out] }, [options.out]);
    });
  addOutputOptions(key);

  const sign = profile
    .command('sign')
    .description('Firma un profilo. / Signs a profile.')
    .requiredOption('--key <file>', 'private key of “travaso profile key”')
    .requiredOption('--out <file>', 'new file for the signed profile')
    .argument('<file>', 'the profile as JSON')
    .action(async (file: string, options: OutputOptions & { readonly key: string; readonly out: string }) => {
      const signed = `${JSON.stringify(signProfile(await readInput(file), await readInput(options.key)), null, 2)}\n`;
      await writeNew(options.out, signed, 0o644);
      const { fingerprint } = checkProfile(signed, new Date());
      const words = profileWords[options.lang ?? languageOf(io.env)];
      say(context, options, { event: 'result', status: 'succeeded', fingerprint, written: [options.out] }, [
        options.out,
        `${words.fingerprint}: ${fingerprint}`,
      ]);
    });
  addOutputOptions(sign);

  const check = profile
    .command('check')
    .description('Controlla un profilo firmato. / Checks a signed profile.')
    .argument('<file>', 'the signed profile')
    .action(async (file: string, options: OutputOptions) => {
      const checked = checkProfile(await readInput(file), new Date());
      const { profile: read, fingerprint } = checked;
      say(
        context,
        options,
        { event: 'result', status: 'succeeded', fingerprint, profile: read },
        linesOf(checked, options, context),
      );
    });
  addOutputOptions(check);
}

function linesOf({ profile, fingerprint }: CheckedProfile, options: OutputOptions, { io }: CommandContext): string[] {
  const language = options.lang ?? languageOf(io.env);
  const words = profileWords[language];
  const { target } = profile;
  return [
    profile.name[language],
    `${words.fingerprint}: ${fingerprint}`,
    `${words.domains}: ${profile.domains.join(', ')}`,
    `${words.source}: ${profile.source.kind} ${profile.source.host}`,
    `${words.target}: ${target.kind === 'microsoft365' ? `Microsoft 365, tenant ${target.tenant}` : `${target.kind} ${target.host}`}`,
    `${words.expires}: ${profile.expires?.slice(0, 10) ?? words.never}`,
  ];
}

function say(context: CommandContext, options: OutputOptions, result: object, lines: readonly string[]): void {
  context.io.stdout.write(`${options.json === true ? JSON.stringify(result) : lines.join('\n')}\n`);
}

async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new TravasoError('INPUT_FILE_INVALID', { file: path }, { cause: error });
  }
}

/** Never over a file that is there: it may be the only key. */
async function writeNew(path: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
  } catch (error) {
    throw new TravasoError('EXPORT_PLACE_TAKEN', { path }, { cause: error });
  }
}
