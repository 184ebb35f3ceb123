/** `npm run demo`: one mailbox carried across on this machine, between two real mail servers' accounts. */
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { root, setUp } from './set-up.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const node = setUp();
const missing = ensureSystemPackages(['dovecot-imapd', 'openssl'], { need: 'The demo' });
// EX_UNAVAILABLE of sysexits: the sentence above names the one command to type.
if (missing.length > 0) process.exit(69);
process.exitCode = await runProgram(node, [join(root, 'e2e', 'demo', 'demo.ts'), ...process.argv.slice(2)]);
