import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import { readArchive } from '../rig/archive-oracle.ts';
import { mouse } from './hands.ts';
import { assistantInBrowser, assistantInWindow, type Assistant } from './real-assistant.ts';
import { personAt, type Person } from './real-person.ts';
import { twoServers, type TwoServers } from './real-servers.ts';

/** What goes wrong outside of Travaso, as the person meets it on the screens, and the way on from there. */
const chromium = findChromium();
const runtime = await electronRuntime();
const noTmpfs = await imagesUnavailable('tmpfs');
const skip = chromium === null || !dovecotAvailable();
const messages = '120 messaggi';

test.skipIf(skip)('a server that goes away in the middle of the backup is waited for', async () => {
  await using assistant = await inBrowser();
  await loseTheServer(assistant);
});

test.skipIf(skip || runtime === null)('the window waits for a server that goes away, too', async () => {
  if (runtime === null) return;
  await using assistant = await assistantInWindow(runtime);
  await loseTheServer(assistant);
});

test.skipIf(skip)('a tab closed in the middle of the backup is opened again on the work, which went on', async () => {
  await using assistant = await inBrowser();
  await closeAndComeBack(assistant);
});

test.skipIf(skip || runtime === null)(
  'a window closed in the middle of the backup comes back on the work',
  async () => {
    if (runtime === null) return;
    await using assistant = await assistantInWindow(runtime);
    await closeAndComeBack(assistant);
  },
);

test.skipIf(skip || noTmpfs !== null)('a full disk stops the backup, which goes on once there is room', async () => {
  await using disk = await mountImage({ kind: 'tmpfs', bytes: 40e6 });
  await using servers = await twoServers({ messages: 120 });
  // An archive wants a folder of its own, apart from what fills the disk.
  const folder = join(disk.path, 'archivio');
  mkdirSync(folder);
  await using assistant = await inBrowser(folder);
  const person = await readyToBackUp(assistant, servers);
  // Somebody else fills the disk between the promise and the work.
  await disk.fillLeaving(700_000);
  await person.press('Salva i messaggi');
  await person.arrived('Il salvataggio è fermo');
  await person.reads('Il disco è pieno: non c’è più posto per l’archivio.');
  await person.reads(/T-510/);

  await disk.fillLeaving(30e6);
  await person.press('Riprendi');
  await person.arrived('Salvataggio finito');
  await person.check(messages);
  await expectArchived(assistant, servers);
});

test.skipIf(skip)('a new mailbox without enough room says so before anything is sent', async () => {
  await using servers = await twoServers({ messages: 120, quotaRule: '*:storage=100K' });
  await using assistant = await inBrowser();
  const person = await readyToBackUp(assistant, servers);
  await person.backUp();
  await person.check(messages);
  await person.signInToNew(servers.new);
  await person.reads('Il posto non basta per tutti i messaggi. Non è ancora partito nulla.');
  await person.reads(/T-601/);
  expect(await assistant.page.getByRole('button', { name: /^Carica / }).count()).toBe(0);

  await servers.newServer.setQuota(servers.new.mail, '*:storage=1G');
  // The server looks at its list of users once a second.
  await expect.poll(() => servers.newServer.doveadm('user', servers.new.mail)).toContain('storage=1G');
  // It was named before anything was sent: no message, no folder.
  expect(servers.newLine.commandCounts().get('APPEND')).toBeUndefined();
  expect(servers.newLine.commandCounts().get('CREATE')).toBeUndefined();
  await person.press('Guarda di nuovo');
  await person.reads('Il posto basta.');
  await person.upload(messages);
  await person.readReport();
  expect(mailDifference(servers.mail, (await readAccount(servers.newAccount)).messages)).toEqual([]);
});

