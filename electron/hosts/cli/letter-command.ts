import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { TravasoError } from '../../../shared/errors.ts';
import { addOutputOptions } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { languageOf } from './language-of.ts';
import type { CommandContext } from './run-command-line.ts';

interface LetterArguments extends OutputOptions {
  readonly target: string;
  readonly out?: string;
}

/** The letter for the IT office that has to let the program into Microsoft 365. */
export function addLetterCommand(program: Command, context: CommandContext): void {
  const { io, engine } = context;
  const letter = program
    .command('letter')
    .description('Scrive la lettera per l’ufficio informatico (Microsoft 365). / Writes the letter for the IT office.')
    .requiredOption('--target <address>', 'microsoft365:user@domain')
    .option('--profile <file>', 'signed profile of the organisation')
    .option('--out <file>', 'new file to write it to (Markdown); otherwise it is printed')
    .action(async ({ target, out, lang, json }: LetterArguments) => {
      const language = lang ?? languageOf(io.env);
      const { text } = await engine.api['signIn.itLetter']({ address: target, language });
      if (out === undefined) {
        io.stdout.write(json === true ? result({ text }) : text);
        return;
      }
      await writeFile(out, text, { flag: 'wx' }).catch((cause: unknown) => {
        throw new TravasoError('DISK_NOT_WRITABLE', { path: out }, { cause });
      });
      io.stdout.write(json === true ? result({ written: [out] }) : `${out}\n`);
    });
  addOutputOptions(letter);
}

function result(facts: object): string {
  return `${JSON.stringify({ event: 'result', status: 'succeeded', ...facts })}\n`;
}
