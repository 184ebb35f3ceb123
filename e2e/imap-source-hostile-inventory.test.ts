import { describe, expect, test } from 'vitest';
import type { InventoryEntry } from '../electron/engine/sources/mail-source.ts';
import { answering, inbox, never, withSource } from './hostile-source.ts';
import type { ScriptedCommand, ScriptedImapOptions, ScriptedSession } from './rig/scripted-imap-server.ts';

async function inventory(options: ScriptedImapOptions): Promise<readonly InventoryEntry[]> {
  return await withSource(options, async source => {
    const open = await source.openFolder(inbox, never);
    const entries: InventoryEntry[] = [];
    for await (const batch of open.inventory(never)) entries.push(...batch);
    return entries;
  });
}

const row = (uid: number, more = '') =>
  `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen \\Recent $Forwarded${more}) INTERNALDATE " 4-Mar-2019 09:15:00 +0100" RFC822.SIZE ${uid}00)\r\n`;

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

  test.each([
    { name: 'a stretch of two hundred', bad: (uid: number) => uid > 100 && uid <= 300, partly: false, most: 1500 },
    {
      name: 'every other one of a thousand',
      bad: (uid: number) => uid <= 1000 && uid % 2 === 0,
      partly: false,
      most: 4000,
    },
    { name: 'the first seven hundred', bad: (uid: number) => uid <= 700, partly: false, most: 3500 },
    {
      name: 'one in three, the others told before the refusal',
      bad: (uid: number) => uid % 3 === 0,
      partly: true,
      most: 6000,
    },
  ])('of $name that cannot be dated, all others have their dates', async ({ bad, partly, most }) => {
    const { server, commands } = undatable(3000, bad, partly);
    const entries = await inventory(server);
    expect(entries).toHaveLength(3000);
    const wrong = entries.filter(({ key, internalDate }) => (internalDate === null) !== bad(Number(key)));
    expect(wrong).toEqual([]);
    expect(commands()).toBeLessThan(most);
  });

  test('a server that can date nothing is not asked for each message', async () => {
    const { server, commands } = undatable(3000, () => true, false);
    expect(await inventory(server)).toHaveLength(3000);
    expect(commands()).toBeLessThan(1100);
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

/** A folder in which the server refuses every command that asks for the date of a bad message. */
function undatable(
  messages: number,
  bad: (uid: number) => boolean,
  partly: boolean,
): { server: ScriptedImapOptions; commands: () => number } {
  let commands = 0;
  const fetch = (command: ScriptedCommand, session: ScriptedSession): void => {
    commands += 1;
    const [, set = '', items = ''] = /UID FETCH (\S+) (.*)/.exec(command.line) ?? [];
    const uids = set.split(',').flatMap(range => {
      const [first = 1, last = first] = range.replace('*', String(messages)).split(':').map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
    const dated = items.includes('INTERNALDATE');
    const refused = dated ? uids.findIndex(bad) : -1;
    const told = refused === -1 ? uids : partly ? uids.slice(0, refused) : [];
    session.send(told.map(uid => (dated ? row(uid) : `* ${uid} FETCH (UID ${uid} FLAGS ())\r\n`)).join(''));
    if (refused === -1) session.ok();
    else session.no('blob missing');
  };
  const noop = (_: ScriptedCommand, session: ScriptedSession): void => {
    commands += 1;
    session.ok();
  };
  const examine = (_: ScriptedCommand, session: ScriptedSession): void => {
    session.send(`* ${messages} EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT ${messages + 1}] x\r\n`);
    session.ok();
  };
  return { server: answering({ EXAMINE: examine, 'UID FETCH': fetch, NOOP: noop }), commands: () => commands };
}
