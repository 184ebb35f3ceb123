import { describe, expect, test } from 'vitest';
import type { ImapTimeouts } from '../electron/engine/imap/connect.ts';
import { connectImapSource } from '../electron/engine/sources/imap/connect-imap-source.ts';
import type { InventoryEntry, MailSource, OpenFolder, SourceFolder } from '../electron/engine/sources/mail-source.ts';
import { problemOf, type ErrorCode } from '../shared/errors.ts';
import {
  startScriptedImap,
  type ScriptedCommand,
  type ScriptedImapOptions,
  type ScriptedSession,
} from './rig/scripted-imap-server.ts';

const never = new AbortController().signal;
const inbox: SourceFolder = {
  path: ['INBOX'],
  role: 'inbox',
  sourceName: 'INBOX',
  separator: '/',
  subscribed: true,
  selectable: true,
  status: null,
};

async function withSource<T>(
  options: ScriptedImapOptions,
  use: (source: MailSource, received: readonly string[]) => Promise<T>,
  timeouts: Partial<ImapTimeouts> = {},
): Promise<T> {
  await using server = await startScriptedImap(options);
  const source = await connectImapSource({
    address: { kind: 'imap', user: 'anna', host: '127.0.0.1', port: server.port, tls: 'none-on-loopback' },
    credentials: { kind: 'password', password: 'segreta' },
    log: { debug: () => undefined, warn: () => undefined },
    timeouts,
  });
  try {
    return await use(source, server.received);
  } finally {
    await source.close();
  }
}

/** Answers commands that start with a text; a function gets the rest of the line. */
function answering(answers: Readonly<Record<string, (command: ScriptedCommand, session: ScriptedSession) => void>>) {
  return {
    script: (command: ScriptedCommand, session: ScriptedSession) => {
      const start = Object.keys(answers).find(text => command.line.startsWith(text));
      if (start === undefined) return false;
      answers[start]?.(command, session);
      return true;
    },
  };
}

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

async function inventory(options: ScriptedImapOptions): Promise<readonly InventoryEntry[]> {
  return await withSource(options, async source => {
    const open = await source.openFolder(inbox, never);
    const entries: InventoryEntry[] = [];
    for await (const batch of open.inventory(never)) entries.push(...batch);
    return entries;
  });
}

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

