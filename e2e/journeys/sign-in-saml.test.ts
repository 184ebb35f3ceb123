import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heldBy } from '../carbonio-rig.ts';
import { startIdentityProvider } from '../fakes/zimbra/identity-provider.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import { keyboard, mouse } from './hands.ts';
import { anna, carbonioOffice } from './moving-office.ts';
import { expectNoSecrets } from './no-secrets.ts';
import { assistantInWindow } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { enter, installProfile } from './sign-in-person.ts';

/** A Carbonio whose people sign in at their organisation's identity provider, by keyboard, in the real window. */
const runtime = await electronRuntime();
const skip = runtime === null || !dovecotAvailable();
const bruno = 'bruno@ente.it';
const typed = 'canarino-digitata-20c7';
const users: Readonly<Record<string, string>> = {
  [anna.mail]: 'canarino-provider-5e11',
  [bruno]: 'canarino-bruno-8f02',
};
const messages = 24;

test.skipIf(skip)('the page of the identity provider: closed, somebody else’s, in the clear, one’s own', async () => {
  if (runtime === null) return;
  await using office = await carbonioOffice(messages, {}, [bruno]);
  await using provider = await startIdentityProvider(users);
  office.new.state.identityProvider = provider;
  office.new.state.authMethods = ['saml'];
  const authorities = `${office.authorities}.with-provider`;
  const pems = await Promise.all([office.authorities, provider.caFile].map(file => readFile(file, 'utf8')));
  await writeFile(authorities, pems.join('\n'));
  await using assistant = await assistantInWindow(runtime, { authorities });
  const person = personAt(assistant, keyboard);
  const openPage = async (again = true): Promise<Page> => {
    const button = again ? 'Apri di nuovo la pagina' : 'Apri la pagina';
    const page = await assistant.otherWindow(() => person.press(button));
    await page.waitForSelector('input[name="user"]:focus');
    return page;
  };

  // Up to here other journeys go by keyboard.
  const quick = personAt(assistant, mouse);
  await installProfile(assistant, quick, mouse, office.writeProfile);
  await quick.begin();
  await enter(quick, anna.mail, anna.password);
  await quick.arrived('Cosa vuoi salvare, e dove?');
  await quick.choosePlace(`${office.mail.length} messaggi`);
  await quick.backUp();
  await quick.check(`${office.mail.length} messaggi`);
  await quick.press('Vai alla nuova casella');
  await quick.arrived('Qual è la tua nuova casella?');

  await enter(person, anna.mail, typed);
  await person.reads('Accedi dalla pagina del tuo ente');

  // The page tries what one that was taken over would, and comes to nothing.
  let page = await openPage(false);
  await expect.poll(() => provider.attempts.length, { timeout: 30_000 }).toBe(6);
  expect([...provider.attempts].sort()).toEqual([
    'bridge: undefined',
    'clear text: none',
    'microphone: none',
    'node: undefined undefined',
    'notifications: denied',
    'second window: none',
  ]);
  // Whose page it is stays in the title, whatever it calls itself.
  expect(await assistant.titleOf(page)).toBe(`${provider.host} — accesso per Travaso`);

  // Closed before the end.
  await page.close();
  await person.reads(/T-350/);

  // A page in the clear is not shown.
  provider.detour = 'http://127.0.0.1:9/accesso';
  await person.press('Apri di nuovo la pagina');
  await person.reads(/T-208/);

  // One whose certificate nobody vouches for, neither.
  await using stranger = await startIdentityProvider({});
  provider.detour = `https://${stranger.host}/sso`;
  await person.press('Apri di nuovo la pagina');
  await person.reads(/T-204/);

  // Somebody else.
  page = await openPage();
  await signIn(page, bruno);
  await person.reads(/T-306/);
  await person.reads(/bruno@ente\.it/);

  // Given up on the assistant's own screen: the window goes with it.
  page = await openPage();
  const gone = page.waitForEvent('close');
  await person.press('Annulla l’accesso');
  await gone;
  await enter(person, anna.mail, typed);
  await person.reads('Accedi dalla pagina del tuo ente');

  // The person's own, at last; nobody remembers those before.
  page = await openPage(false);
  await signIn(page, anna.mail);
  await person.arrived('Dove mettere le cose');

  // The session ends in the middle: only the person can open that page again.
  office.mailbox.disturb = ({ at, moment }) => {
    if (at !== 'AddMsgRequest' || moment !== 'after' || office.mailbox.asked.get(at) !== 9) return;
    office.new.state.sessions.expireAll();
  };
  await person.press(`Carica ${office.mail.length} messaggi`);
  await person.reads(/T-303/);
  await person.press('Accedi di nuovo');
  page = await openPage(false);
  await signIn(page, anna.mail);
  await person.arrived('Caricamento finito');
  await person.readReport();

  const carried = office.mail.map(message => ({
    ...message,
    folder: message.folder[0] === 'INBOX' ? ['Inbox'] : message.folder,
  }));
  expect(mailDifference(carried, heldBy(office.mailbox))).toEqual([]);
  expect(office.new.state.calls.map(({ name }) => name)).not.toContain('/zx/auth/v2/login');
  const tokens = office.new.state.sessions.tokens();
  expect(tokens).toHaveLength(3);
  await expectNoSecrets(assistant, [anna.password, typed, ...Object.values(users), ...tokens]);
  expect(assistant.complaints).toEqual([]);
});

/** The window goes as soon as the server says who is in. */
async function signIn(page: Page, user: string): Promise<void> {
  const gone = page.waitForEvent('close');
  await page.keyboard.type(user);
  await page.keyboard.press('Tab');
  await page.keyboard.type(users[user] ?? '');
  await page.keyboard.press('Enter').catch(() => undefined);
  await gone;
}
