import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from './at-exit.ts';
import {
  defaultUsers,
  dovecotConfig,
  oauthConfig,
  oauthFile,
  passwdFile,
  separatorOf,
  type DovecotOptions,
  type DovecotPlace,
  type DovecotUser,
} from './dovecot-config.ts';
import { endGroup, signalGroup } from './process-group.ts';
import { freePorts } from './free-ports.ts';
import { createTestCertificate } from './test-certificate.ts';
import { createTestDirectory } from './test-directory.ts';

export { italianFolders, type DovecotOptions, type DovecotUser } from './dovecot-config.ts';

/** A real Dovecot on loopback. Dispose it (`await using`) to stop it and remove everything it wrote. */
export interface DovecotServer extends AsyncDisposable {
  /** A loopback address: 127.0.0.1, except with `tls: 'required'`. */
  readonly host: string;
  /** `imap` speaks plain text first (STARTTLS unless `tls: 'none'`), `imaps` TLS from the first byte. */
  readonly ports: { readonly imap: number; readonly imaps: number };
  /** PEM of the authority behind the server's certificate, which names `localhost` and both addresses. */
  readonly caFile: string;
  readonly users: Readonly<Record<string, DovecotUser>>;
  readonly options: DovecotOptions;
  /** Numeric owner that files below a mail home must have for the server to read them. */
  readonly mailOwner: { readonly uid: number; readonly gid: number };
  /** A user's home; the mail lies in `mail` below it (`maildir-fs`: INBOX in `inbox`). */
  home(user: string): string;
  /** Runs `doveadm -c CONFIG …args`; rejects when it fails. */
  doveadm(...args: readonly string[]): Promise<string>;
  /** Another quota rule for a user, from the next sign-in on; see `DovecotUser.quotaRule`. */
  setQuota(user: string, quotaRule: string): Promise<void>;
  /** The whole log so far. */
  log(): Promise<string>;
  /** Ends the server and all its connections in order; the mail stays. */
  stop(): Promise<void>;
  /** Ends every process of the server at once with SIGKILL, as a crashed machine would. The mail stays. */
  kill(): Promise<void>;
  /** Starts again on the same ports with the same mail; stops first where it runs. */
  restart(): Promise<void>;
}

/** Null where `startDovecot` can work, else the reason it cannot, for the line a skipped test prints. */
export function dovecotUnavailable(): string | null {
  const dovecot = dovecotBinary();
  if (dovecot === null) return 'dovecot is not installed (Debian: apt-get install dovecot-imapd)';
  const version = execFileSync(dovecot, ['--version'], { encoding: 'utf8' }).trim();
  // 2.4 changed the configuration language; a 2.3 file makes it refuse to start.
  if (!version.startsWith('2.3.')) return `dovecot ${version} is installed; the rig writes configurations for 2.3`;
  return null;
}

/** For `test.skipIf(!dovecotAvailable())`. Says aloud why, once per process, when tests will be skipped. */
export function dovecotAvailable(): boolean {
  const reason = dovecotUnavailable();
  if (reason !== null && !warned) {
    warned = true;
    console.warn(`SKIPPED: tests against a real IMAP server: ${reason}`);
  }
  return reason === null;
}
let warned = false;

