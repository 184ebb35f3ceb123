import { expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import { mouse } from './hands.ts';
import { assistantInBrowser, assistantInWindow, type Assistant } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { twoServers } from './real-servers.ts';

/** The app is killed on every screen, and the person goes on from there: nothing typed is lost except passwords. */
const chromium = findChromium();
const runtime = await electronRuntime();
const hasServers = dovecotAvailable();
const messages = '150 messaggi';

test.skipIf(chromium === null || !hasServers)('in the browser, a kill on every screen costs a password at most', () =>
  killOnEveryScreen(() => (chromium === null ? Promise.reject(new Error()) : assistantInBrowser(chromium))),
);

test.skipIf(runtime === null || !hasServers)('in the window, a kill on every screen costs a password at most', () =>
  killOnEveryScreen(() => (runtime === null ? Promise.reject(new Error()) : assistantInWindow(runtime))),
);

async function killOnEveryScreen(open: () => Promise<Assistant>): Promise<void> {
  await using servers = await twoServers({ messages: 150 });
  await using assistant = await open();
  const person = personAt(assistant, mouse);
  /** What was chosen has reached the disk: from then on it must not be lost. */
  const hasKept = (part: object) => expect.poll(() => assistant.kept(), { timeout: 60_000 }).toMatchObject(part);
  const killedAt = async (step: string) => {
    await assistant.killAndStart();
    await person.reads('La tua posta, al sicuro');
    await person.reads(`Sei arrivato al passo: ${step}.`);
  };
  const valueOf = (label: string) => assistant.page.getByLabel(label, { exact: true }).inputValue();

  await person.reads('Portiamo la tua posta nella nuova casella');
  await assistant.killAndStart();
  await person.begin();

  await person.describe(servers.old);
  await person.fill('Password', servers.old.password);
  await hasKept({ step: 'source', source: { mail: servers.old.mail, server: servers.old.server } });
  await killedAt('Vecchia casella');
  await person.press('Continua');
  await person.arrived('Qual è la tua vecchia casella?');
  expect(await valueOf('Indirizzo di posta')).toBe(servers.old.mail);
  expect(await valueOf('Nome del server')).toBe(servers.old.server);
  expect(await valueOf('Password')).toBe('');
  await person.fill('Password', servers.old.password);
  await person.press('Entra');
  await person.arrived('Cosa vuoi salvare, e dove?');

  await person.choosePlace(messages);
  await hasKept({ step: 'choose', archive: assistant.home });
  await killedAt('Cosa salvare e dove');
  await person.press('Continua');
  await person.typeAgain(servers.old.password, 'Avanti');
  await person.reads('Lo spazio basta.');

  const stalled = servers.oldLine.inject({ at: 'server-literal', nth: 60, minSize: 500, byte: 100, action: 'freeze' });
  await person.press('Salva i messaggi');
  await person.arrived('Sto salvando i tuoi messaggi');
  await expect.poll(() => stalled.fired, { timeout: 60_000 }).toBe(1);
  await hasKept({ step: 'backup', jobs: { backup: expect.any(String) as string } });
  await killedAt('Salvataggio');
  servers.oldLine.heal();
  // The archive's own card leads to the same place.
  await person.reads('Interrotto');
  await person.press('Riprendi');
  await person.arrived('Il salvataggio è fermo');
  await person.typeAgain(servers.old.password, 'Riprendi');
  await person.arrived('Salvataggio finito');

  await person.press('Controlla l’archivio');
  await hasKept({ step: 'verify', jobs: { verify: expect.any(String) as string } });
  await killedAt('Verifica');
  await person.press('Continua');
  // So small an archive may have been read to the end before the kill.
  const resume = assistant.page.getByRole('button', { name: 'Riprendi', exact: true });
  const checked = assistant.page.getByRole('heading', { name: 'L’archivio è completo e controllato' });
  await resume.or(checked).first().waitFor();
  if (await resume.isVisible()) await resume.click();
  await person.arrived('L’archivio è completo e controllato');

  await person.press('Vai alla nuova casella');
  await person.describe(servers.new);
  await hasKept({ step: 'target', target: { mail: servers.new.mail, server: servers.new.server } });
  await killedAt('Nuova casella');
  await person.press('Continua');
  await person.arrived('Qual è la tua nuova casella?');
  expect(await valueOf('Nome del server')).toBe(servers.new.server);
  await person.fill('Password', servers.new.password);
  await person.press('Entra');
  await person.arrived('Dove mettere le cose');

  await person.reads(`Carica ${messages}`);
  await hasKept({ step: 'map' });
  await killedAt('Dove mettere le cose');
  await person.press('Continua');
  await person.typeAgain(servers.new.password, 'Avanti');

  // The worst moment: the server has the message and nobody here knows.
  const unheard = servers.newLine.inject({ at: 'reply', match: /^APPEND/i, nth: 4, action: 'freeze' });
  await person.press(`Carica ${messages}`);
  await expect.poll(() => unheard.fired, { timeout: 60_000 }).toBe(1);
  await hasKept({ step: 'upload', jobs: { upload: expect.any(String) as string } });
  await killedAt('Caricamento');
  servers.newLine.heal();
  await person.reads('Interrotto');
  await person.press('Riprendi');
  await person.arrived('Il caricamento è fermo');
  await person.typeAgain(servers.new.password, 'Riprendi');
  await person.arrived('Caricamento finito');

  await killedAt('Caricamento');
  await person.press('Continua');
  await person.arrived('Caricamento finito');
  await person.readReport();
  await hasKept({ step: 'report' });
  await assistant.killAndStart();
  await person.press('Usa questo archivio');
  await person.arrived('Tutto a posto');

  expect(mailDifference(servers.mail, (await readAccount(servers.newAccount)).messages)).toEqual([]);
}
