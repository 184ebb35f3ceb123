import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { italianMailbox } from '../rig/mailbox-generator.ts';
import { mouse } from './hands.ts';
import { assistantInBrowser } from './real-assistant.ts';
import { watchTasks } from './page-tasks.ts';
import type { PageTasks } from './page-tasks.ts';
import { personAt } from './real-person.ts';
import { twoServers } from './real-servers.ts';

/**
 * A large mailbox does not make the screens heavy: no task of the page takes the processor for 50 ms, from which on a
 * person feels that a key was heard late (https://www.w3.org/TR/longtasks-1/).
 */
const chromium = findChromium();
const manyFolders = Array.from({ length: 2000 }, (_, index) => ['Pratiche', `Fascicolo ${index + 1}`]);

test.skipIf(chromium === null || !dovecotAvailable())(
  'two thousand folders are a few rows of the page, and a backup at work sends it five snapshots a second at most',
  async () => {
    if (chromium === null) return;
    const folders = [...italianMailbox.map(({ path }) => path), ...manyFolders];
    await using servers = await twoServers({ messages: 3000, folders });
    await using assistant = await assistantInBrowser(chromium);
    const { page } = assistant;
    const person = personAt(assistant, mouse);
    await person.begin();
    const choosing = await watchTasks(page);
    await person.signInToOld(servers.old);
    await person.choosePlace('3.000 messaggi');
    const rows = page.getByRole('treeitem');
    expect(await rows.count()).toBeLessThan(60);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.locator('[role=treeitem][data-active]').waitFor();
    expect(await rows.count()).toBeLessThan(60);
    const whileChoosing = await choosing();

    const events = await page.context().newCDPSession(page);
    await events.send('Network.enable');
    const arrivals: number[] = [];
    events.on('Network.eventSourceMessageReceived', ({ timestamp }) => arrivals.push(timestamp));
    const saving = await watchTasks(page);
    const began = performance.now();
    await person.press('Salva i messaggi');
    await person.arrived('Sto salvando i tuoi messaggi');
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await person.arrived('Salvataggio finito');
    const seconds = (performance.now() - began) / 1000;
    const whileSaving = await saving();

    expect(arrivals.length).toBeGreaterThan(2);
    // The first and the last come at once.
    expect(arrivals.length).toBeLessThanOrEqual(5 * seconds + 2);
    console.info(
      `Tasks of the page: choosing ${said(whileChoosing)}; saving for ${seconds.toFixed(1)} s ${said(whileSaving)}. ` +
        `Snapshots: ${arrivals.length}.`,
    );
    for (const { tasks, longestCpuMs } of [whileChoosing, whileSaving]) {
      // Nothing recorded would be no proof.
      expect(tasks).toBeGreaterThan(100);
      expect(longestCpuMs).toBeLessThan(50);
    }
  },
);

function said({ tasks, longestCpuMs, longestMs }: PageTasks): string {
  return `${tasks}, the longest ${longestCpuMs.toFixed(0)} ms of processor time (${longestMs.toFixed(0)} ms by the clock)`;
}
