import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { italianMailbox } from '../rig/mailbox-generator.ts';
import { mouse } from './hands.ts';
import { assistantInBrowser } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { twoServers } from './real-servers.ts';

/**
 * A large mailbox does not make the screens heavy. How long the page's tasks took is said, not judged: that depends on
 * the machine, and the bench is the place for it.
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
    await page.evaluate(`window.longTasks = [];
      new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
        .observe({ type: 'longtask', buffered: true })`);
    const longTasks = (): Promise<readonly number[]> => page.evaluate<number[]>('window.longTasks.splice(0)');

    await person.begin();
    await person.signInToOld(servers.old);
    await person.choosePlace('3.000 messaggi');
    const rows = page.getByRole('treeitem');
    expect(await rows.count()).toBeLessThan(60);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.locator('[role=treeitem][data-active]').waitFor();
    expect(await rows.count()).toBeLessThan(60);
    const whileChoosing = await longTasks();

    const events = await page.context().newCDPSession(page);
    await events.send('Network.enable');
    const arrivals: number[] = [];
    events.on('Network.eventSourceMessageReceived', ({ timestamp }) => arrivals.push(timestamp));
    const began = performance.now();
    await person.press('Salva i messaggi');
    await person.arrived('Sto salvando i tuoi messaggi');
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await person.arrived('Salvataggio finito');
    const seconds = (performance.now() - began) / 1000;
    const whileSaving = await longTasks();

    expect(arrivals.length).toBeGreaterThan(2);
    // The first and the last come at once.
    expect(arrivals.length).toBeLessThanOrEqual(5 * seconds + 2);
    const said = (tasks: readonly number[]): string => `${tasks.length}, longest ${Math.max(0, ...tasks)} ms`;
    console.info(
      `Long tasks of the page: choosing ${said(whileChoosing)}; saving for ${seconds.toFixed(1)} s ${said(whileSaving)}. ` +
        `Snapshots: ${arrivals.length}.`,
    );
  },
);
