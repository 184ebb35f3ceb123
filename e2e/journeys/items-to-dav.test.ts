import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { archiveOfItems, calendar, vcard } from '../../electron/engine/testing/archive-of-items.ts';
import { mail } from '../../electron/engine/testing/test-archive.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import { radicaleAvailable, startRadicale } from '../rig/radicale.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { pick } from './archive-person.ts';
import { keyboard } from './hands.ts';
import { assistantInBrowser } from './real-assistant.ts';
import { mailboxOn, personAt } from './real-person.ts';

/** A new mailbox that takes mail alone: contacts and calendars go to another server, real as well; by keyboard alone. */
const chromium = findChromium();
const user = 'anna@ente.it';

test.skipIf(chromium === null || !dovecotAvailable() || !radicaleAvailable())(
  'after the mail, contacts and calendars go to a CardDAV and CalDAV server and are proved there',
  async () => {
    const { path: home, remove } = createTestDirectory('items-to-dav');
    onTestFinished(remove);
    const archive = join(home, 'Posta di Anna');
    const appointment = ['UID:1', 'DTSTAMP:20250101T000000Z', 'DTSTART:20250101T100000Z', 'SUMMARY:Collaudo'];
    await archiveOfItems(
      [
        { kind: 'contact', path: ['Rubrica'], items: { a: vcard('UID:a', 'FN:Anna Però', 'EMAIL:anna@ente.it') } },
        { kind: 'event', path: ['Calendario'], items: { e: calendar('BEGIN:VEVENT', ...appointment, 'END:VEVENT') } },
      ],
      { root: archive, mail: [{ path: ['INBOX'], messages: [mail('1')], changeMark: '1' }] },
    );
    const common = { tls: 'none', storage: 'maildir-fs' } as const;
    await using server = await startDovecot({ ...common, users: { [user]: { password: 'nuova' } } });
    await using radicale = await startRadicale({ tls: true });
    await using assistant = await assistantInBrowser(chromium ?? '', { home, authorities: radicale.caFile ?? '' });
    const { page } = assistant;
    page.setDefaultTimeout(25_000);
    const person = personAt(assistant, keyboard);

    await keyboard.press(page, 'Archivio');
    await pick(assistant, 'Apri un altro archivio', archive);
    await person.reads('1 messaggio');
    await person.press('Inizio');
    await person.press('Usa questo archivio');
    await person.arrived('Salvataggio finito');
    await person.check('1 messaggio');
    await person.signInToNew(mailboxOn(server, server.ports.imap, user));
    await person.upload('1 messaggio');

    await person.press('Sì, carica contatti e calendari');
    await person.fill('Indirizzo del server', `localhost:${radicale.port}`);
    await person.fill('Nome utente', 'anna');
    await person.fill('Password', 'segreta');
    await person.press('Entra e carica');
    await person.reads('Finito. Qui sotto vedi che cosa è arrivato.');
    const row = page.getByRole('table', { name: 'Che cosa è stato di contatti, calendari e il resto' }).last();
    expect(await row.locator('tbody tr').allInnerTexts()).toEqual(['Contatti\t1\t1\t0\t1', 'Calendari\t1\t1\t0\t1']);
    const held = readdirSync(radicale.home('anna'), { recursive: true, encoding: 'utf8' })
      .filter(file => /\.(?:vcf|ics)$/.test(file))
      .map(file => readFileSync(join(radicale.home('anna'), file), 'utf8'));
    expect(held.join('\n')).toMatch(/FN:Anna Però/);
    expect(held.join('\n')).toMatch(/SUMMARY:Collaudo/);
    // The report speaks of both, and neither makes the other look undone.
    await person.readReport();
    await page.getByRole('heading', { name: 'Altro: contatti, calendari' }).waitFor();
    expect(assistant.complaints).toEqual([]);
  },
);
