import type { Account, Api, EngineEvents } from '../../shared/contract.ts';
import { liveAccounts } from './accounts/live-accounts.ts';
import { archiveApi } from './api/archive-api.ts';
import { browseApi } from './api/browse-api.ts';
import { diagnosticsApi } from './api/diagnostics-api.ts';
import { doctorApi } from './api/doctor-api.ts';
import { fileSourceApi } from './api/file-source-api.ts';
import { FolderChoices, folderChoiceApi } from './api/folder-choice-api.ts';
import { itemApi } from './api/item-api.ts';
import { jobsApi } from './api/jobs-api.ts';
import { checkAccount, mailboxApi } from './api/mailbox-api.ts';
import { messageApi } from './api/message-api.ts';
import { organisationApi } from './api/organisation-api.ts';
import { placeApi } from './api/place-api.ts';
import { sealApi } from './api/seal-api.ts';
import { seenArchives } from './api/seen-archives.ts';
import { signInApi } from './api/sign-in-api.ts';
import { transferApi } from './api/transfer-api.ts';
import { BrowsedArchives } from './browse/browsed-archives.ts';
import { DoctorRegistry } from './doctor/doctor-registry.ts';
import { FailedCalls } from './diagnostics/failed-calls.ts';
import { JobRegistry } from './jobs/job-registry.ts';
import type { Ports } from './ports.ts';
import { Organisation } from './profile/organisation.ts';
import { startReadingThread } from './read/reading-thread.ts';
import { SignInRegistry } from './signin/sign-in-registry.ts';
import { microsoftSettings } from './signin/microsoft/microsoft-settings.ts';
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
  const organisation = new Organisation(ports.organisation, ports.clock);
  const microsoft = async () => microsoftSettings(await organisation.profile(), ports.microsoft);
  const recall = (account: Account) => signIns.recall(account);
  const accounts = liveAccounts({ ports, organisation, recall, microsoft });
  const signIns = new SignInRegistry(
    startFlows(ports, account => checkAccount(account, accounts), microsoft, organisation),
  );
  const doctors = new DoctorRegistry(ports.clock);
  const choices = new FolderChoices();
  const seen = seenArchives();
  const archives = new BrowsedArchives(ports, jobs);
  const reading = startReadingThread();
  const failedCalls = new FailedCalls(ports.clock);
  const means = { ports, jobs, accounts, organisation };
  return {
    api: failedCalls.watch({
      ...signInApi(ports.secrets, organisation, signIns, microsoft),
      ...organisationApi(organisation, ports.findProxy),
      ...mailboxApi(ports.network, organisation, accounts, surveys),
      ...fileSourceApi(),
      ...doctorApi({ network: ports.network, findProxy: ports.findProxy, organisation, accounts, doctors, microsoft }),
      ...placeApi(ports, jobs, seen),
      ...folderChoiceApi(ports, choices),
      ...transferApi(means, choices, archives),
      ...archiveApi(means, archives),
      ...browseApi(archives),
      ...messageApi(archives, reading, ports),
      ...itemApi(archives, reading, ports),
      ...sealApi(ports, jobs),
      ...jobsApi(ports, jobs),
      ...diagnosticsApi(ports, jobs, { seen, failedCalls }),
    }),
    events: { subscribe: listener => jobs.feed.subscribe(listener) },
    lineLost: () => {
      accounts.lineLost();
    },
    close: async () => {
      await Promise.all([jobs.close(), surveys.close(), doctors.close(), archives.closeAll(), reading.close()]);
      await signIns.close();
    },
  };
}
