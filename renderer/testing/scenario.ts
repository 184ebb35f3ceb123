import type { JobSnapshot } from '../../shared/model/job.ts';
import type { Language } from '../../shared/words/language.ts';
import type { MessageAt } from '../features/message/message-pane.tsx';
import type { View } from '../navigation.ts';
import type { Browsing, KnownArchive } from '../state/remembered.ts';
import type { TextSize } from '../state/settings.ts';
import type { WizardState } from '../state/wizard.ts';
import { newWizard } from '../state/wizard.ts';
import type { Answers } from './fake-engine.ts';
import type { Hand } from './hand.ts';
import { archivePath, jobIds } from './sample-jobs.ts';

/** One screen in one state. */
export interface Scenario {
  readonly name: string;
  readonly view?: View;
  readonly language?: Language;
  readonly textSize?: TextSize;
  readonly wizard?: WizardState | null;
  readonly archives?: readonly KnownArchive[];
  readonly browsing?: Browsing;
  /** Shows one message of an archive and no screen around it. */
  readonly message?: MessageAt;
  /** False: nobody is signed in, as after a restart. */
  readonly signedIn?: boolean;
  /** False: the host learns no path from what is dropped, as in a browser. */
  readonly dropsHavePaths?: boolean;
  /** Told before the screen appears, in this order. */
  readonly jobs?: readonly (readonly JobSnapshot[])[];
  readonly answers?: Answers;
  /** What the person does to get there. */
  readonly act?: (hand: Hand) => Promise<void>;
}

const account = (host: string) => ({ address: `imaps://anna.verdi%40ente.it@${host}`, tls: 'implicit' as const });

export const described: WizardState = {
  ...newWizard,
  source: { mail: 'anna.verdi@ente.it', server: '', account: account('posta.ente.it') },
  archive: archivePath,
  jobs: { ...newWizard.jobs, backup: jobIds.backup },
};

export const withTarget: WizardState = {
  ...described,
  target: { mail: 'anna.verdi@ente.it', server: '', account: account('nuova.ente.it') },
  jobs: { ...jobIds },
};

export const oneArchive: readonly KnownArchive[] = [{ path: archivePath, lastUsed: '2026-11-22T06:15:00.000Z' }];
