import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Output } from '../shared/contract.ts';
import type { SignInStep } from '../shared/model/sign-in.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { Ports } from '../electron/engine/ports.ts';
import type { OidcServer } from './rig/oidc-server.ts';
import { signInAsPerson, type Person, type Visit } from './rig/oidc-person.ts';
import { createTestDirectory } from './rig/test-directory.ts';

export const anna: Person = { address: 'anna@ente.it', password: 'Parola-d-ordine-7391' };
export const annaAtMicrosoft = 'microsoft365:anna@ente.it';

export interface LogLine {
  readonly event: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** A browser that a person sits at: remembers what it was told to open and what came of it. */
export interface SatBrowser {
  readonly open: (url: string) => Promise<void>;
  readonly urls: readonly string[];
  /** What came of the last page; rejects when nobody got through it. */
  lastVisit(): Promise<Visit>;
  /** Who sits there from now on; null: nobody, a page stays open and untouched. */
  seat(person: Person | null): void;
}

export function satBrowser(caFile: string, first: Person | null): SatBrowser {
  const urls: string[] = [];
  let person = first;
  let visit: Promise<Visit> = Promise.reject(new Error('No page was opened'));
  visit.catch(() => undefined);
  return {
    urls,
    seat: next => {
      person = next;
    },
    lastVisit: () => visit,
    open: url => {
      urls.push(url);
      if (person === null) return Promise.resolve();
      visit = signInAsPerson(url, person, caFile);
      return visit.then(() => undefined);
    },
  };
}

export interface MicrosoftEngine extends Engine {
  readonly log: readonly LogLine[];
  begin(options?: { way?: 'usual' | 'deviceCode'; keep?: boolean; address?: string }): Promise<Output<'signIn.begin'>>;
  /** The step in which a sign-in comes to rest. */
  ended(signInId: string): Promise<SignInStep>;
  /** A whole sign-in; throws when it does not end well. */
  signIn(): Promise<string>;
}

export function microsoftEngine(oidc: OidcServer, browser: SatBrowser, ports: Partial<Ports> = {}): MicrosoftEngine {
  const log: LogLine[] = [];
  const noted = (event: string, facts: LogLine['facts'] = {}): void => {
    log.push({ event, facts });
  };
  const engine = createEngine(
    defaultPorts({
      log: { debug: noted, warn: noted },
      openBrowser: browser.open,
      ...ports,
      microsoft: { tenant: 'rig', clientId: oidc.clientId, authority: oidc.authority, ...ports.microsoft },
    }),
  );
  onTestFinished(() => engine.close());
  const { api } = engine;
  const begin: MicrosoftEngine['begin'] = ({ address = annaAtMicrosoft, ...options } = {}) =>
    api['signIn.begin']({ address, password: null, caFile: oidc.caFile, ...options });
  const ended: MicrosoftEngine['ended'] = async signInId => {
    for (;;) {
      const { step } = await api['signIn.read']({ signInId });
      if (step.step !== 'browser' && step.step !== 'deviceCode') return step;
      await delay(20);
    }
  };
  return {
    ...engine,
    log,
    begin,
    ended,
    async signIn() {
      const { signInId } = await begin();
      const step = await ended(signInId);
      if (step.step !== 'done') throw new Error(`Not signed in: ${JSON.stringify(step)}`);
      return signInId;
    },
  };
}

/** The identity server's authority and the mail server's in one file, as an organisation hands out its own. */
export async function bothAuthorities(...files: readonly string[]): Promise<string> {
  const { path, remove } = createTestDirectory('authorities');
  onTestFinished(remove);
  const file = join(path, 'ca.pem');
  await writeFile(file, (await Promise.all(files.map(name => readFile(name, 'utf8')))).join('\n'));
  return file;
}