test.skipIf(skip)('the language changes in the middle of the work, and nothing else does', async () => {
  await using servers = await twoServers({ messages: 120 });
  await using assistant = await inBrowser();
  const { page } = assistant;
  const person = await readyToBackUp(assistant, servers);
  const stalled = servers.oldLine.inject({ at: 'server-literal', nth: 50, minSize: 500, byte: 9, action: 'freeze' });
  await person.press('Salva i messaggi');
  await person.arrived('Sto salvando i tuoi messaggi');
  await expect.poll(() => stalled.fired, { timeout: 60_000 }).toBe(1);

  await person.press('Impostazioni');
  await page.getByLabel('English').check();
  await person.reads('Language');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await person.press('Home');
  await person.press('Continue');
  await person.arrived('Saving your messages');
  await assistant.reopen();
  expect(await assistant.page.locator('html').getAttribute('lang')).toBe('en');
  await person.press('Continue');
  servers.oldLine.thaw();
  await person.arrived('Backup finished');
});

function inBrowser(home?: string): Promise<Assistant> {
  if (chromium === null) throw new Error('no Chromium');
  return assistantInBrowser(chromium, home === undefined ? {} : { home });
}

async function readyToBackUp(assistant: Assistant, servers: TwoServers): Promise<Person> {
  const person = personAt(assistant, mouse);
  await person.begin();
  await person.signInToOld(servers.old);
  await person.choosePlace(messages);
  return person;
}

async function loseTheServer(assistant: Assistant): Promise<void> {
  await using servers = await twoServers({ messages: 120 });
  const person = await readyToBackUp(assistant, servers);
  const torn = servers.oldLine.inject({ at: 'server-literal', nth: 20, minSize: 500, byte: 'random', action: 'cut' });
  const stalled = servers.oldLine.inject({ at: 'server-literal', nth: 50, minSize: 500, byte: 9, action: 'freeze' });
  await person.press('Salva i messaggi');
  await person.arrived('Sto salvando i tuoi messaggi');
  await expect.poll(() => stalled.fired, { timeout: 60_000 }).toBe(1);
  expect(torn.fired).toBe(1);

  await servers.oldServer.kill();
  servers.oldLine.cut();
  await person.reads('Riprendo da solo appena il collegamento torna: non devi fare nulla.');
  // More tries than the eight, all within a second, after which a job once gave up; the person may hurry it as well.
  const before = servers.oldLine.connections;
  await person.press('Riprova ora');
  await expect.poll(() => servers.oldLine.connections - before, { timeout: 60_000 }).toBeGreaterThan(2);
  await person.reads('Riprendo da solo appena il collegamento torna: non devi fare nulla.');
  servers.oldLine.heal();
  await servers.oldServer.restart();
  await person.arrived('Salvataggio finito');
  await person.check(messages);
  await expectArchived(assistant, servers);
}

async function closeAndComeBack(assistant: Assistant): Promise<void> {
  await using servers = await twoServers({ messages: 120 });
  const person = await readyToBackUp(assistant, servers);
  const stalled = servers.oldLine.inject({ at: 'server-literal', nth: 50, minSize: 500, byte: 9, action: 'freeze' });
  await person.press('Salva i messaggi');
  await person.arrived('Sto salvando i tuoi messaggi');
  await expect.poll(() => stalled.fired, { timeout: 60_000 }).toBe(1);
  await assistant.reopen();
  // A new tab begins at the home; the window was only hidden.
  const goOn = assistant.page.getByRole('button', { name: 'Continua', exact: true });
  if (await goOn.isVisible()) await goOn.click();
  await person.reads('Sto salvando i tuoi messaggi');
  servers.oldLine.thaw();
  await person.arrived('Salvataggio finito');
  await person.check(messages);
  await expectArchived(assistant, servers);
}

async function expectArchived(assistant: Assistant, { mail }: TwoServers): Promise<void> {
  const { messages: archived, wrong } = await readArchive(assistant.kept()?.archive ?? '');
  expect(wrong).toEqual([]);
  expect(mailDifference(mail, archived)).toEqual([]);
}
