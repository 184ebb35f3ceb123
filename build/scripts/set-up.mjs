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
  return projectNode() ?? fetchedNode() ?? ownNode();
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own list last, so an installation that
 * broke off has none. Compared by content: the times of files say nothing after a checkout.
 */
function isInstalled() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || present[path]?.version === entry.version,
  );
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function install() {
  console.error('Setting up: fetching the packages (once; a minute or two)…');
  // The tools of development are wanted whatever NODE_ENV says.
  const { status, output } = npm(['ci', '--include=dev', '--loglevel=error']);
  if (status === 0) return;
  giveUp(`${output}\nThe packages could not be installed. To try by hand:\n\n  npm ci\n`);
}

function projectNode() {
  const program = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(program) && versionOf(program) >= neededNode ? program : null;
}

/** The `node` package fetches its program in an install script, which npm may have been told not to run. */
function fetchedNode() {
  npm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  return projectNode();
}

function ownNode() {
  if (majorOf(process.versions.node) >= neededNode) return process.execPath;
  return giveUp(
    `Node ${neededNode} could not be fetched: the npm package \`node\` does it in an install script. To allow it:\n\n` +
      '  npm rebuild node --ignore-scripts=false --foreground-scripts\n\n' +
      `Or use a Node ${neededNode} of your own; this is ${process.versions.node}.`,
  );
}

/** Runs npm without a question: it has no standard input to ask on. */
function npm(args) {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  // npm tells the scripts it runs where it is; `npm` itself on Windows is a file only a shell can run.
  const path = process.env.npm_execpath;
  const isScript = path !== undefined && /\.c?js$/.test(path);
  const [program, leading] = isScript ? [process.execPath, [path]] : ['npm', []];
  const { status, stdout, stderr, error } = spawnSync(program, [...leading, ...args, ...quiet], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
    shell: !isScript && process.platform === 'win32',
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
