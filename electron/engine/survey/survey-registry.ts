import { randomUUID } from 'node:crypto';
import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';
import type { Clock } from '../ports.ts';
import type { Patience } from '../jobs/patience.ts';
import { Session } from '../jobs/session.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { runSurvey } from './run-survey.ts';

/** Surveys that ended and can still be read; a screen that asks for an older one starts a new one. */
const keptSurveys = 8;

/** Somebody looks at the screen and has a button to start it again. */
const patience: Patience = { first: 30_000, away: 60_000, stubborn: 60_000 };

/** Enough to see what is wrong; the report of the backup has every one. */
const keptRemarks = 500;

interface KnownSurvey {
  readonly account: string;
  readonly survey: Survey;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Surveys of this process. They leave no trace: what counts is what the backup finds. */
export class SurveyRegistry {
  private readonly clock: Clock;
  private readonly surveys = new Map<string, KnownSurvey>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** A survey of the same account that still runs is stopped: servers allow a person few connections. */
  start(account: string, connect: (signal: AbortSignal) => Promise<MailSource>): string {
    for (const known of this.surveys.values()) if (known.account === account) known.stop.abort();
    for (const id of [...this.surveys.keys()].slice(0, -keptSurveys)) this.forget(id);
    const id = randomUUID();
    const stop = new AbortController();
    const survey: Survey = { phase: 'listing', folders: [], items: [], remarks: [], problem: null };
    const ended = this.run(survey, stop.signal, new Session(() => connect(stop.signal)));
    this.surveys.set(id, { account, survey, stop, ended });
    return id;
  }

  /** @throws JOB_UNKNOWN */
  read(id: string): Survey {
    const known = this.surveys.get(id);
    if (known === undefined) throw new TravasoError('JOB_UNKNOWN', { surveyId: id });
    return structuredClone(known.survey);
  }

  async close(): Promise<void> {
    const all = [...this.surveys.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private forget(id: string): void {
    this.surveys.get(id)?.stop.abort();
    this.surveys.delete(id);
  }

  /** Never rejects: how it ended is in the survey. */
  private async run(survey: Survey, signal: AbortSignal, session: Session<MailSource>): Promise<void> {
    try {
      const wait = (_problem: unknown, ms: number): Promise<void> => this.clock.sleep(ms, signal);
      await runSurvey(
        session,
        { signal, wait, patience },
        {
          listed: (folders, remarks) => {
            survey.folders = [...folders];
            survey.remarks = remarks.slice(0, keptRemarks).map(copyOf);
            survey.phase = 'counting';
          },
          itemsListed: (items, remarks) => {
            survey.items = items;
            survey.remarks = [...survey.remarks, ...remarks.map(copyOf)].slice(0, keptRemarks);
          },
          counted: (index, messages, octets) => {
            const folder = survey.folders[index];
            if (folder !== undefined) Object.assign(folder, { messages, octets });
          },
        },
      );
      survey.phase = 'done';
    } catch (error) {
      survey.phase = 'failed';
      survey.problem = copyOf(problemOf(error));
    } finally {
      await session.close();
    }
  }
}

function copyOf(problem: Problem): Survey['remarks'][number] {
  return { ...problem, details: { ...problem.details } };
}
