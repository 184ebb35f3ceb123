import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { startScriptedImap, type ScriptedImapServer } from '../rig/scripted-imap-server.ts';
import { createTestCertificate, type TestCertificateOptions } from '../rig/test-certificate.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard } from './hands.ts';
import { check } from './keyboard.ts';
import { anna, microsoftOffice } from './moving-office.ts';
import { assistantInBrowser } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { enter, installProfile } from './sign-in-person.ts';

/** Servers that nobody vouches for, and one that cannot prove who it is. */
const chromium = findChromium();
const skip = chromium === null || !dovecotAvailable();

/** Takes down every line it is sent, and lets nobody in. */
async function stranger(
  names: readonly string[],
  flaw?: TestCertificateOptions['flaw'],
): Promise<ScriptedImapServer & { readonly caFile: string }> {
  const { path, remove } = createTestDirectory('stranger');
  const files = await createTestCertificate({ directory: path, names, ...(flaw === undefined ? {} : { flaw }) });
  const [cert, key] = await Promise.all([files.certFile, files.keyFile].map(file => readFile(file)));
  const server = await startScriptedImap({
    tls: { from: 'first-octet', cert, key },
    script: ({ line }, session) => {
      if (!/^(?:LOGIN|AUTHENTICATE)\b/i.test(line)) return false;
      session.no('[AUTHENTICATIONFAILED] no');
      return true;
    },
  });
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    remove();
  });
  return Object.assign(server, { caFile: files.caFile });
}

/** It offers no SASL, so that a password would come as it is. */
function gotPassword({ received }: ScriptedImapServer): boolean {
  return received.some(line => line.includes(anna.password));
}

test.skipIf(skip).each([
  ['a host that the profile does not name', 'imap.altrove.example', 'Fermati: il tuo ente non conosce questo server'],
  ['a host that imitates one', 'posta.entte.it', 'Fermati: questo nome ne imita un altro'],
])('%s gets no password before the person says so on a red page', async (_, name, title) => {
  await using office = await microsoftOffice(1);
  const server = await stranger([name]);
  const options = { authorities: server.caFile, names: [name] };
  await using assistant = await assistantInBrowser(chromium ?? '', options);
  const { page } = assistant;
  const person = personAt(assistant, keyboard);
  await installProfile(assistant, person, keyboard, office.writeProfile);
  await person.begin();
  await person.press('Conosco il nome del server');
  await person.fill('Nome del server', `imaps://${name}:${server.port}`);
  await enter(person, anna.mail, anna.password);

  await page.waitForSelector(`h2:focus:has-text("${title}")`);
  await person.reads('La password non è ancora stata inviata a nessuno.');
  // Enter alone leads nowhere, and back to the form leads back.
  await person.press('Continua con questo server');
  await person.reads('Per continuare metti la spunta, oppure torna indietro.');
  await page.waitForSelector('#host-agreed:focus');
  expect(gotPassword(server)).toBe(false);
  await person.press('Indietro');
  expect(gotPassword(server)).toBe(false);

  await person.fill('Password', anna.password);
  await person.press('Entra');
  await check(page, 'Ho chiesto all’assistenza: il server è giusto');
  await person.press('Continua con questo server');
  await person.reads(/T-301/);
  // That it would have been seen.
  expect(gotPassword(server)).toBe(true);
});

test.skipIf(skip)('a certificate that has ended: no password, and the doctor says where it stops', async () => {
  const server = await stranger(['localhost'], 'expired');
  await using assistant = await assistantInBrowser(chromium ?? '', { authorities: server.caFile });
  const person = personAt(assistant, keyboard);
  await person.begin();
  await person.press('Conosco il nome del server');
  await person.fill('Nome del server', `imaps://localhost:${server.port}`);
  await enter(person, anna.mail, anna.password);
  await person.reads(/T-201/);
  await person.press('Non riesco ad accedere');
  await person.reads('Ho finito di guardare.');
  await person.reads('Riga da inviare all’assistenza');
  const states = await assistant.page.evaluate<string[]>(
    `[...document.querySelectorAll('.t-checks li')].map(row => row.dataset.state)`,
  );
  expect(states).toEqual(['good', 'good', 'good', 'bad', 'unchecked', 'unchecked']);
  expect(await assistant.page.getByRole('dialog').innerText()).toContain('TLS_CERTIFICATE_EXPIRED');
  expect(gotPassword(server)).toBe(false);
});
