/** `npm run --silent travaso -- …`: the command line, from a checkout. Prints nothing of its own on stdout. */
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';

const node = setUp();
process.exitCode = await runProgram(node, [join(root, 'electron', 'hosts', 'cli.ts'), ...process.argv.slice(2)]);
