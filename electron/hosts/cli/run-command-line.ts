import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { errorCodes, problemOf } from '../../../shared/errors.ts';
import { explain } from '../../../shared/words/explain.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { defaultPorts } from '../../engine/default-ports.ts';
import type { Patience } from '../../engine/jobs/patience.ts';
import type { OrganisationPort } from '../../engine/ports.ts';
import { cacheFolder } from '../cache-folder.ts';
import { environmentProxy } from '../environment-proxy.ts';
import { fileLog } from '../file-log.ts';
import { organisationFile, organisationFileName, organisationOfCommand } from '../organisation-file.ts';
import { dataFolder } from '../web/data-folder.ts';
import { addArchiveCommands } from './archive-commands.ts';
import { addTransferCommands } from './transfer-commands.ts';
import type { CommandIo, CommandSettings } from './command-io.ts';
import { openBrowser } from '../web/open-browser.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { languageOf } from './language-of.ts';
import { addLetterCommand } from './letter-command.ts';
import { addProfileCommand } from './profile-command.ts';
import { addSearchCommand } from './search-command.ts';
import { addSealCommands } from './seal-commands.ts';
import { addServeCommand } from './serve-command.ts';
import { addShowCommand } from './show-command.ts';

/**
 * A script would rather hear 75, run again, than hang over the week-end; whoever looks at a window can stop it there.
 */
const scriptPatience: Partial<Patience> = { away: 2 * 60 * 60_000 };

/** What every command is given to do its work with. */
export interface CommandContext {
  readonly io: CommandIo;
  readonly engine: ReturnType<typeof createEngine>;
  /** Set by the command that ran. */
  exitCode: number;
}

/**
 * The command line: parses, runs one command and returns the exit code of the design. Nothing is printed but on the
 * given streams, and the process is left to the caller.
 */
export async function runCommandLine(
  args: readonly string[],
  io: CommandIo,
  settings: CommandSettings = {},
): Promise<number> {
  const logFile = io.env['TRAVASO_LOG'];
  const log = logFile === undefined ? {} : { log: fileLog(logFile) };
  const organisation = organisationOf(args, io);
  // `serve` is no script but the assistant in a browser.
  const patience = args[0] === 'serve' ? {} : scriptPatience;
  const engine = createEngine(
    defaultPorts({
      ...log,
      ...{ patience, organisation, openBrowser, cacheFolder: cacheFolder(io.env) },
      findProxy: url => Promise.resolve(environmentProxy(io.env, url) ?? null),
      ...settings.ports,
    }),
  );
  const context: CommandContext = { io, engine, exitCode: 0 };
  const program = new Command('travaso')
    .description('Porta la posta da una casella a un’altra, passando da un archivio verificato. / Carries mail across.')
    .exitOverride()
    .configureOutput({ writeOut: text => io.stdout.write(text), writeErr: text => io.stderr.write(text) });
  addTransferCommands(program, context);
  addArchiveCommands(program, context);
  addSearchCommand(program, context);
  addDoctorCommand(program, context);
  addLetterCommand(program, context);
  addProfileCommand(program, context);
  addSealCommands(program, context);
  addServeCommand(program, context);
  addShowCommand(program, context);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : errorCodes.USAGE_INVALID.exit;
    return reportProblem(args, io, error);
  } finally {
    await engine.close();
  }
}

/** What `--profile` names, for this run; else the profile that the assistant installed on this computer. */
function organisationOf(args: readonly string[], io: CommandIo): OrganisationPort {
  const option = args.indexOf('--profile');
  const named = option >= 0 ? args[option + 1] : undefined;
  if (named !== undefined) return organisationOfCommand(named);
  return organisationFile(join(dataFolder(io.env), organisationFileName));
}

/** A command that could not even begin: the four sentences, or as JSON the result that is always the last line. */
function reportProblem(args: readonly string[], io: CommandIo, error: unknown): number {
  const problem = problemOf(error);
  const { desk, exit } = errorCodes[problem.code];
  if (args.includes('--json')) {
    const { code, details } = problem;
    io.stdout.write(`${JSON.stringify({ event: 'result', status: 'failed', problem: { code, desk, details } })}\n`);
  } else {
    const words = explain(problem, languageOf(io.env, args));
    io.stderr.write(`${words.happened}\n${words.safe}\n${words.now}\n${words.desk}\n`);
  }
  if (problem.code === 'INTERNAL' && io.env['TRAVASO_DEBUG'] !== undefined) io.stderr.write(`${stackOf(error)}\n`);
  return exit === 0 || exit === 2 ? errorCodes.INTERNAL.exit : exit;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.name) : String(error);
}
