/**
 * `npm test`: types, lint and format, then every test. Arguments go to vitest (`npm test -- electron/engine/jobs`), and
 * then the checks before it are left out. The last line says `N passed, N failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const required = ['dovecot-imapd', 'openssl', 'python3'];
/** Tests that need one of these say aloud that they are skipped where it is missing. */
const wanted = [
  ...['age', 'chromium', 'dosfstools', 'e2fsprogs', 'pst-utils', 'radicale', 'xvfb'],
  ...['python3-dateutil', 'python3-icalendar', 'python3-vobject'],
];

const args = process.argv.slice(2);
const node = setUp();
const missing = ensureSystemPackages([...required, ...wanted], { need: 'Part of the tests' });
const results = { passed: 0, failed: 0, skipped: 0 };
if (missing.some(name => required.includes(name))) {
  results.failed += 1;
} else {
  if (args.length === 0) await runChecks();
  await runVitest();
}
const skipped = results.skipped > 0 ? `, ${results.skipped} skipped` : '';
console.log(`\n${results.passed} passed, ${results.failed} failed${skipped}`);
process.exitCode = results.failed > 0 ? 1 : 0;

/** Each counts as one test. */
async function runChecks() {
  const checks = {
    types: ['typescript/bin/tsc', '--build'],
    lint: ['eslint/bin/eslint.js', '--max-warnings', '0', '.'],
    format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  };
  for (const [name, [tool, ...options]] of Object.entries(checks)) {
    const passed = (await runTool(tool, options)) === 0;
    console.log(`${passed ? '✓' : '✗'} ${name}`);
    results[passed ? 'passed' : 'failed'] += 1;
  }
}

async function runVitest() {
  const directory = mkdtempSync(join(tmpdir(), 'travaso-test-'));
  const file = join(directory, 'results.json');
  try {
    const code = await runTool('vitest/vitest.mjs', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ]);
    count(code, readResults(file));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * A file that could not even be read holds no failed test, and an error outside of every test none either: vitest's
 * exit code knows of them, and so must the line at the end.
 */
function count(code, summary) {
  results.passed += summary.numPassedTests;
  results.failed += summary.numFailedTests;
  results.skipped += summary.numPendingTests + summary.numTodoTests;
  const brokenFiles = summary.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some(test => test.status === 'failed'),
  );
  results.failed += brokenFiles.length;
  if (code !== 0 && results.failed === 0) results.failed = 1;
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // vitest did not come to its end.
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  }
}

/** A tool of node_modules on the project's Node, which is also what the tool's own children find as `node`. */
function runTool(tool, options) {
  const environment = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return runProgram(node, [join(root, 'node_modules', tool), ...options], { cwd: root, env: environment });
}