/** Starts a server and waits until it greets. Throws where `dovecotUnavailable` has a reason. */
export async function startDovecot(options: DovecotOptions = {}): Promise<DovecotServer> {
  const reason = dovecotUnavailable();
  const binary = dovecotBinary();
  if (reason !== null || binary === null) throw new Error(`No Dovecot for this test: ${reason}`);
  const users = options.users ?? defaultUsers;
  const owner = mailOwner();
  const host = options.tls === 'required' ? foreignLoopback : '127.0.0.1';
  const { path: directory, remove } = createTestDirectory('dovecot');

  const home = (user: string): string => join(directory, 'homes', user.replaceAll('/', '%2F'));
  const configFile = join(directory, 'dovecot.conf');
  const logFile = join(directory, 'dovecot.log');
  // The login and mail processes run as other users and must be able to walk through.
  await chmod(directory, 0o755);
  for (const user of Object.keys(users)) {
    await mkdir(home(user), { recursive: true });
    if (isRoot()) await chown(home(user), owner.uid, owner.gid);
  }
  const certificate = await createTestCertificate({ directory, names: ['localhost', '127.0.0.1', foreignLoopback] });
  await writeFile(join(directory, 'passwd'), passwdFile(users, owner, home));
  if (options.introspectionUrl !== undefined)
    await writeFile(oauthFile(directory), oauthConfig(options.introspectionUrl));

  const configure = async (): Promise<DovecotPlace['ports']> => {
    const [imap, imaps] = await freePorts(2);
    if (imap === undefined || imaps === undefined) throw new Error('No free ports');
    const place = { ...accounts(), ...certificate, directory, logFile, host, ports: { imap, imaps } };
    await writeFile(configFile, dovecotConfig(options, { ...place, passwdFile: join(directory, 'passwd') }));
    return place.ports;
  };

  let ports = await configure();
  let running: RunningDovecot;
  try {
    running = await launch(binary, configFile, logFile, host, ports.imap);
  } catch {
    // Between choosing a port and binding it somebody else may have taken it; once more with others, then it is real.
    try {
      ports = await configure();
      running = await launch(binary, configFile, logFile, host, ports.imap);
    } catch (error) {
      remove();
      throw error;
    }
  }

  return {
    host,
    ports,
    caFile: certificate.caFile,
    users,
    options: { ...options, separator: separatorOf(options) },
    mailOwner: owner,
    home,
    doveadm: (...args) => doveadm(configFile, args),
    async setQuota(user, quotaRule) {
      const { password } = users[user] ?? defaultUsers['mario'] ?? { password: '' };
      await writeFile(
        join(directory, 'passwd'),
        passwdFile({ ...users, [user]: { password, quotaRule } }, owner, home),
      );
      await doveadm(configFile, ['auth', 'cache', 'flush']).catch(() => undefined);
      // Dovecot looks at the file's time no more than once a second; until then it signs people in to the old quota.
      while (!(await doveadm(configFile, ['user', user])).includes(quotaRule)) await delay(50);
    },
    log: () => readFile(logFile, 'utf8'),
    stop: () => running.end('SIGTERM'),
    kill: () => running.end('SIGKILL'),
    async restart() {
      await running.end('SIGTERM');
      running = await launch(binary, configFile, logFile, host, ports.imap);
    },
    async [Symbol.asyncDispose]() {
      // Nobody needs this mail any more, and Dovecot takes a second to end in order.
      await running.end('SIGKILL');
      remove();
    },
  };
}

interface RunningDovecot {
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

async function launch(
  binary: string,
  configFile: string,
  logFile: string,
  host: string,
  port: number,
): Promise<RunningDovecot> {
  const command = [binary, '-F', '-c', configFile];
  // Should the test runner be killed, the kernel tells Dovecot, which then ends its own processes.
  const guarded = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', ...command] : command;
  const [file = binary, ...args] = guarded;
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const group = child.pid;
  if (group === undefined) throw new Error('Dovecot could not be spawned');
  const forget = atExit(() => {
    signalGroup(group, 'SIGKILL');
  });
  const exited = once(child, 'exit');

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    // SIGTERM goes to the master, which takes about a second and then leaves processes with clients to end by
    // themselves within half a minute; nobody here waits for those. A crash takes all of them at once.
    if (signal === 'SIGTERM' && child.kill('SIGTERM')) await exited;
    await endGroup(group);
    forget();
  };

  const deadline = AbortSignal.timeout(startTimeoutMs);
  while (!(await greets(host, port))) {
    if (child.exitCode !== null || child.signalCode !== null || deadline.aborted) {
      await end('SIGKILL');
      const log = existsSync(logFile) ? await readFile(logFile, 'utf8') : '';
      throw new Error(`Dovecot did not start: ${complaint}${log}`);
    }
    await delay(10);
  }
  return { end };
}

/**
 * Dovecot takes a connection whose two ends have one address for local and safe, whatever `ssl = required` says.
 * Clients reach this address from 127.0.0.1 (Linux), so that the rule applies.
 */
const foreignLoopback = '127.0.0.2';
const startTimeoutMs = 20_000;
const setpriv = '/usr/bin/setpriv';

function greets(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, host);
    const settle = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.once('data', data => settle(data.toString().startsWith('* OK')));
    socket.once('error', () => settle(false));
    socket.once('end', () => settle(false));
  });
}

function doveadm(configFile: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('doveadm', ['-c', configFile, ...args], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`doveadm ${args.join(' ')}: ${stderr}`, { cause: error }));
    });
  });
}

function dovecotBinary(): string | null {
  // Debian keeps it in sbin, which is not on an ordinary user's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map(folder => join(folder, 'dovecot')).find(file => existsSync(file)) ?? null;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Dovecot refuses to handle mail as root, so as root the mail belongs to `nobody`. */
function mailOwner(): { uid: number; gid: number } {
  const { uid, gid } = userInfo();
  return isRoot() ? { uid: 65_534, gid: 65_534 } : { uid, gid };
}

function accounts(): Pick<DovecotPlace, 'accounts' | 'canChroot'> {
  if (isRoot()) return { accounts: { internal: 'dovecot', login: 'dovenull', group: 'dovecot' }, canChroot: true };
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return { accounts: { internal: username, login: username, group }, canChroot: false };
}
