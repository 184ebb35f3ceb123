import { Option } from 'commander';
import type { Command } from 'commander';
import { errorCodes } from '../../../shared/errors.ts';
import type { ItemFigures, ItemOutcomes } from '../../../shared/model/item.ts';
import type { JobException, JobSnapshot } from '../../../shared/model/job.ts';
import { restingStatuses } from '../../../shared/model/job.ts';
import { languages } from '../../../shared/words/language.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { JobResult } from '../../engine/jobs/job-registry.ts';
import { describeResult } from './describe-result.ts';
import { languageOf } from './language-of.ts';
import { ProgressLine } from './progress-line.ts';
import type { CommandContext } from './run-command-line.ts';

/** Within this time (milliseconds) a second signal is taken for an echo of the first. */
const repeatedSignalMs = 1000;

export interface OutputOptions {
  readonly json?: true;
  readonly lang?: Language;
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'progress and result as JSON, one object a line')
    .addOption(new Option('--lang <language>', 'language of the output').choices([...languages]));
}

/** Shows a job until it rests, and sets the exit code. Ctrl-C asks it to pause; a second one is left to the system. */
export async function followJob(jobId: string, options: OutputOptions, context: CommandContext): Promise<void> {
  const { engine, io } = context;
  const language = options.lang ?? languageOf(io.env);
  const line = new ProgressLine(io.stderr, language);
  const ended = Promise.withResolvers<JobSnapshot>();
  const unsubscribe = engine.events.subscribe(snapshot => {
    if (snapshot.id !== jobId) return;
    const resting = restingStatuses.includes(snapshot.status);
    if (options.json === true) {
      if (!resting) io.stdout.write(`${JSON.stringify(progressEvent(snapshot))}\n`);
    } else {
      line.show(snapshot);
    }
    if (resting) ended.resolve(snapshot);
  });
  const letGo = (): void => {
    io.off('SIGINT', pause);
    io.off('SIGTERM', pause);
  };
  const pause = (): void => {
    // One keystroke can arrive twice, from the terminal and through npm. Only one that comes later means "at once".
    setTimeout(letGo, repeatedSignalMs).unref();
    void engine.api['jobs.pause']({ jobId }).catch(() => undefined);
  };
  io.on('SIGINT', pause);
  io.on('SIGTERM', pause);
  const last = await ended.promise;
  unsubscribe();
  letGo();
  line.end();

  const result = await engine.api['jobs.result']({ jobId });
  io.stdout.write(
    options.json === true ? `${JSON.stringify(resultEvent(last, result))}\n` : describeResult(last, result, language),
  );
  context.exitCode = exitCodeOf(last);
}

function progressEvent(snapshot: JobSnapshot): object {
  const { progress, figures, octets, workedMs, elapsedMs, exceptions, status } = snapshot;
  return {
    event: 'progress',
    status,
    phase: progress.phase,
    folder: progress.folder,
    messages: progress.messages,
    bytes: progress.octets,
    figures,
    ...itemsOf(snapshot.itemOutcomes),
    transferred: octets,
    bytesPerSecond: workedMs > 0 ? Math.round((octets * 1000) / workedMs) : null,
    seconds: elapsedMs / 1000,
    exceptions,
    waiting: progress.waiting,
  };
}

function resultEvent(snapshot: JobSnapshot, result: JobResult): object {
  return {
    event: 'result',
    status: snapshot.status === 'paused' || snapshot.status === 'cancelled' ? 'failed' : snapshot.status,
    // The three words of the design are for scripts; this one tells a pause from a failure.
    job: { id: snapshot.id, kind: snapshot.kind, status: snapshot.status },
    messages: snapshot.figures,
    ...itemsOf(result.itemFigures ?? result.itemOutcomes),
    bytes: snapshot.octets,
    seconds: snapshot.elapsedMs / 1000,
    manifestSha256: result.manifestSha256,
    plan: result.plan,
    written: result.written,
    problem: snapshot.problem === null ? null : { ...snapshot.problem, desk: errorCodes[snapshot.problem.code].desk },
    exceptions: result.exceptions.map(exceptionEvent),
  };
}

/** Contacts, appointments and the like, where there are any. */
function itemsOf(items: ItemFigures | ItemOutcomes | undefined): { readonly items?: ItemFigures | ItemOutcomes } {
  return items === undefined ? {} : { items };
}

function exceptionEvent({ problem, ...where }: JobException): object {
  return { code: problem.code, desk: errorCodes[problem.code].desk, details: problem.details, ...where };
}

export function exitCodeOf({ status, problem }: JobSnapshot): number {
  if (status === 'succeeded') return 0;
  if (status === 'partial') return 2;
  if (problem === null) return errorCodes.INTERRUPTED.exit;
  const { exit } = errorCodes[problem.code];
  return exit === 0 || exit === 2 ? errorCodes.INTERNAL.exit : exit;
}
