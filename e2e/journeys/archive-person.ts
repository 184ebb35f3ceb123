import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { runCli } from '../rig/run-cli.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard } from './hands.ts';
import type { Assistant } from './real-assistant.ts';

/** Of the archive that these journeys open. */
export const name = 'Posta di Anna';

export const question =
  'From: Luca Bianchi <luca@ente.it>\r\nTo: anna@ente.it\r\nSubject: Una domanda\r\n' +
  'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\nMessage-ID: <domanda@ente.it>\r\n' +
  'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' +
  'Mi chiedo perché il verbale sia fermo.\r\n';

/** Sixty messages and a question, backed up from files by the command line. */
export async function writeArchive(path: string): Promise<void> {
  const mail = directory();
  mkdirSync(join(mail, 'Protocollo'));
  mkdirSync(join(mail, 'Domande'));
  for (let number = 1; number <= 60; number += 1) {
    const text =
      `From: Protocollo <protocollo@ente.it>\r\nSubject: Protocollo ${number}\r\nMessage-ID: <${number}@ente.it>\r\n` +
      `Date: ${1 + Math.floor(number / 3)} Jan 2019 1${number % 3}:00:00 +0100\r\n\r\nTesto numero ${number}.\r\n`;
    writeFileSync(join(mail, 'Protocollo', `${String(number).padStart(3, '0')}.eml`), text);
  }
  writeFileSync(join(mail, 'Domande', '1.eml'), question);
  const { exitCode, stderr } = await runCli(['backup', '--source', `eml:${mail}`, '--archive', path, '--json']);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
}

export async function openFirst(assistant: Assistant): Promise<void> {
  const { page } = assistant;
  page.setDefaultTimeout(30_000);
  await keyboard.press(page, 'Archivio');
  await pick(assistant, 'Apri un altro archivio', join(assistant.home, name));
  await page.waitForSelector(`h1:focus:text-is("${name}")`);
  await page.getByText('61 messaggi').first().waitFor();
}

export async function pick(assistant: Assistant, button: string, path: string): Promise<void> {
  await assistant.answerDialogs(path);
  await keyboard.press(assistant.page, button);
  for (const step of assistant.pickedBy(path)) await keyboard.press(assistant.page, step);
}

export async function prepareSearch(page: Page): Promise<void> {
  await keyboard.press(page, 'Prepara la ricerca');
  await page.getByRole('columnheader').getByRole('button', { name: 'Mittente' }).waitFor();
}

export async function search(page: Page, query: string, answer: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await page.getByText(answer).first().waitFor();
}

export async function goRoundTo(page: Page, role: 'grid' | 'tree'): Promise<void> {
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('F6');
    if ((await page.locator(`[role=${role}]:focus`).count()) === 1) return;
  }
  throw new Error(`F6 does not lead to the ${role}`);
}

export function directory(): string {
  const made = createTestDirectory('archive-real');
  onTestFinished(made.remove);
  return made.path;
}
