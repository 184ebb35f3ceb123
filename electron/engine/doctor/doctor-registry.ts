import { randomUUID } from 'node:crypto';
import { errorCodes, TravasoError } from '../../../shared/errors.ts';
import { doctorChecks } from '../../../shared/model/doctor.ts';
import type { Diagnosis, DoctorStep } from '../../../shared/model/doctor.ts';
import type { Clock } from '../ports.ts';
import { runDoctor } from './run-doctor.ts';
import type { DoctorOptions } from './run-doctor.ts';

/** Those that ended and can still be read. */
const kept = 8;

interface KnownDiagnosis {
  readonly diagnosis: Diagnosis;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export class DoctorRegistry {
  private readonly clock: Clock;
  private readonly known = new Map<string, KnownDiagnosis>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  start(options: Omit<DoctorOptions, 'signal' | 'report' | 'reportServer'>): string {
    for (const [id, { stop }] of [...this.known].slice(0, -kept)) {
      stop.abort();
      this.known.delete(id);
    }
    const id = randomUUID();
    const stop = new AbortController();
    const steps = doctorChecks.map((check): DoctorStep => ({ check, state: 'waiting', problem: null, seen: {} }));
    const diagnosis: Diagnosis = { done: false, server: null, steps, line: '' };
    const ended = runDoctor({
      ...options,
      signal: stop.signal,
      report: step => {
        steps[doctorChecks.indexOf(step.check)] = structuredClone(step);
      },
      reportServer: server => {
        diagnosis.server = server;
      },
    }).then(() => {
      for (const step of steps) if (step.state === 'waiting') step.state = 'unchecked';
      diagnosis.line = lineOf(diagnosis, this.clock.now());
      diagnosis.done = true;
    });
    this.known.set(id, { diagnosis, stop, ended });
    return id;
  }

  /** @throws JOB_UNKNOWN */
  read(id: string): Diagnosis {
    const known = this.known.get(id);
    if (known === undefined) throw new TravasoError('JOB_UNKNOWN', { diagnosisId: id });
    return structuredClone(known.diagnosis);
  }

  async close(): Promise<void> {
    const all = [...this.known.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }
}

/** For whoever runs the server: when, where, how far, and what was seen at the step that failed. */
function lineOf({ server, steps }: Diagnosis, now: Date): string {
  const marks = steps.map(({ check, state }) => `${check}=${state}`).join(' ');
  const bad = steps.find(({ state }) => state === 'bad') ?? steps.find(({ problem }) => problem !== null);
  const problem = bad?.problem ?? null;
  const told = problem === null ? '' : ` ${errorCodes[problem.code].desk} ${problem.code}`;
  const facts = Object.entries({ ...bad?.seen, ...problem?.details });
  const seen = facts.map(([name, value]) => ` ${name}="${String(value)}"`).join('');
  return `${now.toISOString()} ${server ?? '-'} ${marks}${told}${seen}`;
}
