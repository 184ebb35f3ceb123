import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { totpCode } from '../../electron/engine/signin/zimbra/totp.ts';
import { heldBy } from '../carbonio-rig.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import { runHere } from '../rig/run-here.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard } from './hands.ts';
import { check } from './keyboard.ts';
import { anna, carbonioOffice, sharedFolder, type CarbonioOffice } from './moving-office.ts';
import { expectNoSecrets } from './no-secrets.ts';
import { assistantInBrowser, type Assistant } from './real-assistant.ts';
import { personAt, type Person } from './real-person.ts';
import { enter, installProfile } from './sign-in-person.ts';

/** From Zimbra to Carbonio, with all that its door may ask after the password; by keyboard alone. */
const chromium = findChromium();
const skip = chromium === null || !dovecotAvailable();
const newPassword = 'canarino-nuova-91bc';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA';
const scratchCode = '98765432';
/** Over the day on which this runs, whatever the hour. */
const day = (distance: number): string => new Date(Date.now() + distance * 86_400_000).toISOString().slice(0, 10);
const freezing = { dates: { freezeFrom: day(-2), freezeUntil: day(2) } };

test.skipIf(skip)('codes wrong and right, a session that ends in the middle, a folder shared by others', async () => {
  const secondFactor = { secret, label: 'telefono di Anna', scratchCodes: [scratchCode] };
  await using office = await carbonioOffice(40, { secondFactor });
  await using assistant = await assistantInBrowser(chromium ?? '', office);
  const { page } = assistant;
  const person = personAt(assistant, keyboard);
  const mail = [...office.mail, ...office.sharedMail];
  await archiveOld(office, assistant, person, { shared: true });

  await enter(person, anna.mail, newPassword);
  await person.reads('Scrivi il codice');
  await person.reads(/telefono di Anna/);
  await person.fill('Codice', '000000');
  await person.press('Conferma');
  await person.reads('Restano 9 tentativi.');
  await person.reads(/T-330/);
  // The refused code is gone, and the field waits for the next.
  await page.waitForSelector('#code:focus');
  expect(await page.locator('#code').inputValue()).toBe('');
  const code = totpCode(secret, Date.now()) ?? '';
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await person.arrived('Dove mettere le cose');

  // In the middle every session ends, and without a code there is no new one: the person is asked, and nobody else.
  office.mailbox.disturb = ({ at, moment }) => {
    if (at !== 'AddMsgRequest' || moment !== 'after' || office.mailbox.asked.get(at) !== 15) return;
    office.new.state.sessions.expireAll();
  };
  await person.press(`Carica ${mail.length} messaggi`);
  await person.reads(/T-303/);
  expect(office.mailbox.store.messages.size).toBeLessThan(mail.length);
  await person.fill('Password', newPassword);
  await person.press('Riprendi');
  await person.reads('Scrivi il codice');
  await person.fill('Codice', scratchCode);
  await person.press('Conferma');
  await person.arrived('Caricamento finito');
  await person.readReport();

  const carried = mail.map(message => ({
    ...message,
    folder: message.folder[0] === 'INBOX' ? ['Inbox'] : message.folder,
  }));
  expect(mailDifference(carried, heldBy(office.mailbox))).toEqual([]);
  const tokens = [...office.old.state.sessions.tokens(), ...office.new.state.sessions.tokens()];
  await expectNoSecrets(assistant, [anna.password, newPassword, code, scratchCode, secret, ...tokens]);
  expect(assistant.complaints).toEqual([]);
});

