/**
 * System programs that the tests, the demo and the benchmarks use and npm cannot bring. On Debian and its relatives,
 * as root, what is missing is installed; otherwise the person is told the one command to type.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What proves that a Debian package is there: for each line, one of the programs or files named must exist. Packages
 * not listed are proved by a program of their own name. (dpkg is not asked: a program built by hand serves as well.)
 */
const proofs = {
  chromium: [['chromium', 'chromium-browser', 'google-chrome']],
  'dovecot-imapd': [['dovecot'], ['doveadm'], ['/usr/lib/dovecot/imap', '/usr/libexec/dovecot/imap']],
  dosfstools: [['mkfs.vfat']],
  e2fsprogs: [['mkfs.ext4']],
  'exfat-fuse': [['mount.exfat-fuse']],
  exfatprogs: [['mkfs.exfat']],
  imagemagick: [['convert', 'magick']],
  isync: [['mbsync']],
  'pst-utils': [['readpst']],
  'python3-dateutil': [['/usr/lib/python3/dist-packages/dateutil']],
  'python3-icalendar': [['/usr/lib/python3/dist-packages/icalendar']],
  'python3-vobject': [['/usr/lib/python3/dist-packages/vobject']],
  xvfb: [['Xvfb']],
};

/**
 * Makes sure that the packages are there, as far as this machine and this user allow.
 *
 * @param {readonly string[]} names Debian package names
 * @param {{ need: string, system?: typeof realSystem }} options `need`: who asks, for the sentence "NEED needs …"
 * @returns {string[]} the packages still missing; empty when all is well
 */
export function ensureSystemPackages(names, { need, system = realSystem }) {
  const missing = () => names.filter(name => !isPresent(name, system));
  const wanted = missing();
  if (wanted.length === 0) return [];
  const command = `apt-get install --yes --no-install-recommends ${wanted.join(' ')}`;
  if (!system.has('apt-get')) {
    system.say(`${need} needs these programs, under their Debian names: ${wanted.join(', ')}.`);
    return wanted;
  }
  if (!system.isRoot()) {
    system.say(`${need} needs ${wanted.join(', ')}. To install:\n\n  sudo ${command}\n`);
    return wanted;
  }
  system.say(`${need} needs ${wanted.join(', ')}: installing…`);
  // Somebody who already runs a Dovecot (POP3, say) wants it running.
  const hadDovecot = system.has('dovecot');
  withoutServices(system, () => {
    const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];
    // A failed update is not the end: the lists at hand may do.
    system.run('apt-get', [...quiet, 'update']);
    system.run('apt-get', [...quiet, ...command.split(' ').slice(1)]);
  });
  if (!hadDovecot && system.has('dovecot')) keepDovecotOff(system);
  const left = missing();
  if (left.length > 0) system.say(`Could not install ${left.join(', ')}. To try by hand:\n\n  ${command}\n`);
  return left;
}

function isPresent(name, system) {
  return (proofs[name] ?? [[name]]).every(anyOf => anyOf.some(program => system.has(program)));
}

/**
 * Debian starts a server as it is installed; ours must not open port 143 on somebody's machine. Its own switch for
 * that is a policy program, here for the length of the installation only. One that exists already decides alone.
 */
function withoutServices(system, install) {
  const placed = system.placeFile(policyFile, '#!/bin/sh\nexit 101\n');
  try {
    install();
  } finally {
    if (placed) system.removeFile(policyFile);
  }
}
const policyFile = '/usr/sbin/policy-rc.d';

/** Neither now, whatever an existing policy allowed, nor at the next boot. The tests start instances of their own. */
function keepDovecotOff(system) {
  const units = ['dovecot.service', 'dovecot.socket'];
  if (system.has('/run/systemd/system')) system.run('systemctl', ['--quiet', 'disable', '--now', ...units]);
  else system.run('service', ['dovecot', 'stop']);
  system.run('update-rc.d', ['dovecot', 'disable']);
}

const realSystem = {
  /** A program on PATH or where Debian keeps the administrator's, or a file by its full path. */
  has(program) {
    if (program.startsWith('/')) return existsSync(program);
    const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
    return folders.some(folder => folder !== '' && isExecutable(join(folder, program)));
  },
  isRoot: () => process.getuid?.() === 0,
  /** Quiet unless it fails; a failure shows in what is still missing afterwards. */
  run(program, args) {
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, stderr } = spawnSync(program, args, { env: environment, encoding: 'utf8', stdio: 'pipe' });
    if (status !== 0 && program === 'apt-get') console.error(stderr);
  },
  /** Makes an executable file unless one is there; true when it did. */
  placeFile(path, text) {
    if (existsSync(path)) return false;
    writeFileSync(path, text, { mode: 0o755 });
    // Ctrl-C during a long download must not leave the policy behind.
    process.once('exit', () => rmSync(path, { force: true }));
    return true;
  },
  removeFile: path => rmSync(path, { force: true }),
  say: text => console.error(text),
};

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