describe('inventory', () => {
  const someMessages = (_: ScriptedCommand, session: ScriptedSession) => {
    session.send('* 4 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n');
    session.ok();
  };
  const listing = (rows: string) =>
    answering({
      EXAMINE: someMessages,
      'UID FETCH': (_, session) => {
        session.send(rows);
        session.ok();
      },
    });
  const row = (uid: number, more = '') =>
    `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen \\Recent $Forwarded${more}) INTERNALDATE " 4-Mar-2019 09:15:00 +0100" RFC822.SIZE ${uid}00)\r\n`;

  test('dates keep their offset, \\Recent is nobody’s, keywords stay as they are', async () => {
    expect(await inventory(listing(row(1, ' [Ufficio] {9}x')))).toEqual([
      {
        key: '1',
        announcedSize: 100,
        internalDate: '2019-03-04T09:15:00+01:00',
        flags: ['\\Seen'],
        keywords: ['$Forwarded', '[Ufficio]', '{9}x'],
      },
    ]);
  });

  test('each message once, in ascending order, whatever comes in between', async () => {
    const rows = [
      row(1),
      '* 3 FETCH (FLAGS (\\Seen))\r\n',
      '* 3 FETCH (UID 3 FLAGS (\\Flagged))\r\n',
      row(2),
      row(2),
      '* 1 EXPUNGE\r\n* 5 EXISTS\r\n',
      row(3),
      row(4),
      '* 1 FETCH (UID 1 FLAGS (\\Deleted))\r\n',
    ].join('');
    expect((await inventory(listing(rows))).map(({ key, announcedSize }) => [key, announcedSize])).toEqual([
      ['1', 100],
      ['2', 200],
      ['3', 300],
      ['4', 400],
    ]);
  });

  test('a message without size or date is still a message', async () => {
    const entries = await inventory(listing(`${row(1)}* 2 FETCH (UID 2 FLAGS ())\r\n${row(3)}`));
    expect(entries.map(({ key, announcedSize }) => [key, announcedSize])).toEqual([
      ['1', 100],
      ['3', 300],
      ['2', null],
    ]);
  });

  test('a server that cannot date one message still lists the folder', async () => {
    const entries = await inventory(
      answering({
        EXAMINE: someMessages,
        'UID FETCH 1:* (UID FLAGS INTERNALDATE': (_, session) => {
          session.send(row(1));
          session.no('blob missing for item 2');
        },
        'UID FETCH 1:* (UID FLAGS)': (_, session) => {
          session.send('* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (UID 2 FLAGS (\\Flagged))\r\n');
          session.ok();
        },
      }),
    );
    expect(entries.map(({ key, flags }) => [key, flags])).toEqual([
      ['1', ['\\Seen']],
      ['2', ['\\Flagged']],
    ]);
  });

  test('one message that cannot be dated costs the others neither date nor size', async () => {
    const entries = await inventory(
      answering({
        EXAMINE: someMessages,
        'UID FETCH': (command, session) => {
          const [, set = '', items = ''] = /UID FETCH (\S+) (.*)/.exec(command.line) ?? [];
          const [first = 1, last = first] = set.replace('*', '3').split(':').map(Number);
          const uids = [1, 2, 3].filter(uid => uid >= first && uid <= last);
          if (items.includes('INTERNALDATE') && uids.includes(2)) {
            session.no('blob missing for item 2');
            return;
          }
          for (const uid of uids) {
            session.send(items.includes('INTERNALDATE') ? row(uid) : `* ${uid} FETCH (UID ${uid} FLAGS ())\r\n`);
          }
          session.ok();
        },
        NOOP: (_, session) => {
          session.ok();
        },
      }),
    );
    expect(entries.map(({ key, internalDate }) => [key, internalDate === null])).toEqual([
      ['1', false],
      ['3', false],
      ['2', true],
    ]);
  });

  test('a line lost on the way is not the end of the folder', async () => {
    const cut = answering({
      EXAMINE: someMessages,
      'UID FETCH': (_, session) => {
        session.send(row(1));
        session.end();
      },
    });
    await expect(inventory(cut)).rejects.toMatchObject({ problem: { code: 'CONNECTION_LOST' } });
  });
});

