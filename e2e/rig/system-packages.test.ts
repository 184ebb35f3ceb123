import { expect, test } from 'vitest';

interface FakeSystem {
  has(program: string): boolean;
  isRoot(): boolean;
  run(program: string, args: readonly string[]): void;
  placeFile(path: string, text: string): boolean;
  removeFile(path: string): void;
  say(text: string): void;
}
type Ensure = (names: readonly string[], options: { need: string; system: FakeSystem }) => readonly string[];
// Plain JavaScript, as it runs before anything is installed; so its type is said here.
const script: string = new URL('../../build/scripts/system-packages.mjs', import.meta.url).href;
const { ensureSystemPackages } = (await import(script)) as { readonly ensureSystemPackages: Ensure };

/** A machine with these programs, on which `apt-get install` brings `installs`. */
function machine(options: {
  root: boolean;
  programs: readonly string[];
  installs?: readonly string[];
  policy?: boolean;
}) {
  const programs = new Set(options.programs);
  const log: string[] = [];
  const system: FakeSystem = {
    has: program => programs.has(program),
    isRoot: () => options.root,
    run(program, args) {
      log.push([program, ...args.filter(arg => !/^-|DPkg/.test(arg))].join(' '));
      if (args.includes('install')) for (const program of options.installs ?? []) programs.add(program);
    },
    placeFile(path) {
      log.push(`place ${path}`);
      return options.policy !== true;
    },
    removeFile: path => void log.push(`remove ${path}`),
    say: text => void log.push(text),
  };
  return { system, log };
}
const dovecot = ['dovecot', 'doveadm', '/usr/lib/dovecot/imap'];

test('nothing happens where everything is there', () => {
  const { system, log } = machine({ root: true, programs: [...dovecot, 'python3'] });
  expect(ensureSystemPackages(['dovecot-imapd', 'python3'], { need: 'The test', system })).toEqual([]);
  expect(log).toEqual([]);
});

test('as root the missing are installed, and no server is left running, now or at boot', () => {
  const { system, log } = machine({ root: true, programs: ['apt-get', 'openssl'], installs: dovecot });
  expect(ensureSystemPackages(['dovecot-imapd', 'openssl'], { need: 'The test', system })).toEqual([]);
  expect(log).toEqual([
    'The test needs dovecot-imapd: installing…',
    'place /usr/sbin/policy-rc.d',
    'apt-get update',
    'apt-get install dovecot-imapd',
    'remove /usr/sbin/policy-rc.d',
    'service dovecot stop',
    'update-rc.d dovecot disable',
  ]);
});

test('a Dovecot that was there before is left running', () => {
  const { system, log } = machine({ root: true, programs: ['apt-get', 'dovecot', 'doveadm'], installs: dovecot });
  expect(ensureSystemPackages(['dovecot-imapd'], { need: 'The test', system })).toEqual([]);
  expect(log.join()).not.toMatch(/stop|disable/);
});

test('a policy the administrator made stays', () => {
  const { system, log } = machine({ root: true, programs: ['apt-get'], installs: ['mbsync'], policy: true });
  expect(ensureSystemPackages(['isync'], { need: 'The test', system })).toEqual([]);
  expect(log.join()).not.toContain('remove');
});

test('an ordinary user is told one command; a machine without apt the names', () => {
  const user = machine({ root: false, programs: ['apt-get'] });
  expect(ensureSystemPackages(['isync', 'xvfb'], { need: 'The test', system: user.system })).toEqual(['isync', 'xvfb']);
  expect(user.log).toHaveLength(1);
  expect(user.log[0]).toContain('sudo apt-get install --yes --no-install-recommends isync xvfb\n');

  const other = machine({ root: true, programs: [] });
  expect(ensureSystemPackages(['isync'], { need: 'The test', system: other.system })).toEqual(['isync']);
  expect(other.log).toEqual(['The test needs these programs, under their Debian names: isync.']);
});

test('what could not be installed is returned and said', () => {
  const { system, log } = machine({ root: true, programs: ['apt-get'] });
  expect(ensureSystemPackages(['isync'], { need: 'The test', system })).toEqual(['isync']);
  expect(log.at(-1)).toContain('Could not install isync');
});
