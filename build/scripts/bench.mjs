/** `npm run bench`: how fast, beside its peers, on this machine. Peers that are not installed are left out. */
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const node = setUp();
const missing = ensureSystemPackages(['dovecot-imapd', 'openssl'], { need: 'The benchmark' });
if (missing.length > 0) process.exit(69);
process.exitCode = await runProgram(node, [join(root, 'e2e', 'bench', 'bench.ts'), ...process.argv.slice(2)]);
