import { describe, expect, test } from 'vitest';
import type { ImapTimeouts } from '../electron/engine/imap/connect.ts';
import type { OpenFolder } from '../electron/engine/sources/mail-source.ts';
import { problemOf, type ErrorCode } from '../shared/errors.ts';
import { answering, inbox, never, withSource } from './hostile-source.ts';
import type { ScriptedCommand, ScriptedImapOptions, ScriptedSession } from './rig/scripted-imap-server.ts';

const code = (error: unknown): ErrorCode => problemOf(error).code;

async function bodies(open: OpenFolder, keys: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  try {
    for await (const { key, body } of open.fetch(keys, never)) {
      try {
        const pieces: Buffer[] = [];
        for await (const piece of body) pieces.push(piece);
        found[key] = Buffer.concat(pieces).toString('latin1');
      } catch (error) {
        found[key] = code(error);
      }
    }
  } catch (error) {
    found['all'] = code(error);
  }
  return found;
}

const bodiesFrom = (options: ScriptedImapOptions, keys: readonly string[], timeouts?: Partial<ImapTimeouts>) =>
  withSource(options, async source => await bodies(await source.openFolder(inbox, never), keys), timeouts);

describe('messages', () => {
  const fetch = (response: string, rest: Parameters<typeof answering>[0] = {}) =>
    answering({
      'UID FETCH': ({ line }, session) => {
        // Which of the messages exist at all: those the script names.
        if (line.endsWith('(UID)')) session.send('* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n');
        else session.send(response);
        session.ok();
      },
      ...rest,
    });

  test.each<[string, string, readonly string[], Record<string, string>]>([
    ['the UID behind the body', '* 9 FETCH (BODY[] {3}\r\nabc UID 7)\r\n', ['7'], { 7: 'abc' }],
    [
      'flags nobody asked for in between',
      '* 9 FETCH (UID 7 FLAGS (\\Seen x) BODY[] {3}\r\nabc MODSEQ (5))\r\n',
      ['7'],
      { 7: 'abc' },
    ],
    ['an empty message', '* 9 FETCH (UID 7 BODY[] {0}\r\n)\r\n', ['7'], { 7: '' }],
    ['a quoted string for a body', '* 9 FETCH (UID 7 BODY[] "a \\"b\\"")\r\n', ['7'], { 7: 'a "b"' }],
    ['a binary literal', '* 9 FETCH (UID 7 BODY[] ~{3}\r\na\0c)\r\n', ['7'], { 7: 'a\0c' }],
    [
      'a body that looks like protocol',
      '* 9 FETCH (UID 7 BODY[] {19}\r\nT6 OK\r\n* BYE x\r\n{9})\r\n',
      ['7'],
      { 7: 'T6 OK\r\n* BYE x\r\n{9}' },
    ],
    [
      'a message nobody asked for',
      '* 8 FETCH (UID 6 BODY[] {1}\r\nx)\r\n* 9 FETCH (UID 7 BODY[] {1}\r\ny)\r\n',
      ['7'],
      { 7: 'y' },
    ],
    ['one told twice', '* 9 FETCH (UID 7 BODY[] {1}\r\nx)\r\n* 9 FETCH (UID 7 BODY[] {1}\r\nz)\r\n', ['7'], { 7: 'x' }],
    ['one that has vanished', '* 1 EXPUNGE\r\n* 9 FETCH (UID 7 BODY[] {1}\r\nx)\r\n', ['6', '7'], { 7: 'x' }],
    ['one without a body', '* 1 FETCH (UID 1 BODY[] NIL)\r\n', ['1'], { 1: 'MESSAGE_UNREADABLE' }],
    ['one never sent, though it exists', '', ['2'], { 2: 'MESSAGE_UNREADABLE' }],
    [
      'a literal longer than announced',
      '* 9 FETCH (UID 7 BODY[] {3}\r\nabcdef)\r\n',
      ['7'],
      { 7: 'CONNECTION_LOST', all: 'CONNECTION_LOST' },
    ],
    [
      'one longer that goes on like an item',
      '* 9 FETCH (UID 7 BODY[] {3}\r\nabc def ghi)\r\n',
      ['7'],
      { 7: 'CONNECTION_LOST', all: 'CONNECTION_LOST' },
    ],
    ['a line without end', `* 9 FETCH (UID 7 ${'x'.repeat(9_000_000)}`, ['7'], { all: 'CONNECTION_LOST' }],
    ['lists in lists in lists', `* 9 FETCH (UID 7 BODY ${'('.repeat(500)}\r\n`, ['7'], { all: 'CONNECTION_LOST' }],
    ['a literal of absurd size elsewhere', '* OK x\r\n* LIST () "/" {99999999}\r\n', ['7'], { all: 'CONNECTION_LOST' }],
  ])('%s', async (_, response, keys, expected) => {
    expect(await bodiesFrom(fetch(response), keys)).toEqual(expected);
  });

  test('a literal shorter than announced is not taken for a message', async () => {
    const short = fetch('* 9 FETCH (UID 7 BODY[] {300}\r\nabc)\r\n');
    expect(await bodiesFrom(short, ['7'], { silence: 200 })).toEqual({ 7: 'SERVER_SILENT', all: 'SERVER_SILENT' });
  });

  test('a line cut in the middle of a message is not the end of the message', async () => {
    const cut = answering({
      'UID FETCH': (_, session) => {
        session.send('* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n* 2 FETCH (UID 2 BODY[] {100}\r\nonly a part');
        session.end();
      },
    });
    expect(await bodiesFrom(cut, ['1', '2'])).toEqual({ 1: 'abc', 2: 'CONNECTION_LOST', all: 'CONNECTION_LOST' });
  });

  test('a throttling server is obeyed to the millisecond', async () => {
    const throttling = answering({
      'UID FETCH': (_, session) => session.no('Request is throttled. Suggested Backoff Time: 4711 milliseconds'),
    });
    const problem = await withSource(throttling, async source => {
      const open = await source.openFolder(inbox, never);
      const messages = open.fetch(['1'], never)[Symbol.asyncIterator]();
      return await messages.next().then(() => null, problemOf);
    });
    expect(problem).toMatchObject({ code: 'SERVER_THROTTLED', retryAfterMs: 4711 });
  });

  test('one bad message costs itself, and the server never sees five failures in a row', async () => {
    const keys = Array.from({ length: 64 }, (_, n) => String(n + 1));
    let failures = 0;
    let worst = 0;
    const fetchOf = (line: string) => {
      const set = /^UID FETCH (\S+)/.exec(line)?.[1] ?? '';
      return set.split(',').flatMap(part => {
        const [first = 0, last = first] = part.split(':').map(Number);
        return Array.from({ length: last - first + 1 }, (_, n) => first + n);
      });
    };
    const script = (command: ScriptedCommand, session: ScriptedSession): boolean => {
      if (!command.line.startsWith('UID FETCH')) {
        failures = 0;
        return false;
      }
      const uids = fetchOf(command.line);
      if (uids.includes(13)) {
        failures += 1;
        worst = Math.max(worst, failures);
        session.no('FETCH failed');
        return true;
      }
      failures = 0;
      for (const uid of uids) session.send(`* ${uid} FETCH (UID ${uid} BODY[] {2}\r\nok)\r\n`);
      session.ok();
      return true;
    };
    const found = await bodiesFrom({ script }, keys);
    expect(found).toEqual(Object.fromEntries(keys.map(key => [key, key === '13' ? 'MESSAGE_UNREADABLE' : 'ok'])));
    expect(worst).toBeLessThan(5);
  });

  test('a large set of scattered messages never makes a line that a server refuses', async () => {
    const keys = Array.from({ length: 3000 }, (_, n) => String(4_000_000_000 + n * 7));
    const lengths = await withSource(
      answering({ 'UID FETCH': (_, session) => session.ok() }),
      async (source, received) => {
        await bodies(await source.openFolder(inbox, never), keys);
        return received.map(line => line.length);
      },
    );
    expect(Math.max(...lengths)).toBeLessThan(8192);
  });

  test('an interrupted fetch says so, and the connection still serves the next folder', async () => {
    const endless = answering({
      'UID FETCH': ({ tag }, session) => session.send(`* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n${tag} OK done\r\n`),
    });
    await withSource(endless, async source => {
      const interruption = new AbortController();
      const open = await source.openFolder(inbox, never);
      const messages = open.fetch(['1'], interruption.signal)[Symbol.asyncIterator]();
      interruption.abort();
      await expect(messages.next()).rejects.toMatchObject({ problem: { code: 'INTERRUPTED' } });
      const again = await source.openFolder(inbox, never);
      expect(await bodies(again, ['1'])).toEqual({ 1: 'abc' });
      expect(() => open.fetch(['1'], never)).toThrow('folder-not-open');
    });
  });
});
