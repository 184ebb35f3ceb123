import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { TravasoError, errorCodes } from '../../../shared/errors.ts';
import type { Diagnosis, DoctorStep } from '../../../shared/model/doctor.ts';
import { explain } from '../../../shared/words/explain.ts';
import type { Language } from '../../../shared/words/language.ts';
import { addAccountOptions, keepPassword } from './account-options.ts';
import type { AccountOptions } from './account-options.ts';
import { doctorWords } from './doctor-words.ts';
import { addOutputOptions } from './follow-job.ts';
import type { OutputOptions } from './follow-job.ts';
import { languageOf } from './language-of.ts';
import type { CommandContext } from './run-command-line.ts';

interface DoctorArguments extends AccountOptions, OutputOptions {
  readonly source?: string;
  readonly target?: string;
}

/** How often the engine is asked how far it is. Milliseconds. */
const pollMs = 200;

export function addDoctorCommand(program: Command, context: CommandContext): void {
  const { api } = context.engine;
  const doctor = program
    .command('doctor')
    .description('Perché non riesco ad accedere? / Why can’t I sign in?')
    .option('--source <address>', 'the old mailbox: an account, or only the mail address')
    .option('--target <address>', 'the new mailbox: an account, or only the mail address')
    .action(async (options: DoctorArguments) => {
      const address = options.source ?? options.target;
      if (address === undefined || (options.source !== undefined && options.target !== undefined))
        throw new TravasoError('USAGE_INVALID', { option: '--source | --target' });
      const { diagnosisId } = await api['doctor.start']({
        address,
        server: null,
        role: options.source === undefined ? 'target' : 'source',
        signInId: await keepPassword(options, context),
        ...(options.tls === undefined ? {} : { tls: options.tls }),
        ...(options.ca === undefined ? {} : { caFile: options.ca }),
      });
      let diagnosis = await api['doctor.read']({ diagnosisId });
      while (!diagnosis.done) {
        await delay(pollMs);
        diagnosis = await api['doctor.read']({ diagnosisId });
      }
      tell(diagnosis, options, context);
    });
  addOutputOptions(addAccountOptions(doctor));
}

function tell(diagnosis: Diagnosis, options: DoctorArguments, context: CommandContext): void {
  const { io } = context;
  const bad = diagnosis.steps.find(({ state }) => state === 'bad')?.problem ?? null;
  const exit = bad === null ? 0 : errorCodes[bad.code].exit;
  context.exitCode = exit === 2 ? errorCodes.INTERNAL.exit : exit;
  if (options.json === true) {
    for (const step of diagnosis.steps) io.stdout.write(`${JSON.stringify({ event: 'check', ...step })}\n`);
    const status = bad === null ? 'succeeded' : 'failed';
    const { server, line } = diagnosis;
    io.stdout.write(`${JSON.stringify({ event: 'result', status, server, line, problem: bad })}\n`);
    return;
  }
  const language = options.lang ?? languageOf(io.env);
  const words = doctorWords[language];
  for (const step of diagnosis.steps) io.stdout.write(`${lineOf(step, language)}\n`);
  io.stdout.write(`\n${words.send}\n  ${diagnosis.line}\n`);
}

const marks = { good: '✓', bad: '✗', unchecked: '–', waiting: '·', running: '·' } as const;

function lineOf({ check, state, problem }: DoctorStep, language: Language): string {
  const first = `${marks[state]} ${doctorWords[language].checks[check]}`;
  if (problem === null) return first;
  const said = explain(problem, language);
  return [first, said.happened, said.safe, said.now, said.desk].join('\n    ');
}
