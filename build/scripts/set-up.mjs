/**
 * What every npm script does first: the npm packages as package-lock.json has them, and the Node that this project is
 * developed on. The `node` package brings that Node, so that an older one on the machine is enough to run npm.
 *
 * Runs before anything is installed: plain JavaScript, Node's own modules only. Says nothing when nothing is to do, and
 * speaks on stderr only, because stdout belongs to the program that is started afterwards.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The oldest Node that runs these scripts and npm ci. */
const oldestNode = 20;
/** The Node that runs everything else: it reads TypeScript as it is, and better-sqlite3 needs its Node-API. */
const neededNode = 24;
/** Of the `node` package, and run in its folder. */
const fetchScript = 'installArchSpecificPackage.js';

/**
 * Brings the checkout into working order; ends the process with a sentence when that cannot be done.
 *
 * @returns {string} path of the Node that the project runs on
 */
export function setUp() {
  if (majorOf(process.versions.node) < oldestNode) {
    giveUp(`Travaso needs Node ${oldestNode} or newer to set itself up; this is ${process.versions.node}.`);
  }
  if (!isInstalled()) install();
  return projectNode() ?? fetchNode();
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own list last, so an installation that
 * broke off has none. Compared by content: the times of files say nothing after a checkout.
 */
function isInstalled() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    const isForSomeMachines = entry.optional === true || entry.os !== undefined || entry.cpu !== undefined;
    return path === '' || isForSomeMachines || present[path]?.version === entry.version;
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Without the packages' install scripts: the one that is needed is run below, by name. better-sqlite3 brings its
 * binaries, but npm, working from a lock file, does not see that and would compile it, on machines without a compiler.
 */
function install() {
  console.error('Setting up: fetching the packages (once; a minute or two)…');
  // The tools of development are wanted whatever NODE_ENV says.
  const { status, output } = runNpm(['ci', '--ignore-scripts', '--include=dev', '--loglevel=error']);
  if (status === 0) return;
  giveUp(`${output}\n\nThe packages could not be installed. To try by hand:\n\n  npm ci --ignore-scripts\n`);
}

function projectNode() {
  const program = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(program) && versionOf(program) >= neededNode ? program : null;
}

/** The `node` package fetches the program for this machine in its install script. */
function fetchNode() {
  const { output } = run(process.execPath, [fetchScript], join(root, 'node_modules', 'node'));
  const program = projectNode();
  if (program === null && majorOf(process.versions.node) < neededNode) {
    giveUp(
      `${output}\n\nNode ${neededNode} could not be fetched. To try by hand:\n\n` +
        `  cd node_modules/node && node ${fetchScript}\n\n` +
        `A Node ${neededNode} of your own serves as well; this is ${process.versions.node}.`,
    );
  }
  return program ?? process.execPath;
}

function runNpm(args) {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  // npm tells the scripts it runs where it is. Elsewhere it is on the PATH, on Windows as a file only a shell can run.
  const path = process.env.npm_execpath;
  const isScript = path !== undefined && /\.c?js$/.test(path);
  return isScript ? run(process.execPath, [path, ...args, ...quiet], root) : run('npm', [...args, ...quiet], root);
}

/** Without standard input: whoever wants to ask something gets no answer instead of waiting for one. */
function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
    shell: program === 'npm' && process.platform === 'win32',
  });
  return { status, output: error === undefined ? `${stdout}${stderr}`.trim() : String(error) };
}

function versionOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return majorOf((stdout ?? '').replace('v', ''));
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

/** Ends the process: EX_UNAVAILABLE of sysexits, a service the program needs is missing. */
function giveUp(sentence) {
  console.error(sentence);
  process.exit(69);
}
