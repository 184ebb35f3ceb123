import { describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import { startFaultProxy } from '../rig/fault-proxy.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import type { OracleFolder } from '../rig/oracle.ts';
import { accountOf, backupArgs, manyUsers, newFolder, run, runTo, untilTestEnds } from './journey.ts';

/** None of these can change a mailbox. UID FETCH can, by `BODY[`: looked at by itself. */
const harmless =
  /^(CAPABILITY|ID|LOGIN|AUTHENTICATE|NAMESPACE|LIST|LSUB|XLIST|STATUS|EXAMINE|UID FETCH|NOOP|UNSELECT|ENABLE|LOGOUT)$/;

describe.skipIf(!dovecotAvailable())('the old mailbox', () => {
  test.each(['mbox', 'eml'])('is only ever read, also when the line breaks and on later runs (%s)', async format => {
    const server = untilTestEnds(await startDovecot({ users: manyUsers(1), tls: 'none' }));
    loadMaildir(server, generateMailbox({ messages: 300, medianSize: 1_500, largeShare: 0 }), { user: 'mario' });
    const before = await accountOf(server, 'mario');
    const unread = before.messages.filter(({ flags }) => !flags.includes('\\Seen')).length;
    expect(unread).toBeGreaterThan(10);

    const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap }));
    const fetches: string[] = [];
    const watch = new (class extends RegExp {
      override test(command: string): boolean {
        if (/FETCH/i.test(command)) fetches.push(command);
        return false;
      }
    })('');
    proxy.inject({ at: 'command', match: watch, action: 'cut' });
    const broken = proxy.inject({
      at: 'server-literal',
      byte: 'random',
      minSize: 200,
      action: 'cut',
      probability: 0.05,
    });
    const args = backupArgs(await newFolder(), { user: 'mario', port: proxy.port }, '--format', format);
    await run(args);
    expect(broken.fired).toBeGreaterThan(0);
    broken.remove();
    await runTo(0, args);
    await runTo(0, args);

    const used = [...proxy.commandCounts().keys()];
    expect(used).toContain('EXAMINE');
    expect(used.filter(verb => !harmless.test(verb))).toEqual([]);
    expect(fetches.length).toBeGreaterThan(0);
    expect(fetches.filter(command => /BODY\[|RFC822(?!\.SIZE)|BINARY\[/i.test(command))).toEqual([]);

    // Flags, UIDs, dates and folders, as an independent reader saw them before.
    const after = await accountOf(server, 'mario');
    expect(after.messages).toEqual(before.messages);
    expect(after.folders.map(withoutAttributes)).toEqual(before.folders.map(withoutAttributes));
  });
});

/** The server says of a folder that it holds nothing new (`\\UnMarked`) once it was looked into, by anybody. */
function withoutAttributes({ name, uidvalidity, messages, subscribed }: OracleFolder): object {
  return { name, uidvalidity, messages, subscribed };
}
