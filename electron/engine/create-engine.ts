import type { Api, EngineEvents } from '../../shared/contract.ts';
import { liveAccounts } from './accounts/live-accounts.ts';
import { archiveApi } from './api/archive-api.ts';
import { diagnosticsApi } from './api/diagnostics-api.ts';
import { FolderChoices, folderChoiceApi } from './api/folder-choice-api.ts';
import { jobsApi } from './api/jobs-api.ts';
import { checkAccount, mailboxApi } from './api/mailbox-api.ts';
import { placeApi } from './api/place-api.ts';
import { seenArchives } from './api/seen-archives.ts';
import { signInApi } from './api/sign-in-api.ts';
import { transferApi } from './api/transfer-api.ts';
import { FailedCalls } from './diagnostics/failed-calls.ts';
import { JobRegistry } from './jobs/job-registry.ts';
import type { Ports } from './ports.ts';
import { SignInRegistry } from './signin/sign-in-registry.ts';
import { startFlows } from './signin/start-flows.ts';
import { SurveyRegistry } from './survey/survey-registry.ts';

export interface Engine {
  readonly api: Api;
  readonly events: EngineEvents;
  /** The computer slept: every connection is given up now and, where work goes on, made anew. */
  lineLost(): void;
  /** Pauses what runs and lets go of every archive. */
  close(): Promise<void>;
}

/** Builds the engine on its host's ports. Any number can live side by side; nothing is shared between them. */
export function createEngine(ports: Ports): Engine {
  const jobs = new JobRegistry(ports);
  const surveys = new SurveyRegistry(ports.clock);
  const accounts = liveAccounts(ports);
  const signIns = new SignInRegistry(startFlows(ports, account => checkAccount(account, accounts)));
  const choices = new FolderChoices();
  const seen = seenArchives();
  const failedCalls = new FailedCalls(ports.clock);
  const means = { ports, jobs, accounts };
  return {
    api: failedCalls.watch({
      ...signInApi(ports.secrets, signIns),
      ...mailboxApi(ports.network, accounts, surveys),
      ...placeApi(ports, jobs, seen),
      ...folderChoiceApi(ports, choices),
      ...transferApi(means, choices),
      ...archiveApi(means),
      ...jobsApi(ports, jobs),
      ...diagnosticsApi(ports, jobs, { seen, failedCalls }),
    }),
    events: { subscribe: listener => jobs.feed.subscribe(listener) },
    lineLost: () => {
      accounts.lineLost();
    },
    close: async () => {
      await Promise.all([jobs.close(), surveys.close()]);
      await signIns.close();
    },
  };
}
