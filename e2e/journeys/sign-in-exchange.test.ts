import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportSchema } from '../../shared/model/report.ts';
import type { Trouble } from '../fakes/exchange/exchange-quirks.ts';
import { pressing } from '../microsoft-pages.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import type { GeneratedMessage } from '../rig/mailbox-generator.ts';
import { runHere } from '../rig/run-here.ts';
import { mouse } from './hands.ts';
import { anna, annaAtMicrosoft, exchangeOffice } from './moving-office.ts';
import { expectNoSecrets } from './no-secrets.ts';
import { assistantInBrowser } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { enter, installProfile, otherBrowser } from './sign-in-person.ts';

/**
 * To a mailbox that has every manner of Exchange Online: who signs in with a second factor in a real browser gets
 * everything there, or hears of it by name.
 */
const chromium = findChromium();
const skip = chromium === null || !dovecotAvailable();
const messages = 44;
const largest = 300_000;
const throttle = { appends: 15, everyMs: 3000 };

const odd = (id: string, header: string, body: string, keywords: readonly string[] = []): GeneratedMessage => ({
  folder: ['INBOX'],
  octets: Buffer.from(
    `From: Anna <anna@ente.it>\r\nDate: Mon, 4 Mar 2019 09:15:00 +0100\r\nMessage-ID: <${id}@strani.ente.it>\r\n${header}\r\n${body}\r\n`,
    'latin1',
  ),
  internalDate: new Date('2019-03-04T08:15:00Z'),
  flags: ['\\Flagged'],
  keywords,
});
const longLine = 'x'.repeat(12_000);
const signed =
  'Subject: firmato\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="b"\r\n';
/** What Exchange refuses, or takes in another form. */
const strange = [
  odd('parole', 'Subject: con parole chiave\r\n', 'testo', ['Da-fare', '$Forwarded']),
  odd('riga', 'Subject: riga lunga\r\n', longLine),
  odd('otto', 'Subject: attivit\xe0\r\n', 'testo'),
  odd('firmato', signed, `--b\r\n\r\n${longLine}\r\n--b\r\n\r\nfirma\r\n--b--`),
  odd('grande', 'Subject: troppo grande\r\n', 'riga di testo\r\n'.repeat(largest / 15)),
];

test.skipIf(skip)(
  'a second factor in the browser, a hostile Exchange, and a report that leaves nothing out',
  async () => {
    const troubles = new Map<number, Trouble>([
      [6, 'reply-lost'],
      [13, 'token-expired'],
      [19, 'cut'],
      [27, 'reply-lost'],
    ]);
    let appends = 0;
    await using office = await exchangeOffice(messages, strange, {
      maxMessageBytes: largest,
      throttle: { ...throttle, now: throttleClock() },
      trouble: ({ verb }) => (verb === 'APPEND' ? (troubles.get((appends += 1)) ?? 'none') : 'none'),
    });
    await using assistant = await assistantInBrowser(chromium ?? '', office);
    await using browser = await otherBrowser(chromium ?? '');
    const person = personAt(assistant, mouse);
    const carried = `${office.mail.length} messaggi`;
    await installProfile(assistant, person, mouse, office.writeProfile);
    await person.begin();
    await enter(person, anna.mail, anna.password);
    await person.arrived('Cosa vuoi salvare, e dove?');
    await person.choosePlace(carried);
    await person.backUp();
    await person.check(carried);
    await person.press('Vai alla nuova casella');
    await person.arrived('Qual è la tua nuova casella?');

    await enter(person, anna.mail, null);
    await pressing(await browser.shown(assistant, 1), annaAtMicrosoft);
    await person.arrived('Dove mettere le cose');
    await person.reads(/copia corretta di/);
    await assistant.page.getByLabel(/^Carica una copia corretta/).check();
    await person.reads(/firmato/);
    await assistant.page.getByRole('button', { name: /^Carica \d+ messaggi$/ }).click();
    await person.arrived('Caricamento finito');
    await person.press('Vedi il rapporto');
    await person.arrived('Finito, con qualcosa da guardare');
    for (const code of [/T-602/, /T-603/, /T-617/]) await person.reads(code);

    // The same report as data: each message was proved at the target, or stands among the exceptions by name.
    const file = join(assistant.home, 'rapporto.json');
    const { exitCode } = await runHere(['report', '--archive', assistant.kept()?.archive ?? '', '--out', file]);
    expect(exitCode).toBe(0);
    const { totals, exceptions, lostKeywords } = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const named = (code: string) =>
      exceptions.filter(({ problem }) => problem.code === code).map(({ message }) => message?.subject);
    expect(totals).toMatchObject({ found: office.mail.length, stored: office.mail.length, setAside: 2 });
    expect(totals.verified).toBe(office.mail.length - 2);
    expect([...named('TARGET_LINE_TOO_LONG'), ...named('TARGET_MESSAGE_TOO_LARGE')]).toEqual([
      'firmato',
      'troppo grande',
    ]);
    expect(named('TARGET_MESSAGE_REPAIRED')).toHaveLength(2);
    expect(lostKeywords.map(({ keyword }) => keyword)).toEqual(expect.arrayContaining(['$Forwarded', 'Da-fare']));

    // And by the mailbox itself: each once, but for those two.
    const { store, throttled, connections, windows } = office.exchange.state;
    const stored = store.folders.flatMap(({ mail }) => mail);
    expect(stored).toHaveLength(office.mail.length - 2);
    expect(office.exchange.state.mishaps).toEqual([]);
    expect(stored.filter(({ sent }) => sent.includes('@strani.ente.it'))).toHaveLength(strange.length - 2);
    // It hung up in its time, and never had to say so twice in the same window.
    expect(throttled[0]).toBe(throttle.everyMs);
    expect(throttled.length).toBeLessThanOrEqual(windows.size);
    expect(Math.max(...connections.map(({ errors }) => errors))).toBeLessThanOrEqual(9);
    expect(office.oidc.tokenRequests.map(({ grant }) => grant)).toContain('refresh_token');
    expect(await assistant.browserPages()).toHaveLength(1);
    const tokens = (['AccessToken', 'RefreshToken', 'AuthorizationCode'] as const).flatMap(model =>
      office.oidc.store.given(model),
    );
    await expectNoSecrets(assistant, [anna.password, annaAtMicrosoft.password, annaAtMicrosoft.code, ...tokens]);
  },
);

/** Stands still until the first window is used up, so that it is on any machine; from then on as it should. */
function throttleClock(): () => number {
  let asked = 0;
  let since = 0;
  return () => {
    asked += 1;
    const now = performance.now();
    if (asked <= throttle.appends + 1) since = now;
    return now - since;
  };
}
