import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readArchive } from '../rig/archive-oracle.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { writeMailFiles } from '../rig/mail-files.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import { sharedFixture } from '../rig/shared-fixtures.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard } from './hands.ts';
import { assistantInBrowser, assistantInWindow, type Assistant } from './real-assistant.ts';
import { mailboxOn, personAt } from './real-person.ts';

/** "Ho già un backup": the whole way from a file to the new mailbox, real in every part, by keyboard alone. */
const chromium = findChromium();
const runtime = await electronRuntime();
const hasServers = dovecotAvailable();
const user = 'anna@ente.it';

type Open = (home: string) => Promise<Assistant>;
const inBrowser: Open = home =>
  chromium === null ? Promise.reject(new Error('no Chromium')) : assistantInBrowser(chromium, { home });
const inWindow: Open = home =>
  runtime === null ? Promise.reject(new Error('no Electron')) : assistantInWindow(runtime, { home });

describe.skipIf(!hasServers)('from a backup to the new mailbox', () => {
  const outlook = sharedFixture('pst/tika_testPST.pst');

  test.skipIf(chromium === null || outlook === null)('an Outlook file, in the browser', () => carryOutlook(inBrowser));
  test.skipIf(runtime === null || outlook === null)('an Outlook file, in the window', () => carryOutlook(inWindow));
  test.skipIf(chromium === null)('a Thunderbird profile, in the browser', () => carryThunderbird(inBrowser));
  test.skipIf(runtime === null)('a Thunderbird profile, in the window', () => carryThunderbird(inWindow));

  async function carryOutlook(open: Open): Promise<void> {
    const home = directory();
    const file = join(home, 'vecchia posta.pst');
    copyFileSync(outlook ?? '', file);
    const before = fingerprintOf(file);
    const { archived, arrived } = await carry(open, home, {
      path: file,
      by: 'Scegli un file',
      recognised: 'Un file di posta di Outlook (PST)',
      messages: '7 messaggi',
    });
    expect(archived).toHaveLength(7);
    expect(mailDifference(archived, arrived, { ignore: ['folder'] })).toEqual([]);
    expect(fingerprintOf(file)).toBe(before);
  }

  async function carryThunderbird(open: Open): Promise<void> {
    const mail = writeMailFiles('thunderbird', generateMailbox({ messages: 80, medianSize: 2_000, largeShare: 0 }));
    onTestFinished(() => {
      mail[Symbol.dispose]();
    });
    const profile = join(mail.directory, 'k3x9.default-release');
    mkdirSync(join(profile, 'Mail'), { recursive: true });
    renameSync(mail.path, join(profile, 'Mail', 'Local Folders'));
    writeFileSync(join(profile, 'prefs.js'), '// Mozilla User Preferences\n');
    const before = fingerprintOf(profile);
    const { archived, arrived } = await carry(open, mail.directory, {
      path: profile,
      by: 'Scegli una cartella',
      recognised: 'Un profilo di Thunderbird, con tutte le sue cartelle',
      messages: '80 messaggi',
    });
    // Drafts are a folder in Thunderbird and no flag; its separators hold no delivery date.
    const written = mail.facts.map(fact => ({ ...fact, flags: fact.flags.filter(flag => flag !== '\\Draft') }));
    expect(mailDifference(written, archived, { ignore: ['folder', 'internalDate'] })).toEqual([]);
    // A server stores lines that end as mail's do; what it holds was compared with the archive by the report.
    expect(mailDifference(withoutOctets(archived), withoutOctets(arrived), { ignore: ['folder'] })).toEqual([]);
    expect(fingerprintOf(profile)).toBe(before);
  }
});

interface Backup {
  readonly path: string;
  /** The button that the person presses for it. */
  readonly by: 'Scegli un file' | 'Scegli una cartella';
  readonly recognised: string;
  readonly messages: string;
}

interface Carried {
  readonly archived: readonly MailFact[];
  readonly arrived: readonly MailFact[];
}

async function carry(open: Open, home: string, backup: Backup): Promise<Carried> {
  const common = { tls: 'none', storage: 'maildir-fs' } as const;
  await using server = await startDovecot({ ...common, users: { [user]: { password: 'nuova' } } });
  await using assistant = await open(home);
  const { page } = assistant;
  const person = personAt(assistant, keyboard);

  await person.press('Ho già un backup');
  await person.arrived('Dov’è il tuo backup?');
  expect(await page.title()).toBe('Passo 2 di 8 — Il tuo backup — Travaso');
  await assistant.answerDialogs(backup.path);
  await person.press(backup.by);
  for (const name of assistant.pickedBy(backup.path)) await person.press(name);
  await person.reads(backup.recognised);
  // The answer took the focus: the keyboard goes on from there.
  await page.waitForSelector(`h2:focus:has-text("${basename(backup.path)}")`);
  await person.reads(new RegExp(`^Hai scelto .*: ${backup.messages}`));
  await person.reads('Il tuo backup non viene toccato.');

  await assistant.answerDialogs(assistant.home);
  await person.press('Scegli la cartella');
  for (const name of assistant.homeIsPickedBy) await person.press(name);
  await person.reads('Lo spazio basta.');
  await person.backUp();
  // Left and taken up again: a backup asks for no password.
  expect(assistant.complaints).toEqual([]);
  await assistant.killAndStart();
  // A page whose host was killed says that its events ended.
  const ended = assistant.complaints.length;
  await person.press('Continua');
  await person.arrived('Salvataggio finito');
  await person.check(backup.messages);
  await person.reads(`Il tuo backup aveva ${backup.messages} nelle cartelle scelte.`);
  await person.signInToNew(mailboxOn(server, server.ports.imap, user));
  await person.upload(backup.messages);
  await person.readReport();
  expect(await assistant.page.locator('body').innerText()).not.toMatch(/vecchia casella/i);
  expect(assistant.complaints.slice(ended)).toEqual([]);

  const archive = assistant.kept()?.archive ?? '';
  const { messages: archived, wrong } = await readArchive(archive);
  expect(wrong).toEqual([]);
  const account = { host: server.host, port: server.ports.imap, user, password: 'nuova' };
  return { archived, arrived: (await readAccount(account)).messages };
}

function directory(): string {
  const made = createTestDirectory('backup-file');
  onTestFinished(made.remove);
  return made.path;
}

/** Of everything below: names and octets. */
function fingerprintOf(path: string): string {
  const hash = createHash('sha256');
  const entries = path.endsWith('.pst') ? [path] : filesBelow(path);
  for (const file of entries) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}

function withoutOctets(facts: readonly MailFact[]): readonly MailFact[] {
  return facts.map(fact => ({ ...fact, sha256: '', size: 0 }));
}