describe('folders', () => {
  const list =
    (lines: readonly string[], ok = true) =>
    (_: ScriptedCommand, session: ScriptedSession) => {
      for (const line of lines) session.send(`* LIST ${line}\r\n`);
      if (ok) session.ok();
      else session.no('LIST failed');
    };
  const foldersOf = (options: ScriptedImapOptions, timeouts?: Partial<ImapTimeouts>) =>
    withSource(options, async source => await source.listFolders(never), timeouts);

  test('names in literals, in broken encodings, with any separator or none, are kept and can be opened', async () => {
    const names = ['"Attivit&AOA-"', '"Posta & co"', '{6}\r\nCitt\xc3\xa0', '"a\\"b\\\\c"'];
    await withSource(
      answering({ 'LIST "" "*"': list([...names.map(name => `() "/" ${name}`), '() NIL "x/y.z"', '() "/" INBOX']) }),
      async (source, received) => {
        const { folders } = await source.listFolders(never);
        expect(folders.map(({ path }) => path)).toEqual([
          ['Attività'],
          ['Posta & co'],
          ['Città'],
          ['a"b\\c'],
          ['x/y.z'],
          ['INBOX'],
        ]);
        for (const folder of folders) await source.openFolder(folder, never);
        // The octets come back as they were, those that no quoted string can hold in a literal.
        expect(received.flatMap(line => /EXAMINE (.*)$/.exec(line)?.[1] ?? [])).toEqual([
          '"Attivit&AOA-"',
          '"Posta & co"',
          '"Citt\xc3\xa0"',
          '"a\\"b\\\\c"',
          '"x/y.z"',
          '"INBOX"',
        ]);
      },
    );
  });

  test('a broken share costs its own branch only', async () => {
    const { folders, problems } = await foldersOf(
      answering({
        'LIST "" "*"': list(['() "/" INBOX'], false),
        'LIST "" "%"': list(['() "/" INBOX', '(\\HasChildren) "/" Ufficio', '(\\HasChildren) "/" Condivisa']),
        'LIST "" "Ufficio/%"': list(['(\\HasNoChildren) "/" Ufficio/2023']),
        'LIST "" "Condivisa/%"': list([], false),
        'LIST ""': list([]),
      }),
    );
    expect(folders.map(({ path }) => path.join('/'))).toEqual(['INBOX', 'Ufficio', 'Condivisa', 'Ufficio/2023']);
    expect(problems).toMatchObject([{ code: 'FOLDER_LIST_INCOMPLETE', details: { folder: 'Condivisa' } }]);
  });

  test('an empty list is not believed', async () => {
    const { folders } = await foldersOf(
      answering({
        'LIST "" "*"': list([]),
        'LIST "" "%"': list(['() "/" INBOX', '() "/" Bozze']),
        'LIST ""': list([]),
      }),
    );
    expect(folders.map(({ path, role }) => [path[0], role])).toEqual([
      ['INBOX', 'inbox'],
      ['Bozze', 'drafts'],
    ]);
  });

  test('a list that never comes is asked for again, level by level, on a new connection', async () => {
    const hanging = answering({
      'LIST "" "*"': () => undefined,
      'LIST "" "%"': list(['(\\HasNoChildren) "/" INBOX', '(\\HasNoChildren) "/" Progetti']),
    });
    const { folders, problems } = await foldersOf(hanging, { silence: 200 });
    expect(folders.map(({ path }) => path)).toEqual([['INBOX'], ['Progetti']]);
    expect(problems).toEqual([]);
  });

  test('a server whose list is beyond repair still has an inbox', async () => {
    const { folders, problems } = await foldersOf(answering({ LIST: list([], false) }));
    expect(folders.map(({ path }) => path)).toEqual([['INBOX']]);
    expect(problems.map(problem => problem.code)).toContain('FOLDER_LIST_INCOMPLETE');
  });

  test('Zimbra: roles from XLIST, sizes from LIST-STATUS, other people’s folders named and left alone', async () => {
    const capabilities = 'IMAP4rev1 NAMESPACE LIST-EXTENDED LIST-STATUS XLIST CONDSTORE';
    const { folders, problems } = await foldersOf({
      capabilities,
      ...answering({
        NAMESPACE: (_, session) => {
          session.send('* NAMESPACE (("" "/")) (("/home/" "/")) NIL\r\n');
          session.ok();
        },
        'LIST "" "*" RETURN': (_, session) => {
          session.send('* LIST (\\Subscribed) "/" "INBOX"\r\n* LIST () "/" "Spazzatura"\r\n');
          session.send('* STATUS "INBOX" (MESSAGES 5 UIDNEXT 9 UIDVALIDITY 3 HIGHESTMODSEQ 77)\r\n');
          session.send('* STATUS "Spazzatura" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 4 HIGHESTMODSEQ 0)\r\n');
          session.send('* LIST () "/" "/home/capo/Inbox"\r\n');
          session.ok();
        },
        XLIST: (_, session) => {
          session.send('* XLIST (\\Inbox) "/" "INBOX"\r\n* XLIST (\\Spam) "/" "Spazzatura"\r\n');
          session.ok();
        },
      }),
    });
    expect(folders).toMatchObject([
      { path: ['INBOX'], role: 'inbox', subscribed: true, status: { messages: 5, changeMark: '3.9.5.77' } },
      { path: ['Spazzatura'], role: 'junk', subscribed: false, status: { messages: 0, changeMark: null } },
    ]);
    expect(problems).toMatchObject([{ details: { reason: 'other-people', folder: '/home/', folders: 1 } }]);
  });

  test('a folder that is gone is told apart from one that cannot be read', async () => {
    const open = (answer: string) =>
      withSource(answering({ EXAMINE: (_, session) => session.no(answer) }), async source => {
        return await source.openFolder(inbox, never).then(() => null, code);
      });
    expect(await open('[NONEXISTENT] Unknown Mailbox')).toBe('FOLDER_VANISHED');
    expect(await open('EXAMINE failed')).toBe('FOLDER_UNREADABLE');
  });
});
