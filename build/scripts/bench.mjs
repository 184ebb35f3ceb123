/** `npm run bench`: how fast, beside its peers, on this machine. Peers that are not installed are left out. */
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const node = setUp();
const missing = ensureSystemPackages(['dovecot-imapd', 'openssl'], { need: 'The benchmark' });
if (missing.length > 0) process.exit(69);
const [first, ...rest] = process.argv.slice(2);
if (first === 'search') {
  // A peer to race against, not a need: without it the table has one row.
  ensureSystemPackages(['notmuch'], { need: 'The comparison' });
  process.exitCode = await runProgram(node, [join(root, 'e2e', 'bench', 'search-race.ts'), ...rest]);
} else {
  process.exitCode = await runProgram(node, [join(root, 'e2e', 'bench', 'bench.ts'), ...process.argv.slice(2)]);
}
