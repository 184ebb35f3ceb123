import { Command, CommanderError } from 'commander';
import { errorCodes, problemOf } from '../../../shared/errors.ts';
import { explain } from '../../../shared/words/explain.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { defaultPorts } from '../../engine/default-ports.ts';
import { fileLog } from '../file-log.ts';
import { addArchiveCommands } from './archive-commands.ts';
import { addTransferCommands } from './transfer-commands.ts';
import type { CommandIo, CommandSettings } from './command-io.ts';
import { languageOf } from './language-of.ts';
import { addServeCommand } from './serve-command.ts';

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
  const engine = createEngine(defaultPorts({ ...log, ...settings.ports }));
  const context: CommandContext = { io, engine, exitCode: 0 };
  const program = new Command('travaso')
    .description('Porta la posta da una casella a un’altra, passando da un archivio verificato. / Carries mail across.')
    .exitOverride()
    .configureOutput({ writeOut: text => io.stdout.write(text), writeErr: text => io.stderr.write(text) });
  addTransferCommands(program, context);
  addArchiveCommands(program, context);
  addServeCommand(program, context);
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
