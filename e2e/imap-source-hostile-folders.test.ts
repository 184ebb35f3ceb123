import { describe, expect, test } from 'vitest';
import type { ImapTimeouts } from '../electron/engine/imap/connect.ts';
import { problemOf, type ErrorCode } from '../shared/errors.ts';
import { answering, inbox, never, withSource } from './hostile-source.ts';
import type { ScriptedCommand, ScriptedImapOptions, ScriptedSession } from './rig/scripted-imap-server.ts';

const code = (error: unknown): ErrorCode => problemOf(error).code;

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