test.skipIf(skip)('a password that must be changed, then the second factor set up for the first time', async () => {
  await using office = await carbonioOffice(12, {
    secondFactor: {},
    mustChangePassword: true,
    passwordRules: { zimbraPasswordMinLength: '12' },
  });
  await using assistant = await assistantInBrowser(chromium ?? '', office);
  const { page } = assistant;
  const person = personAt(assistant, keyboard);
  await archiveOld(office, assistant, person, { profile: freezing });
  const chosen = 'canarino-scelta-55d0';
  await person.reads(/T-361/);

  // A domain that lets nobody in but browsers: the sentence, and the letter to those who can change it.
  office.new.state.authMethods = ['saml'];
  await enter(person, anna.mail, newPassword);
  await person.reads(/T-344/);
  await person.press('Scrivi la lettera per l’ufficio informatico');
  await person.reads(/zx\/auth\/supported\?domain=ente\.it/);
  await page.keyboard.press('Escape');
  office.new.state.authMethods = ['password'];

  await enter(person, anna.mail, newPassword);
  await person.reads('Scegli una nuova password');
  await person.fill('Nuova password', 'corta');
  await person.fill('Ripeti la nuova password', 'corta');
  await person.press('Cambia la password');
  await person.reads('almeno 12 caratteri');
  await person.fill('Nuova password', chosen);
  await person.fill('Ripeti la nuova password', 'diversa');
  await person.press('Cambia la password');
  await person.reads('Le due password non sono uguali.');
  await page.waitForSelector('#new-password-again:focus');
  await person.fill('Ripeti la nuova password', chosen);
  await person.press('Cambia la password');

  await person.reads('Attiva il codice sul telefono');
  await page.getByRole('img', { name: 'Disegno da inquadrare con l’app dei codici' }).waitFor();
  const key = (await page.locator('.t-key').innerText()).replaceAll(' ', '');
  const recovery = await page.locator('.t-codes code').allInnerTexts();
  expect(recovery).toHaveLength(2);
  await person.fill('Codice che vedi adesso nell’app', totpCode(key, Date.now()) ?? '');
  // Nobody leaves this page without having kept the recovery codes.
  await person.press('Attiva');
  await page.waitForSelector('#recovery-kept:focus');
  await person.reads('Prima di andare avanti conserva i codici di riserva, poi metti la spunta.');
  await check(page, 'Li ho scritti o stampati');
  await person.press('Attiva');
  await person.arrived('Dove mettere le cose');
  await person.reads(/il tuo ente cambia la posta: le impostazioni sono bloccate/);
  expect(office.new.account(anna.mail)).toMatchObject({ password: chosen, secret: key });
  await expectNoSecrets(assistant, [newPassword, chosen, key, ...recovery, ...office.new.state.sessions.tokens()]);
  expect(assistant.complaints).toEqual([]);
});

test.skipIf(!dovecotAvailable())(
  'the doctor names the freeze beside its first result, and finds nothing bad in it',
  async () => {
    await using office = await carbonioOffice(1, {});
    const { path, remove } = createTestDirectory('freeze');
    onTestFinished(remove);
    const profile = join(path, 'profilo.json');
    await office.writeProfile(profile, freezing);
    const asked = ['doctor', '--target', anna.mail, '--profile', profile, '--ca', office.authorities, '--json'];
    const { exitCode, events } = await runHere(asked);
    expect(events[0]).toMatchObject({ check: 'find', state: 'good', problem: { code: 'ORGANISATION_FREEZE' } });
    expect(exitCode).toBe(0);
  },
);

interface Wishes {
  /** The folder that somebody shares is to be saved, too. */
  readonly shared?: boolean;
  /** What else the profile says. */
  readonly profile?: Readonly<Record<string, unknown>>;
}

async function archiveOld(
  { mail, sharedMail, writeProfile }: CarbonioOffice,
  assistant: Assistant,
  person: Person,
  { shared = false, profile = {} }: Wishes = {},
): Promise<void> {
  await installProfile(assistant, person, keyboard, file => writeProfile(file, profile));
  await person.begin();
  await enter(person, anna.mail, anna.password);
  await person.arrived('Cosa vuoi salvare, e dove?');
  if (shared) await check(assistant.page, `${sharedFolder} (di protocollo@ente.it)`);
  const messages = `${mail.length + (shared ? sharedMail.length : 0)} messaggi`;
  await person.choosePlace(messages);
  await person.backUp();
  await person.check(messages);
  await person.press('Vai alla nuova casella');
  await person.arrived('Qual è la tua nuova casella?');
}
