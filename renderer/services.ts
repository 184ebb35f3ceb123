import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { HostInfo } from '../shared/host-contract.ts';
import type { Client } from '../shared/wire.ts';
import type { Language } from '../shared/words/language.ts';
import type { JobStore, WatchedJob } from './state/job-store.ts';
import type { Remembered } from './state/remembered.ts';
import type { Store } from './state/store.ts';
import { newWizard } from './state/wizard.ts';
import type { WizardState } from './state/wizard.ts';
import { wordsOf } from './words/words.ts';
import type { Words } from './words/words.ts';

/** Ids under which the engine keeps what was typed in this window. Gone when it closes, and on purpose. */
export interface Session {
  source: string | null;
  target: string | null;
  surveyId: string | null;
}

export type { WatchedJob };

/** Takes a file or folder that was dropped on the window and gives its path, granted; null when it has none. */
export type TakeDropped = (file: File) => Promise<string | null>;

export interface Services {
  readonly client: Client;
  readonly host: HostInfo;
  readonly store: Store;
  readonly jobs: JobStore;
  readonly session: Session;
  /** Null where the host learns no path from a drop: browsers keep it to themselves. */
  readonly takeDropped: TakeDropped | null;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('a screen outside of its services');
  return services;
}

export function useRemembered(): Remembered {
  const { store } = useServices();
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useLanguage(): Language {
  return useRemembered().settings.language;
}

export function useWords(): Words {
  const { settings, wizard } = useRemembered();
  return wordsOf(settings.language, wizard?.way ?? 'mailbox');
}

export function useWizard(): readonly [WizardState, (change: Partial<WizardState>) => void] {
  const { store } = useServices();
  const state = useRemembered().wizard ?? newWizard;
  const change = useCallback(
    (part: Partial<WizardState>) => store.set(all => ({ ...all, wizard: { ...(all.wizard ?? newWizard), ...part } })),
    [store],
  );
  return [state, change];
}

/** Follows one job; undefined while it is not known (yet). */
export function useJob(id: string | null): WatchedJob | undefined {
  const { jobs } = useServices();
  return useSyncExternalStore(jobs.subscribe, () => (id === null ? undefined : jobs.get(id)));
}
