import { join } from 'node:path';
import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { startChromium } from '../rig/chromium-browser.ts';
import type { Hands } from './hands.ts';
import type { Assistant } from './real-assistant.ts';
import type { Person } from './real-person.ts';

/** What a profile makes of the way: nothing is typed but address and password. */
export async function installProfile(
  assistant: Assistant,
  person: Person,
  hands: Hands,
  writeProfile: (file: string) => Promise<string>,
): Promise<void> {
  const file = join(assistant.home, 'profilo.json');
  const fingerprint = await writeProfile(file);
  await person.press('Impostazioni');
  await person.reads('Il profilo del tuo ente');
  await assistant.answerDialogs(file);
  await person.press('Apri il file del profilo');
  for (const name of assistant.pickedBy(file)) await person.press(name);
  await person.reads(fingerprint);
  // Nobody goes past the comparison by pressing on.
  await person.press('Usa questo profilo');
  await person.reads('Prima confronta l’impronta, poi metti la spunta.');
  await hands.check(assistant.page, 'L’impronta è la stessa che mi ha detto l’assistenza');
  await person.press('Usa questo profilo');
  await person.reads('Profilo in uso.');
  await assistant.answerDialogs(assistant.home);
  await person.press('Inizio');
  await person.press('Inizia un nuovo travaso');
}

/** Address and password alone. */
export async function enter(person: Person, mail: string, password: string | null): Promise<void> {
  await person.fill('Indirizzo di posta', mail);
  if (password !== null) await person.fill('Password', password);
  await person.press('Entra');
}

/** The system's browser, at which the same person sits. */
export interface OtherBrowser extends AsyncDisposable {
  /** The page that the engine wanted opened as the so-manieth, from 1 on; the rig's authority is nobody's. */
  shown(assistant: Assistant, count: number): Promise<Page>;
}

export async function otherBrowser(chromium: string): Promise<OtherBrowser> {
  const browser = await startChromium(chromium);
  return {
    async shown(assistant, count) {
      await expect.poll(async () => (await assistant.browserPages()).length, { timeout: 60_000 }).toBe(count);
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      await page.goto((await assistant.browserPages()).at(-1) ?? '');
      return page;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
