import '../without-eval.ts';
import '../styles/styles.ts';
import { createClient } from '../../shared/wire.ts';
import { openApp } from '../open-app.tsx';
import { notBrowsing } from '../state/remembered.ts';
import type { Remembered } from '../state/remembered.ts';
import { createFakeEngine } from './fake-engine.ts';
import { hand } from './hand.ts';
import { openPane } from './open-pane.tsx';
import { playingAnswers } from './playing-engine.ts';
import type { Scenario } from './scenario.ts';
import { aroundScenarios } from './scenarios-around.ts';
import { archiveScenarios } from './scenarios-archive.ts';
import { fileSourceScenarios } from './scenarios-file-source.ts';
import { itemScenarios } from './scenarios-items.ts';
import { messageScenarios } from './scenarios-message.ts';
import { newMailboxScenarios } from './scenarios-new-mailbox.ts';
import { oldMailboxScenarios } from './scenarios-old-mailbox.ts';
import { outlookFile } from './sample-files.ts';
import { organisationScenarios } from './scenarios-organisation.ts';
import { proofScenarios } from './scenarios-proof.ts';
import { signInScenarios } from './scenarios-sign-in.ts';
import { signInId, usualAnswers } from './usual-answers.ts';

/**
 * `gallery.html#name` shows one screen in one state on a scripted engine; `#play` is the whole journey on an engine
 * that moves; without a name, the list of them. For development and for the tests that look at every state.
 */
const scenarios = [
  ...oldMailboxScenarios,
  ...fileSourceScenarios,
  ...newMailboxScenarios,
  ...signInScenarios,
  ...organisationScenarios,
  ...messageScenarios,
  ...aroundScenarios,
  ...archiveScenarios,
  ...itemScenarios,
  ...proofScenarios,
];

declare global {
  interface Window {
    travasoGallery: { readonly names: readonly string[]; calls: () => unknown };
  }
}

const root = document.querySelector<HTMLElement>('#root');
const name = decodeURIComponent(location.hash.slice(1));
window.addEventListener('hashchange', () => location.reload());
window.travasoGallery = { names: scenarios.map(scenario => scenario.name), calls: () => [] };
if (root !== null) await show(root);

async function show(at: HTMLElement): Promise<void> {
  if (name === 'play') {
    await play(at);
    return;
  }
  const scenario = scenarios.find(candidate => candidate.name === name);
  if (scenario === undefined) {
    list(at);
    return;
  }
  await showScenario(scenario, at);
  document.documentElement.dataset['ready'] = 'true';
}

async function showScenario(scenario: Scenario, at: HTMLElement): Promise<void> {
  const state: Remembered = {
    version: 1,
    settings: { language: scenario.language ?? 'it', textSize: scenario.textSize ?? 'normal' },
    wizard: scenario.wizard ?? null,
    archives: [...(scenario.archives ?? [])],
    browsing: scenario.browsing ?? notBrowsing,
  };
  const engine = createFakeEngine({ ...usualAnswers, 'host.readState': () => ({ state }), ...scenario.answers });
  const id = scenario.signedIn === false ? null : signInId;
  window.travasoGallery.calls = () => engine.calls;
  const client = createClient(engine.wire);
  if (scenario.message !== undefined) await openPane(client, at, state, scenario.message);
  else {
    await openApp(client, at, {
      view: scenario.view ?? 'wizard',
      session: { source: id, target: id, surveyId: null },
      takeDropped: scenario.dropsHavePaths === false ? null : () => Promise.resolve(outlookFile.path),
    });
  }
  for (const snapshot of (scenario.jobs ?? []).flat()) engine.tell(snapshot);
  await hand.settle();
  await scenario.act?.(hand);
  await hand.settle();
}

async function play(at: HTMLElement): Promise<void> {
  // Kept over a reload, as a host keeps it: what a reload loses is then what closing the window loses.
  const kept = sessionStorage.getItem('state');
  const engine = createFakeEngine({
    ...usualAnswers,
    ...playingAnswers(snapshot => engine.tell(snapshot)),
    'host.readState': () => ({ state: kept === null ? null : (JSON.parse(kept) as never) }),
    'host.writeState': ({ state }) => {
      sessionStorage.setItem('state', JSON.stringify(state));
      return {};
    },
  });
  window.travasoGallery.calls = () => engine.calls;
  await openApp(createClient(engine.wire), at);
  document.documentElement.dataset['ready'] = 'true';
}

function list(at: HTMLElement): void {
  const items = ['play', ...window.travasoGallery.names].map(item => {
    const link = document.createElement('a');
    link.href = `#${item}`;
    link.textContent = item;
    const entry = document.createElement('li');
    entry.append(link);
    return entry;
  });
  const all = document.createElement('ul');
  all.append(...items);
  at.append(all);
}
