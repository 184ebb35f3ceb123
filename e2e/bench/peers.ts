import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, Contender, Download, Upload } from './contender.ts';
import { passwordOf } from './contender.ts';
import type { Command } from './measure.ts';

/** Other people's programs, as their manuals say to use them. */
export const peers: readonly (Contender & { readonly program: string })[] = [
  mbsync({ name: 'mbsync', fsync: true, remark: 'as it comes: fsync' }),
  mbsync({ name: 'mbsync, FSync no', fsync: false, remark: 'nothing made permanent, no hashes' }),
  { program: 'offlineimap', name: 'offlineimap', remark: 'as it comes: fsync', download: offlineimap, upload: null },
  { program: 'imapsync', name: 'imapsync', remark: 'mailbox to mailbox, no archive', download: null, upload: imapsync },
];

function mbsync(options: { name: string; fsync: boolean; remark: string }): Contender & { readonly program: string } {
  const { name, fsync, remark } = options;
  const run = (direction: 'Pull' | 'Push', account: Account, directory: string): Command => {
    const maildir = join(directory, 'maildir');
    const state = join(directory, `state-${direction}`);
    for (const folder of [maildir, state]) mkdirSync(folder, { recursive: true });
    const config = join(directory, `mbsyncrc-${direction}`);
    writeFileSync(config, mbsyncConfig({ direction, account, maildir, state, fsync }), { mode: 0o600 });
    return { program: 'mbsync', args: ['-q', '-c', config, 'bench'] };
  };
  return {
    program: 'mbsync',
    name,
    remark,
    download: ({ from, directory }: Download) => run('Pull', from, directory),
    upload: ({ to, directory }: Upload) => run('Push', to, directory),
  };
}

/** mbsync(1): `Far` is the server, whichever way the messages go. */
function mbsyncConfig(options: {
  direction: 'Pull' | 'Push';
  account: Account;
  maildir: string;
  state: string;
  fsync: boolean;
}): string {
  const { direction, account, maildir, state, fsync } = options;
  return `FSync ${fsync ? 'yes' : 'no'}

IMAPAccount bench
Host ${account.server.host}
Port ${account.server.ports.imap}
User ${account.user}
Pass ${passwordOf(account)}
SSLType None
AuthMechs LOGIN

IMAPStore server
Account bench

MaildirStore disk
Path ${maildir}/
Inbox ${maildir}/INBOX
SubFolders Verbatim

Channel bench
Far :server:
Near :disk:
Patterns *
Create ${direction === 'Pull' ? 'Near' : 'Far'}
Sync ${direction}
SyncState ${state}/
CopyArrivalDate yes
`;
}

function offlineimap({ from, directory }: Download): Command {
  const config = join(directory, 'offlineimaprc');
  const text = `[general]
accounts = bench
metadata = ${join(directory, 'metadata')}
[Account bench]
localrepository = disk
remoterepository = server
[Repository disk]
type = Maildir
localfolders = ${join(directory, 'maildir')}
[Repository server]
type = IMAP
remotehost = ${from.server.host}
remoteport = ${from.server.ports.imap}
remoteuser = ${from.user}
remotepass = ${passwordOf(from)}
ssl = no
starttls = no
readonly = True
`;
  writeFileSync(config, text, { mode: 0o600 });
  return { program: 'offlineimap', args: ['-o', '-u', 'quiet', '-c', config] };
}

function imapsync({ origin, to, directory }: Upload): Command {
  const side = (number: 1 | 2, account: Account): readonly string[] => {
    const file = join(directory, `password${number}`);
    writeFileSync(file, passwordOf(account), { mode: 0o600 });
    const { host, ports } = account.server;
    const options = { host, port: String(ports.imap), user: account.user, passfile: file };
    const pairs = Object.entries(options).flatMap(([name, value]) => [`--${name}${number}`, value]);
    return [...pairs, `--nossl${number}`, `--notls${number}`];
  };
  const quiet = ['--nolog', '--noreleasecheck', '--tmpdir', directory];
  return { program: 'imapsync', args: [...side(1, origin), ...side(2, to), ...quiet] };
}
