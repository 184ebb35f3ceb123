import { createRoot } from 'react-dom/client';
import type { Client } from '../shared/wire.ts';
import { App } from './app.tsx';
import type { View } from './navigation.ts';
import type { Session, TakeDropped } from './services.ts';
import { createJobStore } from './state/job-store.ts';
import { readRemembered } from './state/remembered.ts';
import { createStore } from './state/store.ts';

export interface OpenOptions {
  readonly view?: View;
  readonly session?: Session;
  readonly takeDropped?: TakeDropped | null;
}

/** Reads what was remembered and shows the first screen: where the person was, or the home once there is one. */
export async function openApp(client: Client, root: HTMLElement, options: OpenOptions = {}): Promise<void> {
  refuseStrayDrops();
  const host = await client.host('host.info', {});
  const kept = await client.host('host.readState', {});
  const remembered = readRemembered(kept.state, { language: host.language, textSize: 'normal' });
  const store = createStore(client, remembered);
  const jobs = createJobStore(client);
  const session = options.session ?? { source: null, target: null, surveyId: null };
  const first = remembered.wizard === null && remembered.archives.length === 0;
  createRoot(root).render(
    <App
      services={{ client, host, store, jobs, session, takeDropped: options.takeDropped ?? null }}
      opening={options.view ?? (first ? 'wizard' : 'home')}
    />,
  );
}

/** A browser would leave this page for whatever is dropped on it where no screen waits for that. */
function refuseStrayDrops(): void {
  for (const name of ['dragover', 'drop']) window.addEventListener(name, event => event.preventDefault());
}
