/** `npm run --silent travaso -- …`: the command line, from a checkout. Prints nothing of its own on stdout. */
import { join } from 'node:path';
import { engineOptions } from './engine-options.mjs';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';

const node = setUp();
const commandLine = [join(root, 'electron', 'hosts', 'cli.ts'), ...process.argv.slice(2)];
process.exitCode = await runProgram(node, [...engineOptions.args, ...commandLine], {
  env: { ...process.env, ...engineOptions.env },
});
