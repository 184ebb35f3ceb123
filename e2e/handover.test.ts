import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newFolder } from './reliability/journey.ts';
import { findChromium, startChromium } from './rig/chromium-browser.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { startLeakListener } from './rig/leak-listener.ts';
import { runHere } from './rig/run-here.ts';
import { fillEverything } from './zimbra-items-content.ts';
import { anna, password, zimbraItemsWorld } from './zimbra-items-rig.ts';

/** As Python reads a CSV file: headings, then a row for each contact. */
const readCsv = `
import csv, json, sys
with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    print(json.dumps(list(csv.DictReader(file))))
`;

const chromium = findChromium();

describe.skipIf(!dovecotAvailable())('what goes by hand', () => {
  let mail: DovecotServer;
  beforeAll(async () => {
    mail = await startDovecot({ users: { [anna]: { password } }, storage: 'maildir-fs' });
  });
  afterAll(() => mail[Symbol.asyncDispose]());

  async function filledArchive(): Promise<string> {
    const { run } = await zimbraItemsWorld(mail, store => {
      fillEverything(store);
      store.add({
        ...{ kind: 'cn', folder: '7', members: [], photo: null },
        fields: { firstName: '=1+1', workPhone: '06 1', workPhone2: '06 2', workPhone3: '06 3', workCity: 'Roma' },
      });
      store.add({ kind: 'appt', folder: '10', octets: Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nrotto\r\n') });
    });
    const archive = await newFolder();
    // The broken appointment is named.
    expect((await run(archive)).exitCode).toBe(2);
    return archive;
  }

  async function handedOver(language: 'it' | 'en'): Promise<string> {
    const archive = await filledArchive();
    const to = join(await newFolder(), 'a mano');
    const { exitCode } = await runHere(['handover', '--archive', archive, '--to', to, '--lang', language]);
    expect(exitCode).toBe(0);
    return to;
  }

  test('each address book and calendar is one file that others read, with every item in it', async () => {
    const to = await handedOver('it');
    expect(readdirSync(to).sort()).toEqual(
      ['a-mano.html', 'attivita', 'calendari', 'contatti', 'file', 'firme', 'impostazioni', 'regole'].sort(),
    );
    const rows = JSON.parse(
      execFileSync('python3', ['-c', readCsv, join(to, 'contatti', 'Contacts.csv')], { encoding: 'utf8' }),
    ) as Record<string, string>[];
    const cards = readFileSync(join(to, 'contatti', 'Contacts.vcf'), 'utf8');
    const read = ICAL.parse(cards) as unknown[];
    expect(new Set(cards.match(/^VERSION:\S+/gm))).toEqual(new Set(['VERSION:3.0']));
    // The list of contacts has no place in the sheet; it stands on the page.
    expect(rows).toHaveLength(read.length - 1);
    const hostile = rows.find(row => row['First Name']?.includes('1+1'));
    expect(hostile).toMatchObject({
      // A spreadsheet would reckon it.
      'First Name': "'=1+1",
      'Business Phone': '061',
      'Business Phone 2': '062',
      'Business City': 'Roma',
      Notes: expect.stringContaining('Business Phone: 063') as unknown,
    });
    const calendar = new ICAL.Component(
      ICAL.parse(readFileSync(join(to, 'calendari', 'Calendar.ics'), 'utf8')) as ConstructorParameters<
        typeof ICAL.Component
      >[0],
    );
    const uids = calendar.getAllSubcomponents('vevent').map(event => String(event.getFirstPropertyValue('uid')));
    expect(new Set(uids).size).toBe(60);
    expect(readFileSync(join(to, 'file', 'Briefcase', 'pagina.html'), 'utf8')).toBe('<script>alert(1)</script>');
  });

  test('a folder that holds something is left alone', async () => {
    const archive = await filledArchive();
    const to = await newFolder();
    writeFileSync(join(to, 'mio.txt'), 'mio');
    const { exitCode, text } = await runHere(['handover', '--archive', archive, '--to', to, '--lang', 'it']);
    expect(exitCode).toBe(73);
    expect(text).toContain('T-513');
    expect(readdirSync(to)).toEqual(['mio.txt']);
  });

  test.skipIf(chromium === null)('the page tells the steps, runs nothing and asks nobody', async () => {
    const to = await handedOver('it');
    await using browser = await startChromium(chromium ?? '');
    const page = await browser.newPage();
    const listener = await startLeakListener();
    onTestFinished(() => listener.close());
    const file = join(to, 'a-mano.html');
    const written = readFileSync(file, 'utf8');
    // A signature's picture from elsewhere: without the page's policy it is asked for, so that somebody would hear of it.
    const elsewhere = (name: string): string =>
      written.replaceAll('https://altrove.example/', `http://${name}.localhost:${listener.port}/`);
    expect(elsewhere('shown')).not.toBe(written);
    writeFileSync(file, elsewhere('bare').replace(/<meta[^>]*Content-Security-Policy[^>]*>/, ''));
    await page.goto(pathToFileURL(file).href);
    expect(listener.asked('bare')).toEqual(['GET /pixel.gif']);
    writeFileSync(file, elsewhere('shown'));
    const address = pathToFileURL(file).href;
    await page.goto(address);
    const frame = page.frameLocator('iframe[title="Firma «Ufficio»"]');
    await frame.getByText('Verdi').waitFor();
    expect(listener.asked('shown')).toEqual([]);
    // One member is an address, the other a contact of the archive.
    const members = await page.locator('h4:has-text("Squadra") + pre').innerText();
    expect(members).toMatch(/^bruno@ente\.it; .+/);
    expect(members).not.toContain('urn:');
    expect(await page.getByText('1. Fatture', { exact: false }).count()).toBe(1);
    await page.getByRole('heading', { name: 'Da guardare' }).waitFor();
    for (const link of await page.getByRole('link').all()) {
      const target = new URL((await link.getAttribute('href')) ?? '', address);
      expect([target.pathname, existsSync(target)]).toEqual([target.pathname, true]);
    }
  });
});
