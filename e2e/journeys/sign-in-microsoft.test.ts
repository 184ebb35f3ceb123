import { expect, test } from 'vitest';
import { pressing } from '../microsoft-pages.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { keyboard, mouse, type Hands } from './hands.ts';
import { anna, annaAtMicrosoft, microsoftOffice, type MicrosoftOffice } from './moving-office.ts';
import { expectNoSecrets } from './no-secrets.ts';
import { assistantInBrowser, assistantInWindow, type Assistant, type AssistantOptions } from './real-assistant.ts';
import { personAt, type Person } from './real-person.ts';
import { enter, installProfile, otherBrowser } from './sign-in-person.ts';

/** From Zimbra to Microsoft 365 by the organisation's profile, with the identity server's own pages in a real browser. */
const chromium = findChromium();
const runtime = await electronRuntime();
const skip = chromium === null || !dovecotAvailable();
const messages = 60;
const bruno = { address: 'bruno@ente.it', password: 'canarino-bruno' };

test.skipIf(skip)('in the browser: profile, Zimbra, archive, Microsoft 365 with its second factor, report', () =>
  carryOver(options => assistantInBrowser(chromium ?? '', options)),
);

test.skipIf(skip || runtime === null)('in the window: the same way', async () => {
  if (runtime === null) return;
  await carryOver(options => assistantInWindow(runtime, options));
});

async function carryOver(open: (options: AssistantOptions) => Promise<Assistant>): Promise<void> {
  await using office = await microsoftOffice(messages);
  await using assistant = await open(office);
  await using browser = await otherBrowser(chromium ?? '');
  const person = personAt(assistant, keyboard);
  await archiveOld(office, assistant, person, keyboard);

  await enter(person, anna.mail, null);
  await person.reads('Continua nel browser');
  await pressing(await browser.shown(assistant, 1), annaAtMicrosoft);
  await person.arrived('Dove mettere le cose');
  // The token ends in the middle: it is renewed behind the scenes, and nobody is asked.
  office.halfWay(() => {
    office.oidc.store.expireAccessTokens();
  });
  await person.upload(`${office.mail.length} messaggi`);
  await person.readReport();
  expect(await office.inNewMailbox()).toBe(office.mail.length);
  expect(office.oidc.tokenRequests.map(({ grant }) => grant)).toContain('refresh_token');
  expect(await assistant.browserPages()).toHaveLength(1);
  const { store } = office.oidc;
  const tokens = (['AccessToken', 'RefreshToken', 'AuthorizationCode'] as const).flatMap(model => store.given(model));
  expect(tokens.length).toBeGreaterThan(3);
  await expectNoSecrets(assistant, [anna.password, annaAtMicrosoft.password, annaAtMicrosoft.code, ...tokens]);
  expect(assistant.complaints).toEqual([]);
}

test.skipIf(skip)('refused at every turn, and in the middle of the upload: each time there is a way on', async () => {
  await using office = await microsoftOffice(messages);
  await using assistant = await assistantInBrowser(chromium ?? '', office);
  await using browser = await otherBrowser(chromium ?? '');
  const { page } = assistant;
  const person = personAt(assistant, mouse);
  await archiveOld(office, assistant, person, mouse);

  await enter(person, anna.mail, null);
  await pressing(await browser.shown(assistant, 1), bruno);
  await person.reads(/T-306/);
  await person.reads(/bruno@ente\.it/);

  await person.press('Entra');
  const consent = await browser.shown(assistant, 2);
  await consent.getByLabel('Indirizzo').fill(annaAtMicrosoft.address);
  await consent.getByLabel('Password').fill(annaAtMicrosoft.password);
  await consent.getByRole('button', { name: 'Avanti' }).click();
  await consent.getByLabel('Codice').fill(annaAtMicrosoft.code);
  await consent.getByRole('button', { name: 'Verifica' }).click();
  await consent.getByRole('button', { name: 'Annulla' }).click();
  await person.reads('Scrivi la lettera per l’ufficio informatico');
  await person.press('Scrivi la lettera per l’ufficio informatico');
  await person.reads(/Set-CASMailbox 'anna@ente\.it'/);
  await page.keyboard.press('Escape');

  await person.press('Entra');
  await person.reads('Continua nel browser');
  const abandoned = await browser.shown(assistant, 3);
  await person.press('Annulla l’accesso');
  await page.getByRole('button', { name: 'Entra' }).waitFor();
  // Whoever finishes that page now comes back to nobody.
  await expect(pressing(abandoned, annaAtMicrosoft)).resolves.toBeUndefined();
  expect(await page.locator('h1:text-is("Dove mettere le cose")').count()).toBe(0);

  await person.press('Entra');
  await pressing(await browser.shown(assistant, 4), annaAtMicrosoft);
  await person.arrived('Dove mettere le cose');
  office.halfWay(() => {
    office.oidc.store.revokeAll();
  });
  await person.press(`Carica ${office.mail.length} messaggi`);
  await person.reads(/T-303/);
  const before = await office.inNewMailbox();
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(office.mail.length);
  await person.press('Accedi di nuovo');
  await pressing(await browser.shown(assistant, 5), annaAtMicrosoft);
  await person.arrived('Caricamento finito');
  await person.readReport();
  expect(await office.inNewMailbox()).toBe(office.mail.length);
});

/** The profile, then from the welcome screen to an archive that was checked, and on to the new mailbox. */
async function archiveOld(office: MicrosoftOffice, assistant: Assistant, person: Person, hands: Hands): Promise<void> {
  const { mail } = office;
  await installProfile(assistant, person, hands, office.writeProfile);
  await person.reads('Ente di prova');
  await person.reads('Si parte lunedì.');
  await person.begin();
  await enter(person, anna.mail, anna.password);
  await person.arrived('Cosa vuoi salvare, e dove?');
  await person.choosePlace(`${mail.length} messaggi`);
  await person.backUp();
  await person.check(`${mail.length} messaggi`);
  await person.press('Vai alla nuova casella');
  await person.arrived('Qual è la tua nuova casella?');
}
