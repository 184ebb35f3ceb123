import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { ExchangeQuirks } from './fakes/exchange/exchange-quirks.ts';
import { startExchange, type FakeExchange } from './fakes/exchange/start-exchange.ts';

/** Says one command and hears everything up to its tagged answer, or to the end of the connection. */
interface Dialogue {
  readonly fake: FakeExchange;
  readonly say: (command: string) => Promise<string>;
}

async function dialogue(quirks: Partial<ExchangeQuirks> = {}): Promise<Dialogue> {
  const fake = await startExchange('a@e', quirks);
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const socket: TLSSocket = connect({ host: fake.host, port: fake.port, ca: fake.ca });
  socket.on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  await once(socket, 'data');
  let open = true;
  socket.on('close', () => (open = false));
  const say = async (command: string): Promise<string> => {
    heard = '';
    const [tag = ''] = command.split(' ', 1);
    socket.write(Buffer.from(`${command}\r\n`, 'latin1'));
    while (!new RegExp(`^${tag} (OK|NO|BAD)`, 'm').test(heard) && open) {
      await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    }
    return heard;
  };
  const response = Buffer.from(`user=a@e\u0001auth=Bearer ${fake.state.issueToken()}\u0001\u0001`).toString('base64');
  expect(await say(`1 AUTHENTICATE XOAUTH2 ${response}`)).toContain('1 OK');
  return { fake, say };
}

const message = 'Subject: a\r\nImportance: high\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nperch=E9 no\r\n';
const appending = (tag: string, before: string, octets = message): string =>
  `${tag} APPEND INBOX ${before}{${octets.length}+}\r\n${octets}`;

test('announces what it cannot do, and says no size that is true', async () => {
  const { say } = await dialogue();
  expect(await say('2 CAPABILITY')).toMatch(/UIDPLUS.*ENABLE IMAP4rev2\r\n/);
  expect(await say(appending('3', ''))).toMatch(/^3 OK \[APPENDUID 14 101\]/m);
  await say('4 SELECT INBOX');
  expect(await say('5 UID SEARCH ALL')).not.toMatch(/\b101\b/);
  const fetched = await say('6 UID FETCH 101 (RFC822.SIZE BODY.PEEK[])');
  const [, told, true_] = /RFC822\.SIZE (\d+) BODY\[\] \{(\d+)\}/.exec(fetched) ?? [];
  expect(told).not.toBe(true_);
  expect(fetched).toContain('Content-Transfer-Encoding: quoted-printable');
  expect(fetched).not.toContain('Importance');
});

test.each([
  ['a keyword', '($Forwarded) ', message],
  ['a NUL', '', 'Subject: a\r\n\r\na\0b\r\n'],
  ['a raw header', '', 'Subject: citt\xe0\r\n\r\n'],
  ['a long line', '', `Subject: a\r\n\r\n${'x'.repeat(10_240)}\r\n`],
])('refuses %s without a reason', async (_what, before, octets) => {
  const { say } = await dialogue();
  expect(await say(appending('2', before, octets))).toContain('2 BAD Command Argument Error. 11');
});

test('loses a star within APPEND and keeps one of STORE', async () => {
  const { fake, say } = await dialogue();
  await say(appending('2', '(\\Seen \\Flagged) '));
  const flags = fake.state.store.find('inbox')?.mail[0]?.flags;
  expect([...(flags ?? [])]).toEqual(['\\Seen']);
  await say('3 SELECT INBOX');
  await say('4 UID STORE 101 +FLAGS.SILENT (\\Flagged)');
  expect([...(flags ?? [])]).toEqual(['\\Seen', '\\Flagged']);
});

test('hangs up at the tenth error', async () => {
  const { say } = await dialogue();
  for (let nth = 1; nth < 10; nth += 1) expect(await say(`e${nth} NONSENSE`)).toContain('BAD');
  await say('e10 NONSENSE');
  expect(await say('e11 NOOP')).not.toContain('e11 OK');
});

test('throttles with its time, and hangs up', async () => {
  const { say } = await dialogue({ throttle: { appends: 1, everyMs: 1000, now: () => 10_400 } });
  await say(appending('2', ''));
  expect(await say(appending('3', ''))).toContain(
    '3 BAD Request is throttled. Suggested Backoff Time: 600 milliseconds',
  );
});

test('folders: one name in any case, Files kept to itself, blanks taken and never opened', async () => {
  const { say } = await dialogue();
  expect(await say('2 CREATE Lavoro')).toContain('2 OK');
  expect(await say('3 CREATE LAVORO')).toContain('3 NO Mailbox already exists.');
  expect(await say('4 CREATE Files')).toContain('4 NO');
  expect(await say('5 CREATE "Ferie "')).toContain('5 OK');
  expect(await say('6 SELECT "Ferie "')).toContain('6 NO');
  expect(await say('7 LIST "" "*"')).toContain('(\\HasNoChildren \\Sent) "/" "Posta inviata"');
});
